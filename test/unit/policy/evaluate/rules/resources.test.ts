import { iam, s3 } from "./pages";
import { alice, bucket, developer, object, own } from "./requesters";
import { prove } from "./rule";
import { proveMatches } from "./tables";

const page = iam("reference_policies_elements_resource");
const slashes = `${bucket}/*/test/*`;
const queue = `arn:aws:sqs:us-east-2:${own}:queue1`;

proveMatches("Resource", "Resource and NotResource", page, [
  ["the ARN", object, object, true],
  ["another object", object, `${bucket}/other.txt`, false],
  ["another bucket", object, "arn:aws:s3:::example-bucket-2/report.txt", false],
  ["the beginning of a key", object, `${object}.bak`, false],
  ["everything", "*", object, true],
  ["everything, for what has no resource", "*", "*", true],
  ["one object, for what has no resource", object, "*", false],
  ["one of a list", [`${bucket}/a`, object], object, true],
  ["none of a list", [`${bucket}/a`, `${bucket}/b`], object, false],
  ["all objects of a bucket", `${bucket}/*`, object, true],
  ["all objects of a bucket, with slashes in the key", `${bucket}/*`, `${bucket}/2024/05/a.txt`, true],
  ["all objects of a bucket, not the bucket", `${bucket}/*`, bucket, false],
  ["a bucket, not its objects", bucket, object, false],
  ["a bucket and an asterisk, both", `${bucket}*`, object, true],
  ["a bucket and an asterisk: also the bucket beside it", `${bucket}*`, `${bucket}-2/report.txt`, true],
  ["all of S3", "arn:aws:s3:::*", object, true],
  ["a key’s beginning", `${bucket}/raw/*`, `${bucket}/raw/a.csv`, true],
  ["a key’s beginning, not its neighbour", `${bucket}/raw/*`, `${bucket}/rawer/a.csv`, false],
  ["a key’s beginning, not the folder’s name alone", `${bucket}/raw/*`, `${bucket}/raw`, false],
  ["a key’s end", `${bucket}/*.csv`, `${bucket}/raw/a.csv`, true],
  ["a key’s other end", `${bucket}/*.csv`, `${bucket}/raw/a.csv.gz`, false],
  ["an asterisk in the bucket’s name", "arn:aws:s3:::*-bucket/report.txt", object, true],
  ["an asterisk in the bucket’s name reaches into keys", "arn:aws:s3:::ex*/secret.txt", `${bucket}/a/secret.txt`, true],
  ["a question mark for one character", `${bucket}/report.tx?`, object, true],
  ["a question mark for a slash", `${bucket}/a?b`, `${bucket}/a/b`, true],
  ["a question mark not for nothing", `${object}?`, object, false],
  ["a question mark not for two characters", `${bucket}/report.t?`, object, false],
  ["the case of a key", `${bucket}/Report.txt`, object, false],
  ["the case of a bucket’s name", "arn:aws:s3:::Example-bucket/report.txt", object, false],
  ["the case of the ARN’s service", "arn:aws:S3:::example-bucket/report.txt", object, false],
  ["the user’s name has its case", `arn:aws:iam::${own}:user/Bob`, `arn:aws:iam::${own}:user/bob`, false],
  [
    "a path of users, as in the documentation",
    `arn:aws:iam::${own}:user/accounting/*`,
    `arn:aws:iam::${own}:user/accounting/eu/bob`,
    true,
  ],
  ["another path", `arn:aws:iam::${own}:user/accounting/*`, `arn:aws:iam::${own}:user/bob`, false],
  ["another partition", "arn:aws-cn:s3:::example-bucket/report.txt", object, false],
  ["a partition in a request", object, "arn:aws-us-gov:s3:::example-bucket/report.txt", false],
  ["every partition", "arn:*:s3:::example-bucket/report.txt", "arn:aws-cn:s3:::example-bucket/report.txt", true],
  ["every region", `arn:aws:sqs:*:${own}:queue1`, queue, true],
  ["another region", `arn:aws:sqs:us-west-2:${own}:queue1`, queue, false],
  ["some regions", `arn:aws:sqs:us-*:${own}:queue1`, queue, true],
  ["other regions", `arn:aws:sqs:eu-*:${own}:queue1`, queue, false],
  ["every account", "arn:aws:sqs:us-east-2:*:queue1", queue, true],
  ["another account", "arn:aws:sqs:us-east-2:444455556666:queue1", queue, false],
  ["every segment", "arn:aws:sqs:*:*:*", queue, true],
  ["an asterisk at a segment’s end reaches beyond the colon", "arn:aws:sqs:us-east-2:*", queue, true],
  [
    "an asterisk at a segment’s end reaches beyond the colon, and the rest follows",
    "arn:aws:logs:*:*:log-stream:a",
    `arn:aws:logs:us-east-2:${own}:log-group:x:log-stream:a`,
    true,
  ],
  [
    "an asterisk within a segment does not",
    `arn:aws:logs:us-*-2:${own}:log-stream:a`,
    `arn:aws:logs:us-east-2:${own}:log-group:x:log-stream:a`,
    false,
  ],
  ["another service", "arn:aws:sns:*:*:*", queue, false],
  ["a key with colons", `${bucket}/*`, `${bucket}/a:b:c.txt`, true],
  ["a key with colons, in part", `${bucket}/a:*`, `${bucket}/a:b:c.txt`, true],
  ["a key with another colon", `${bucket}/a:*`, `${bucket}/a-b:c.txt`, false],
]);

