import { iam, kms, organizations } from "./pages";
import {
  alice,
  allowAll,
  allowAllResources,
  anonymous,
  bucket,
  carol,
  developer,
  other,
  own,
  rootUser,
  service,
  vendor,
} from "./requesters";
import { prove } from "./rule";

const read = { Sid: "Identity", Effect: "Allow", Action: "s3:*", Resource: "*" };
const everyone = { Sid: "Resource", Effect: "Allow", Principal: "*", Action: "s3:*", Resource: `${bucket}/*` };
const noDelete = { Sid: "NoDelete", Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" };
const outside = {
  Sid: "OnlyOurs",
  Effect: "Deny",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: {
    StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-ours" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
};
const only = (Sid: string, Action: string) => [{ Sid, Effect: "Allow", Action, Resource: "*" }];

prove("Service control policies", [
  {
    rule: "Every level must allow, from the root to the account",
    page: organizations("orgs_manage_policies_scps_evaluation"),
    given: { by: alice, identity: [read] },
    cases: [
      ["no organisation", {}, "Allowed"],
      ["one level allows", { serviceControl: [allowAll] }, "Allowed"],
      ["all levels allow", { serviceControl: [allowAll, allowAll, only("Account", "s3:*")] }, "Allowed"],
      [
        "the root does not",
        { serviceControl: [only("Root", "ec2:*"), allowAll, allowAll] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"], mismatch: { Root: "Action" } },
      ],
      [
        "the unit does not",
        { serviceControl: [allowAll, only("Unit", "ec2:*"), allowAll] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      [
        "the account does not",
        { serviceControl: [allowAll, allowAll, only("Account", "ec2:*")] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      [
        "each level allows another part",
        { serviceControl: [only("Root", "s3:*"), only("Unit", "ec2:*")] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      [
        "a level without statements",
        { serviceControl: [allowAll, []] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      [
        "a Deny at the root",
        { does: "s3:DeleteObject", serviceControl: [[...withAll(), noDelete], allowAll] },
        { result: "ExplicitlyDenied", deciding: ["NoDelete"] },
      ],
      [
        "a Deny at the account",
        { does: "s3:DeleteObject", serviceControl: [allowAll, [...withAll(), noDelete]] },
        { result: "ExplicitlyDenied", deciding: ["NoDelete"] },
      ],
      ["a Deny of something else", { serviceControl: [[...withAll(), noDelete]] }, "Allowed"],
    ],
  },
  {
    rule: "They give nothing",
    page: organizations("orgs_manage_policies_scps"),
    given: { by: alice, serviceControl: [allowAll] },
    cases: [
      ["without an identity policy", {}, { result: "ImplicitlyDenied", missing: ["identity"] }],
      ["with one", { identity: [read] }, "Allowed"],
    ],
  },
  {
    rule: "They limit resource policies and the root user, too, but only principals of the organisation’s accounts",
    page: organizations("orgs_manage_policies_scps"),
    given: { serviceControl: [only("Root", "ec2:*")] },
    cases: [
      [
        "a resource policy that names the user",
        { by: alice, resource: [{ ...everyone, Principal: { AWS: `arn:aws:iam::${own}:user/alice` } }] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      [
        "a resource policy that names the session",
        {
          by: developer,
          resource: [{ ...everyone, Principal: { AWS: `arn:aws:sts::${own}:assumed-role/developer/monday` } }],
        },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      ["a resource policy for everyone", { by: alice, resource: [everyone] }, "ImplicitlyDenied"],
      ["the root user", { by: rootUser }, { result: "ImplicitlyDenied", missing: ["serviceControl"] }],
      [
        "the root user, against a Deny",
        {
          by: rootUser,
          serviceControl: [
            [
              ...withAll(),
              { ...noDelete, Action: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } } },
            ],
          ],
        },
        { result: "ExplicitlyDenied", deciding: ["NoDelete"] },
      ],
      [
        "a boundary does not help",
        { by: alice, identity: [read], boundary: allowAll },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      [
        "a service is no principal of an account",
        { by: service("logging.s3"), resource: [{ ...everyone, Principal: { Service: "logging.s3.amazonaws.com" } }] },
        "Allowed",
      ],
      ["nor is who has no signature", { by: anonymous, resource: [everyone] }, "Allowed"],
    ],
  },
  {
    rule: "They do not concern service-linked roles",
    page: organizations("orgs_manage_policies_scps"),
    cases: [
      [
        "such a role",
        {
          by: {
            kind: "session",
            role: `arn:aws:iam::${own}:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM`,
            arn: `arn:aws:sts::${own}:assumed-role/AWSServiceRoleForAmazonSSM/a`,
          },
          identity: [read],
          serviceControl: [only("Root", "ec2:*")],
        },
        "Allowed",
      ],
    ],
  },
]);

prove("Resource control policies", [
  {
    rule: "Every level must allow, and they give nothing",
    page: organizations("orgs_manage_policies_rcps_evaluation"),
    given: { by: alice, identity: [read] },
    cases: [
      ["one level allows", { resourceControl: [allowAllResources] }, "Allowed"],
      ["all levels allow", { resourceControl: [allowAllResources, allowAllResources] }, "Allowed"],
      [
        "a level does not",
        { resourceControl: [allowAllResources, []] },
        { result: "ImplicitlyDenied", missing: ["resourceControl"] },
      ],
      [
        "a Deny",
        { does: "s3:DeleteObject", resourceControl: [allowAllResources, [{ ...noDelete, Principal: "*" }]] },
        { result: "ExplicitlyDenied", deciding: ["NoDelete"] },
      ],
      [
        "without an identity policy",
        { identity: [], resourceControl: [allowAllResources] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
    ],
  },
  {
    rule: "They concern whoever reaches the resource, also from outside the organisation",
    page: organizations("orgs_manage_policies_rcps"),
    given: {
      resource: [everyone],
      resourceControl: [[{ ...everyone, Sid: "AllResources", Action: "*", Resource: "*" }, outside]],
    },
    cases: [
      [
        "from another organisation",
        { by: carol, identity: [read], with: { "aws:PrincipalOrgID": "o-theirs" } },
        { result: "ExplicitlyDenied", deciding: ["OnlyOurs"] },
      ],
      ["from no organisation", { by: vendor, identity: [read] }, "ExplicitlyDenied"],
      ["without a signature", { by: anonymous }, "ExplicitlyDenied"],
      [
        "from ours",
        { by: alice, with: { "aws:PrincipalOrgID": "o-ours" } },
        { result: "Allowed", mismatch: { OnlyOurs: "Condition" } },
      ],
      [
        "a service",
        { by: service("logging.s3"), resource: [{ ...everyone, Principal: { Service: "logging.s3.amazonaws.com" } }] },
        { result: "Allowed", mismatch: { OnlyOurs: "Condition" } },
      ],
      [
        "the root user of the account",
        { by: rootUser, with: { "aws:PrincipalOrgID": "o-theirs" } },
        "ExplicitlyDenied",
      ],
    ],
  },
  {
    rule: "They concern the services that support them",
    page: `${organizations("orgs_manage_policies_rcps")}#rcp-supported-services`,
    given: {
      by: alice,
      identity: allowAll,
      resourceControl: [[{ Sid: "No", Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }]],
    },
    cases: [
      ["S3", {}, "ExplicitlyDenied"],
      [
        "KMS",
        {
          does: "kms:Decrypt",
          on: `arn:aws:kms:us-east-2:${own}:key/1`,
          resource: [{ ...everyone, Action: "kms:*", Resource: "*" }],
        },
        "ExplicitlyDenied",
      ],
      [
        "STS",
        {
          does: "sts:AssumeRole",
          on: `arn:aws:iam::${own}:role/target`,
          resource: [{ Effect: "Allow", Principal: { AWS: own }, Action: "sts:AssumeRole" }],
        },
        "ExplicitlyDenied",
      ],
      ["SQS", { does: "sqs:SendMessage", on: `arn:aws:sqs:us-east-2:${own}:q` }, "ExplicitlyDenied"],
      [
        "Secrets Manager",
        { does: "secretsmanager:GetSecretValue", on: `arn:aws:secretsmanager:us-east-2:${own}:secret:s` },
        "ExplicitlyDenied",
      ],
      ["not EC2", { does: "ec2:StartInstances", on: `arn:aws:ec2:us-east-2:${own}:instance/i-1` }, "Allowed"],
      ["not IAM", { does: "iam:GetRole", on: `arn:aws:iam::${own}:role/target` }, "Allowed"],
    ],
  },
  {
    rule: "They do not concern service-linked roles",
    page: organizations("orgs_manage_policies_rcps"),
    cases: [
      [
        "such a role",
        {
          by: {
            kind: "session",
            role: `arn:aws:iam::${own}:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM`,
            arn: `arn:aws:sts::${own}:assumed-role/AWSServiceRoleForAmazonSSM/a`,
          },
          identity: [read],
          resourceControl: [[{ Sid: "No", Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }]],
        },
        "Allowed",
      ],
    ],
  },
  {
    rule: "kms:RetireGrant is not theirs",
    page: kms("resource-control-policies"),
    cases: [
      [
        "retiring a grant",
        {
          by: alice,
          does: "kms:RetireGrant",
          on: `arn:aws:kms:us-east-2:${own}:key/1`,
          identity: allowAll,
          resource: [{ Effect: "Allow", Principal: { AWS: own }, Action: "kms:*", Resource: "*" }],
          resourceControl: [[{ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }]],
        },
        "Allowed",
      ],
    ],
  },
  {
    rule: "Both kinds together: each side’s organisation limits its own side",
    page: iam("reference_policies_evaluation-logic-cross-account"),
    given: { by: carol, of: own, identity: [read], resource: [{ ...everyone, Principal: { AWS: other } }] },
    cases: [
      ["both allow", { serviceControl: [allowAll], resourceControl: [allowAllResources] }, "Allowed"],
      [
        "the principal’s does not",
        { serviceControl: [only("Root", "ec2:*")], resourceControl: [allowAllResources] },
        { result: "ImplicitlyDenied", missing: ["serviceControl"] },
      ],
      ["the resource’s does not", { serviceControl: [allowAll], resourceControl: [[outside]] }, "ExplicitlyDenied"],
    ],
  },
]);

function withAll() {
  return [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }];
}
