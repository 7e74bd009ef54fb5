import { iam, organizations, s3 } from "./pages";
import { alice, allowAll, bucket, developer, object, other, own, vendor } from "./requesters";
import { prove } from "./rule";

const _every = [bucket, `${bucket}/*`];
const everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${bucket}/*` };
const _examples = s3("example-bucket-policies");

const tag = (key: string, value: string) => ({ [key]: value });
const project = (principal: string, resource: string) => ({
  ...tag("aws:PrincipalTag/access-project", principal),
  ...tag("aws:ResourceTag/access-project", resource),
});

prove("AWS’s examples: guard rails", [
  {
    rule: "Nothing outside of Europe, but for services without regions",
    page: iam("reference_policies_examples_aws_deny-requested-region"),
    given: {
      by: alice,
      does: "ec2:RunInstances",
      on: `arn:aws:ec2:eu-west-1:${own}:instance/*`,
      identities: [
        [
          {
            Sid: "Europe",
            Effect: "Deny",
            NotAction: ["cloudfront:*", "iam:*", "route53:*", "support:*"],
            Resource: "*",
            Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
          },
        ],
        allowAll,
      ],
    },
    cases: [
      ["in Europe", { with: { "aws:RequestedRegion": "eu-west-1" } }, "Allowed"],
      [
        "in America",
        { with: { "aws:RequestedRegion": "us-east-1" } },
        { result: "ExplicitlyDenied", deciding: ["Europe"] },
      ],
      [
        "IAM in America",
        { does: "iam:GetUser", on: `arn:aws:iam::${own}:user/alice`, with: { "aws:RequestedRegion": "us-east-1" } },
        { result: "Allowed", mismatch: { Europe: "NotAction" } },
      ],
      [
        "S3 in Europe",
        { does: "s3:GetObject", on: object, with: { "aws:RequestedRegion": "eu-central-1" } },
        "Allowed",
      ],
      [
        "S3 in America",
        { does: "s3:GetObject", on: object, with: { "aws:RequestedRegion": "us-west-2" } },
        "ExplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Nothing from foreign addresses, unless a service asks on the user’s behalf",
    page: iam("reference_policies_examples_aws_deny-ip"),
    given: {
      by: alice,
      identities: [
        [
          {
            Sid: "Foreign",
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: {
              NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] },
              Bool: { "aws:ViaAWSService": "false" },
            },
          },
        ],
        allowAll,
      ],
    },
    cases: [
      ["from ours", { with: { "aws:SourceIp": "203.0.113.5", "aws:ViaAWSService": "false" } }, "Allowed"],
      [
        "from elsewhere",
        { with: { "aws:SourceIp": "198.51.100.5", "aws:ViaAWSService": "false" } },
        "ExplicitlyDenied",
      ],
      [
        "from elsewhere through a service",
        { with: { "aws:SourceIp": "198.51.100.5", "aws:ViaAWSService": "true" } },
        "Allowed",
      ],
    ],
  },
  {
    rule: "Only what has the principal’s own tags",
    page: iam("tutorial_attribute-based-access-control"),
    given: {
      by: developer,
      does: "secretsmanager:GetSecretValue",
      on: `arn:aws:secretsmanager:us-east-2:${own}:secret:s`,
      identity: [
        {
          Sid: "SameProject",
          Effect: "Allow",
          Action: "secretsmanager:*",
          Resource: "*",
          Condition: {
            StringEquals: { "aws:ResourceTag/access-project": "${aws:PrincipalTag/access-project}" },
            "ForAllValues:StringEquals": { "aws:TagKeys": ["access-project", "Name"] },
            StringEqualsIfExists: { "aws:RequestTag/access-project": "${aws:PrincipalTag/access-project}" },
          },
        },
        {
          Sid: "NoUntag",
          Effect: "Deny",
          Action: "secretsmanager:UntagResource",
          Resource: "*",
          Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": "access-*" } },
        },
      ],
    },
    cases: [
      ["the same project", { with: project("peg", "peg") }, "Allowed"],
      [
        "another project",
        { with: project("peg", "uni") },
        { result: "ImplicitlyDenied", mismatch: { SameProject: "Condition" } },
      ],
      ["a resource without a tag", { with: tag("aws:PrincipalTag/access-project", "peg") }, "ImplicitlyDenied"],
      ["neither has a tag", {}, "ImplicitlyDenied"],
      [
        "tagging with one’s own project",
        {
          does: "secretsmanager:TagResource",
          with: { ...project("peg", "peg"), "aws:TagKeys": ["access-project"], "aws:RequestTag/access-project": "peg" },
        },
        "Allowed",
      ],
      [
        "tagging with another project",
        {
          does: "secretsmanager:TagResource",
          with: { ...project("peg", "peg"), "aws:TagKeys": ["access-project"], "aws:RequestTag/access-project": "uni" },
        },
        "ImplicitlyDenied",
      ],
      [
        "tagging with a key that is not listed",
        { does: "secretsmanager:TagResource", with: { ...project("peg", "peg"), "aws:TagKeys": ["Name", "Mood"] } },
        "ImplicitlyDenied",
      ],
      [
        "removing a reserved tag",
        {
          does: "secretsmanager:UntagResource",
          with: { ...project("peg", "peg"), "aws:TagKeys": ["Name", "access-project"] },
        },
        { result: "ExplicitlyDenied", deciding: ["NoUntag"] },
      ],
      [
        "removing another tag",
        { does: "secretsmanager:UntagResource", with: { ...project("peg", "peg"), "aws:TagKeys": ["Name"] } },
        "Allowed",
      ],
    ],
  },
  {
    rule: "Only roles with a tag",
    page: iam("reference_policies_examples_iam-assume-tagged-role"),
    given: {
      by: alice,
      does: "sts:AssumeRole",
      on: `arn:aws:iam::${own}:role/target`,
      resource: [{ Effect: "Allow", Principal: { AWS: own }, Action: "sts:AssumeRole" }],
      identity: [
        {
          Sid: "Tagged",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:ResourceTag/Project": "ExampleCorpABC" } },
        },
      ],
    },
    cases: [
      ["such a role", { with: { "iam:ResourceTag/Project": "ExampleCorpABC" } }, "Allowed"],
      [
        "another value",
        { with: { "iam:ResourceTag/Project": "Other" } },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      ["no tag", {}, { result: "ImplicitlyDenied", mismatch: { Tagged: "Condition" } }],
    ],
  },
  {
    rule: "Passing roles to one service",
    page: iam("reference_policies_examples_iam-passrole-service"),
    given: {
      by: alice,
      does: "iam:PassRole",
      on: `arn:aws:iam::${own}:role/metrics`,
      identity: [
        {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:PassedToService": "cloudwatch.amazonaws.com" } },
        },
      ],
    },
    cases: [
      ["to it", { with: { "iam:PassedToService": "cloudwatch.amazonaws.com" } }, "Allowed"],
      ["to another", { with: { "iam:PassedToService": "ec2.amazonaws.com" } }, "ImplicitlyDenied"],
      ["to none", {}, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Only resources of one’s own account",
    page: iam("resource_examples_iam_policies_resource_account"),
    given: {
      by: alice,
      identities: [
        [
          {
            Sid: "Foreign",
            Effect: "Deny",
            NotAction: ["iam:GetPolicy", "iam:ListPolicies"],
            Resource: "*",
            Condition: { StringNotEquals: { "aws:ResourceAccount": [own] } },
          },
        ],
        allowAll,
      ],
      resource: [everyone],
    },
    cases: [
      ["our account’s", {}, "Allowed"],
      ["another account’s", { of: other }, { result: "ExplicitlyDenied", deciding: ["Foreign"] }],
      [
        "a policy of AWS’s",
        { does: "iam:GetPolicy", on: "arn:aws:iam::aws:policy/ReadOnlyAccess", of: own },
        "Allowed",
      ],
    ],
  },
  {
    rule: "An organisation’s region: Deny for all but one role",
    page: organizations("orgs_manage_policies_scps_examples_general"),
    given: {
      by: developer,
      identity: allowAll,
      serviceControl: [
        [
          { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" },
          {
            Sid: "Region",
            Effect: "Deny",
            NotAction: ["iam:*", "sts:*"],
            Resource: "*",
            Condition: {
              StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] },
              ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/Role1AllowedToBypassThisSCP"] },
            },
          },
        ],
      ],
    },
    cases: [
      ["in the region", { with: { "aws:RequestedRegion": "eu-west-1" } }, "Allowed"],
      [
        "elsewhere",
        { with: { "aws:RequestedRegion": "us-east-1" } },
        { result: "ExplicitlyDenied", deciding: ["Region"] },
      ],
      [
        "elsewhere, the role that may",
        {
          by: {
            kind: "session",
            role: `arn:aws:iam::${own}:role/Role1AllowedToBypassThisSCP`,
            arn: `arn:aws:sts::${own}:assumed-role/Role1AllowedToBypassThisSCP/a`,
          },
          with: { "aws:RequestedRegion": "us-east-1" },
        },
        "Allowed",
      ],
      [
        "somebody of another organisation is not concerned by it",
        { by: vendor, serviceControl: [allowAll], resource: [everyone], with: { "aws:RequestedRegion": "us-east-1" } },
        "Allowed",
      ],
    ],
  },
]);