proveMatches("Resource", "An asterisk stands for slashes, too: the documentation’s list", page, [
  ["1/test/object.jpg", slashes, `${bucket}/1/test/object.jpg`, true],
  ["1/2/test/object.jpg", slashes, `${bucket}/1/2/test/object.jpg`, true],
  ["1/2/test/3/object.jpg", slashes, `${bucket}/1/2/test/3/object.jpg`, true],
  ["1/2/3/test/4/object.jpg", slashes, `${bucket}/1/2/3/test/4/object.jpg`, true],
  ["1///test///object.jpg", slashes, `${bucket}/1///test///object.jpg`, true],
  ["1/test/.jpg", slashes, `${bucket}/1/test/.jpg`, true],
  ["/test/object.jpg", slashes, `${bucket}//test/object.jpg`, true],
  ["1/test/", slashes, `${bucket}/1/test/`, true],
  ["1-test/object.jpg", slashes, `${bucket}/1-test/object.jpg`, false],
  ["test/object.jpg", slashes, `${bucket}/test/object.jpg`, false],
  ["1/2/test.jpg", slashes, `${bucket}/1/2/test.jpg`, false],
]);

proveMatches(
  "Resource",
  "A key may have the characters of wildcards, and then it is these characters",
  s3("object-keys"),
  [
    ["a key with an asterisk", `${bucket}/*`, `${bucket}/a*`, true],
    ["a key with an asterisk is not every key", `${bucket}/a1`, `${bucket}/a*`, false],
    ["all keys are not one key", object, `${bucket}/*`, false],
    ["a key with a question mark", `${bucket}/what?`, `${bucket}/what?`, true],
    ["a key with a question mark is not another key", `${bucket}/what1`, `${bucket}/what?`, false],
    ["an asterisk written as a variable", `${bucket}/a\${*}`, `${bucket}/a*`, true],
    ["an asterisk written as a variable is no wildcard", `${bucket}/a\${*}`, `${bucket}/a1`, false],
    ["a question mark written as a variable", `${bucket}/a\${?}`, `${bucket}/a?`, true],
    ["a question mark written as a variable is no wildcard", `${bucket}/a\${?}`, `${bucket}/a1`, false],
    ["a dollar sign written as a variable", `${bucket}/\${$}5`, `${bucket}/$5`, true],
    ["a key like a variable", `${bucket}/\${$}{aws:username}`, `${bucket}/\${aws:username}`, true],
    ["signs of regular expressions", `${bucket}/a.b+(c)[d]|e^f$`, `${bucket}/a.b+(c)[d]|e^f$`, true],
    ["a dot is a dot", `${bucket}/a.b`, `${bucket}/a-b`, false],
  ],
);

