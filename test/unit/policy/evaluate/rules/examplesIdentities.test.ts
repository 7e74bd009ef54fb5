import { iam, s3 } from "./pages";
import { alice, allowAll, bob, bucket, object, own } from "./requesters";
import { prove } from "./rule";

const every = [bucket, `${bucket}/*`];
const _everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${bucket}/*` };
const _examples = s3("example-bucket-policies");

const tag = (key: string, value: string) => ({ [key]: value });
const _project = (principal: string, resource: string) => ({
  ...tag("aws:PrincipalTag/access-project", principal),
  ...tag("aws:ResourceTag/access-project", resource),
});

prove("AWS’s examples: identities", [
  {
    rule: "A home of one’s own in a bucket",
    page: iam("reference_policies_examples_s3_home-directory-console"),
    given: {
      by: alice,
      identity: [
        { Sid: "Console", Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListAllMyBuckets"], Resource: "*" },
        {
          Sid: "List",
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: bucket,
          Condition: { StringLike: { "s3:prefix": ["", "home/", "home/${aws:username}/*"] } },
        },
        {
          Sid: "Home",
          Effect: "Allow",
          Action: "s3:*",
          Resource: [`${bucket}/home/\${aws:username}`, `${bucket}/home/\${aws:username}/*`],
        },
      ],
    },
    cases: [
      ["all buckets", { does: "s3:ListAllMyBuckets", on: "*" }, { result: "Allowed", deciding: ["Console"] }],
      ["the top", { does: "s3:ListBucket", on: bucket, with: { "s3:prefix": "" } }, "Allowed"],
      ["her folder", { does: "s3:ListBucket", on: bucket, with: { "s3:prefix": "home/alice/raw/" } }, "Allowed"],
      [
        "another’s folder",
        { does: "s3:ListBucket", on: bucket, with: { "s3:prefix": "home/bob/" } },
        { result: "ImplicitlyDenied", mismatch: { List: "Condition" } },
      ],
      ["everything, without a prefix", { does: "s3:ListBucket", on: bucket }, "ImplicitlyDenied"],
      ["her object", { does: "s3:DeleteObject", on: `${bucket}/home/alice/a` }, "Allowed"],
      ["another’s object", { on: `${bucket}/home/bob/a` }, "ImplicitlyDenied"],
      ["another whose name begins alike", { on: `${bucket}/home/alice2/a` }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "One bucket and nothing else",
    page: iam("reference_policies_examples_s3_deny-except-bucket"),
    given: {
      by: alice,
      identities: [
        [
          { Sid: "Bucket", Effect: "Allow", Action: "s3:*", Resource: every },
          { Sid: "Else", Effect: "Deny", NotAction: "s3:*", NotResource: every },
        ],
        allowAll,
      ],
    },
    cases: [
      ["the bucket", {}, "Allowed"],
      [
        "another service",
        { does: "ec2:StartInstances", on: `arn:aws:ec2:us-east-2:${own}:instance/i-1` },
        { result: "ExplicitlyDenied", deciding: ["Else"] },
      ],
      [
        "another bucket is not denied, as the action is of S3",
        { on: "arn:aws:s3:::else/a" },
        { result: "Allowed", mismatch: { Else: "NotAction" } },
      ],
    ],
  },
  {
    rule: "Only between two dates",
    page: iam("reference_policies_examples_aws-dates"),
    given: {
      by: bob,
      identity: [
        {
          Effect: "Allow",
          Action: "s3:*",
          Resource: "*",
          Condition: {
            DateGreaterThan: { "aws:CurrentTime": "2020-04-01T00:00:00Z" },
            DateLessThan: { "aws:CurrentTime": "2020-06-30T23:59:59Z" },
          },
        },
      ],
    },
    cases: [
      ["between", { with: { "aws:CurrentTime": "2020-05-01T00:00:00Z" } }, "Allowed"],
      ["before", { with: { "aws:CurrentTime": "2020-03-31T23:59:59Z" } }, "ImplicitlyDenied"],
      [
        "at the first second, which is not after it",
        { with: { "aws:CurrentTime": "2020-04-01T00:00:00Z" } },
        "ImplicitlyDenied",
      ],
      ["after", { with: { "aws:CurrentTime": "2021-05-01T00:00:00Z" } }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Full access to S3, to one bucket with MFA of the last half hour",
    page: iam("reference_policies_examples_s3_full-access-except-production"),
    given: {
      by: alice,
      on: "arn:aws:s3:::Production/a",
      identity: [
        { Sid: "AllBuckets", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "arn:aws:s3:::*" },
        {
          Sid: "Buckets",
          Effect: "Allow",
          Action: ["s3:ListBucket", "s3:GetBucketLocation"],
          Resource: "arn:aws:s3:::*",
        },
        {
          Sid: "Objects",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
          Resource: "arn:aws:s3:::*/*",
        },
        {
          Sid: "Mfa",
          Effect: "Deny",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::Production/*", "arn:aws:s3:::Production"],
          Condition: { NumericGreaterThanIfExists: { "aws:MultiFactorAuthAge": "1800" } },
        },
      ],
    },
    cases: [
      ["all buckets", { does: "s3:ListAllMyBuckets", on: "*" }, { result: "Allowed", deciding: ["AllBuckets"] }],
      ["with MFA just now", { with: { "aws:MultiFactorAuthAge": "10" } }, "Allowed"],
      [
        "with MFA an hour ago",
        { with: { "aws:MultiFactorAuthAge": "3600" } },
        { result: "ExplicitlyDenied", deciding: ["Mfa"] },
      ],
      ["without MFA", {}, { result: "ExplicitlyDenied", deciding: ["Mfa"] }],
      ["another bucket without MFA", { on: object }, { result: "Allowed", deciding: ["Objects"] }],
      ["the bucket itself is no object", { does: "s3:GetObject", on: "arn:aws:s3:::elsewhere" }, "ImplicitlyDenied"],
    ],
  },
]);