prove("Resources in statements", [
  {
    rule: "Actions on a bucket need the bucket’s ARN, actions on objects the objects’",
    page: s3("security_iam_service-with-iam"),
    cases: [
      [
        "listing with the bucket’s ARN",
        {
          does: "s3:ListBucket",
          on: bucket,
          identity: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: bucket }],
        },
        "Allowed",
      ],
      [
        "listing with the objects’ ARN",
        {
          does: "s3:ListBucket",
          on: bucket,
          identity: [{ Sid: "S", Effect: "Allow", Action: "s3:ListBucket", Resource: `${bucket}/*` }],
        },
        { result: "ImplicitlyDenied", mismatch: { S: "Resource" } },
      ],
      [
        "reading with the bucket’s ARN",
        { identity: [{ Sid: "S", Effect: "Allow", Action: "s3:GetObject", Resource: bucket }] },
        { result: "ImplicitlyDenied", mismatch: { S: "Resource" } },
      ],
      [
        "both ARNs",
        {
          does: "s3:DeleteObject",
          identity: [{ Effect: "Allow", Action: "s3:*", Resource: [bucket, `${bucket}/*`] }],
        },
        "Allowed",
      ],
    ],
  },
  {
    rule: "What has no resource of its own needs the asterisk",
    page: page,
    given: { does: "s3:ListAllMyBuckets", on: "*" },
    cases: [
      ["with the asterisk", { identity: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }, "Allowed"],
      [
        "with a bucket’s ARN",
        { identity: [{ Sid: "S", Effect: "Allow", Action: "s3:*", Resource: bucket }] },
        { result: "ImplicitlyDenied", mismatch: { S: "Resource" } },
      ],
      [
        "with all objects of a bucket",
        { identity: [{ Effect: "Allow", Action: "s3:*", Resource: `${bucket}/*` }] },
        "ImplicitlyDenied",
      ],
      [
        "another such action, with a role’s ARN",
        {
          does: "iam:ListRoles",
          identity: [{ Effect: "Allow", Action: "iam:*", Resource: `arn:aws:iam::${own}:role/*` }],
        },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "NotResource with Deny leaves only what it lists",
    page: iam("reference_policies_elements_notresource"),
    given: {
      identities: [
        [
          {
            Sid: "OnlyPayroll",
            Effect: "Deny",
            Action: "s3:*",
            NotResource: ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"],
          },
        ],
        [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
      ],
    },
    cases: [
      [
        "the folder",
        { on: "arn:aws:s3:::HRBucket/Payroll/may.csv" },
        { result: "Allowed", mismatch: { OnlyPayroll: "NotResource" } },
      ],
      ["the folder’s own object", { on: "arn:aws:s3:::HRBucket/Payroll" }, "Allowed"],
      ["another folder", { on: "arn:aws:s3:::HRBucket/Hiring/may.csv" }, "ExplicitlyDenied"],
      ["the bucket", { does: "s3:ListBucket", on: "arn:aws:s3:::HRBucket" }, "ExplicitlyDenied"],
      [
        "another service",
        { does: "sqs:SendMessage", on: queue },
        { result: "Allowed", mismatch: { OnlyPayroll: "Action" } },
      ],
    ],
  },
  {
    rule: "NotResource with Allow gives everything but what it lists",
    page: iam("reference_policies_elements_notresource"),
    given: {
      identity: [
        {
          Sid: "Rest",
          Effect: "Allow",
          Action: "*",
          NotResource: ["arn:aws:s3:::HRBucket", "arn:aws:s3:::HRBucket/*"],
        },
      ],
    },
    cases: [
      [
        "what it lists",
        { on: "arn:aws:s3:::HRBucket/a" },
        { result: "ImplicitlyDenied", mismatch: { Rest: "NotResource" } },
      ],
      ["another bucket", {}, "Allowed"],
      ["another service", { does: "iam:PutUserPolicy", on: `arn:aws:iam::${own}:user/alice`, by: alice }, "Allowed"],
    ],
  },
  {
    rule: "A policy of a resource needs no Resource: it speaks of the resource that it belongs to",
    page: iam("access_policies"),
    given: { does: "sts:AssumeRole", on: `arn:aws:iam::${own}:role/target`, by: developer },
    cases: [
      [
        "a trust policy",
        {
          resource: [
            { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${own}:role/developer` }, Action: "sts:AssumeRole" },
          ],
        },
        "Allowed",
      ],
    ],
  },
]);
