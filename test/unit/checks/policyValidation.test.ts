import assert from "node:assert/strict";
import { checkDocument } from "../../../src/checks/checkDocument";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";

type Statement = Readonly<Record<string, unknown>>;

function policy(statements: readonly Statement[], change: Statement = {}): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements, ...change }, undefined, 2);
}

const vendor = { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" };
const objects = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" };
const permissions = (change: Statement): string => policy([{ ...objects, ...change }]);
const bucket = (change: Statement): string =>
  policy([{ ...objects, Principal: { AWS: "arn:aws:iam::597713067985:role/x" }, ...change }]);
const trust = (change: Statement): string =>
  policy([
    {
      Effect: "Allow",
      Principal: vendor,
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "8fK2mQ4xZ7pL9w" } },
      ...change,
    },
  ]);

/**
 * What IAM Access Analyzer finds in a policy by itself, by its own titles, with a policy of ours for each, and the check
 * that finds it here. Of its reference are left out: service control policies, sizes (document-too-large has its own
 * tests) and tags that single services do not know.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
const found: readonly (readonly [title: string, text: string, check: string])[] = [
  ["ARN account not allowed", permissions({ Resource: "arn:aws:s3::345678901234:training-data/*" }), "arn-invalid"],
  ["ARN Region not allowed", permissions({ Resource: "arn:aws:s3:us-east-1::training-data/*" }), "arn-invalid"],
  ["Data type mismatch", permissions({ Sid: 1, Effect: true }), "element-misplaced"],
  [
    "Data type mismatch, in Resource",
    permissions({ Resource: [{ a: "arn:aws:s3:::training-data/*" }] }),
    "element-misplaced",
  ],
  [
    "Duplicate keys with different case",
    permissions({
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "AWS:principalorgid": "o-a1b2c3d4e6" } },
    }),
    "duplicate-key",
  ],
  ["Invalid action", permissions({ Action: "s3:GetObjects" }), "action-unknown"],
  [
    "Invalid ARN account",
    permissions({
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms:us-east-1:34567890123:key/0f6a2b1c-1111-4222-8333-444455556666",
    }),
    "arn-invalid",
  ],
  ["Invalid ARN prefix", permissions({ Resource: "aws:s3:::training-data/*" }), "arn-invalid"],
  [
    "Invalid ARN Region",
    permissions({
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms:us-esat-1:345678901234:key/0f6a2b1c-1111-4222-8333-444455556666",
    }),
    "arn-invalid",
  ],
  [
    "Invalid ARN resource",
    permissions({ Action: "iam:GetRole", Resource: "arn:aws:iam::345678901234:roles/x" }),
    "arn-invalid",
  ],
  [
    "Invalid ARN resource, of KMS",
    permissions({
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms:us-east-1:345678901234:keys/0f6a2b1c-1111-4222-8333-444455556666",
    }),
    "arn-invalid",
  ],
  ["Invalid ARN service case", permissions({ Resource: "arn:aws:S3:::training-data/*" }), "arn-invalid"],
  [
    "Invalid condition data type",
    permissions({ Condition: { NumericLessThan: { "s3:max-keys": [10, "20"] } } }),
    "condition-value-invalid",
  ],
  [
    "Invalid condition key format",
    permissions({ Condition: { StringEquals: { prefix: "a" } } }),
    "condition-key-unknown",
  ],
  [
    "Invalid condition multiple Boolean",
    permissions({ Condition: { Bool: { "aws:SecureTransport": ["true", "false"] } } }),
    "condition-value-invalid",
  ],
  [
    "Invalid condition operator",
    permissions({ Condition: { StringEqual: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
    "condition-operator-unknown",
  ],
  ["Invalid effect", permissions({ Effect: "allow" }), "effect-invalid"],
  [
    "Invalid global condition key",
    permissions({ Condition: { StringEquals: { "aws:PrincipalOrgIDs": "o-a1b2c3d4e5" } } }),
    "condition-key-unknown",
  ],
  ["Invalid partition", permissions({ Resource: "arn:aaws:s3:::training-data/*" }), "arn-invalid"],
  ["Invalid policy element", permissions({ Actions: "s3:GetObject" }), "element-unknown"],
  ["Invalid principal format", bucket({ Principal: "arn:aws:iam::597713067985:role/x" }), "element-misplaced"],
  [
    "Invalid principal format, a list",
    bucket({ Principal: ["arn:aws:iam::597713067985:role/x"] }),
    "element-misplaced",
  ],
  ["Invalid principal key", bucket({ Principal: { Aws: "arn:aws:iam::597713067985:role/x" } }), "element-unknown"],
  [
    "Invalid principal key, another word",
    bucket({ Principal: { Role: "arn:aws:iam::597713067985:role/x" } }),
    "element-unknown",
  ],
  [
    "Invalid Region",
    permissions({ Condition: { StringEquals: { "aws:RequestedRegion": "us-esat-1" } } }),
    "condition-value-invalid",
  ],
  ["Invalid service", permissions({ Resource: "arn:aws:s33:::training-data/*" }), "resource-level-mismatch"],
  [
    "Invalid service condition key",
    permissions({ Condition: { StringEquals: { "s3:perfix": "a" } } }),
    "condition-key-unknown",
  ],
  ["Invalid service in action", permissions({ Action: "s33:GetObject" }), "action-unknown"],
  [
    "Invalid variable for operator",
    permissions({
      Condition: { NumericLessThan: { "s3:max-keys": "${aws:PrincipalTag/max}" } },
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::training-data",
    }),
    "condition-type-mismatch",
  ],
  [
    "Invalid version",
    policy([{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" }], {
      Version: "2012-10-71",
    }),
    "version-old",
  ],
  ["Missing action", permissions({ Action: undefined }), "element-missing"],
  [
    "Missing ARN field",
    permissions({ Action: "iam:GetRole", Resource: "arn:aws:iam:345678901234:role/x" }),
    "arn-invalid",
  ],
  ["Missing ARN field, of S3", permissions({ Resource: "arn:aws:s3:training-data/*" }), "arn-invalid"],
  [
    "Missing ARN Region",
    permissions({
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms::345678901234:key/0f6a2b1c-1111-4222-8333-444455556666",
    }),
    "arn-invalid",
  ],
  ["Missing effect", permissions({ Effect: undefined }), "element-missing"],
  ["Missing principal", trust({ Principal: undefined }), "element-missing"],
  [
    "Missing qualifier",
    permissions({
      Condition: { StringEquals: { "aws:TagKeys": ["a", "b"] } },
      Action: "s3:PutBucketTagging",
      Resource: "arn:aws:s3:::training-data",
    }),
    "condition-type-mismatch",
  ],
  ["Missing resource", permissions({ Resource: undefined }), "element-missing"],
  ["Missing statement", policy([]), "element-missing"],
  [
    "Null with if exists",
    permissions({ Condition: { NullIfExists: { "aws:PrincipalOrgID": "true" } } }),
    "condition-operator-unknown",
  ],
  [
    "Unique Sids required",
    policy([
      { Sid: "A", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" },
      { Sid: "A", Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::training-data/*" },
    ]),
    "sid-duplicate",
  ],
  ["Unsupported action in policy", bucket({ Action: ["s3:GetObject", "sqs:SendMessage"] }), "resource-level-mismatch"],
  [
    "Unsupported action in policy, of a role",
    trust({ Action: ["sts:AssumeRole", "s3:GetObject"] }),
    "action-misplaced",
  ],
  ["Unsupported element combination", permissions({ NotAction: "s3:PutObject" }), "element-misplaced"],
  [
    "Unsupported element combination, of Resource",
    permissions({ NotResource: "arn:aws:s3:::b/*" }),
    "element-misplaced",
  ],
  [
    "Unsupported global condition key",
    permissions({ Condition: { ArnEquals: { "aws:ARN": "arn:aws:iam::345678901234:role/x" } } }),
    "condition-key-unknown",
  ],
  [
    "Unsupported resource ARN in policy",
    bucket({ Resource: "arn:aws:sqs:us-east-1:345678901234:q" }),
    "resource-level-mismatch",
  ],
  ["Unsupported Sid", permissions({ Sid: "Allow access" }), "sid-invalid"],
  [
    "Unsupported wildcard in principal",
    trust({ Principal: { AWS: "arn:aws:iam::597713067985:role/*" } }),
    "principal-mismatch",
  ],
  [
    "Unsupported wildcard in principal, a service",
    bucket({ Principal: { Service: "*.amazonaws.com" } }),
    "principal-invalid",
  ],
  [
    "Missing brace in variable",
    permissions({ Resource: "arn:aws:s3:::training-data/${aws:username/*" }),
    "variable-invalid",
  ],
  [
    "Missing quote in variable",
    permissions({ Resource: "arn:aws:s3:::training-data/${aws:username, 'x}/*" }),
    "variable-invalid",
  ],
  [
    "Unsupported space in variable",
    permissions({ Resource: "arn:aws:s3:::training-data/${aws:user name}/*" }),
    "variable-invalid",
  ],
  ["Empty variable", permissions({ Resource: "arn:aws:s3:::training-data/${}/*" }), "variable-invalid"],
  ["Variable unsupported in element", permissions({ Action: "s3:${aws:username}" }), "variable-invalid"],
  [
    "Variable unsupported in element, Principal",
    bucket({ Principal: { AWS: "arn:aws:iam::597713067985:user/${aws:username}" } }),
    "variable-invalid",
  ],
  [
    "Variable unsupported in version",
    policy([{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/${aws:username}/*" }], {
      Version: "2008-10-17",
    }),
    "version-old",
  ],
  [
    "Private IP address",
    permissions({ Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] } } }),
    "condition-value-invalid",
  ],
  [
    "Private NotIpAddress",
    permissions({ Effect: "Deny", Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
    "condition-value-invalid",
  ],
  [
    "Invalid service principal format",
    trust({ Principal: { Service: "s3" }, Condition: undefined }),
    "principal-invalid",
  ],
  [
    "Missing tag key in condition",
    permissions({ Condition: { StringEquals: { "aws:PrincipalTag": "a" } } }),
    "condition-key-unknown",
  ],
  [
    "Missing tag key in condition, behind a slash",
    permissions({ Condition: { StringEquals: { "aws:PrincipalTag/": "a" } } }),
    "condition-key-unknown",
  ],
  [
    "Invalid vpc format",
    permissions({ Condition: { StringEquals: { "aws:SourceVpc": "vpc12345" } } }),
    "condition-value-invalid",
  ],
  [
    "Invalid vpce format",
    permissions({ Condition: { StringEquals: { "aws:SourceVpce": "vpc-12345678" } } }),
    "condition-value-invalid",
  ],
  [
    "Federated principal not supported",
    bucket({ Principal: { Federated: "accounts.google.com" } }),
    "principal-invalid",
  ],
  [
    "Unsupported action for condition key",
    permissions({
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"],
      Condition: { StringLike: { "s3:prefix": "a/*" } },
    }),
    "condition-key-unknown",
  ],
  [
    "Role trust policy syntax error notprincipal",
    trust({ Principal: undefined, NotPrincipal: vendor }),
    "element-misplaced",
  ],
  ["Role trust policy unsupported wildcard in principal", trust({ Principal: "*" }), "principal-public"],
  [
    "Invalid federated principal syntax in role trust policy",
    trust({
      Principal: { Federated: "arn:aws:iam::345678901234:saml/x" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    }),
    "principal-invalid",
  ],
  [
    "Mismatched action for principal",
    trust({
      Principal: { Federated: "arn:aws:iam::345678901234:saml-provider/x" },
      Action: "sts:AssumeRole",
      Condition: undefined,
    }),
    "action-misplaced",
  ],
  ["Mismatched action for principal, of the account", trust({ Action: "sts:AssumeRoleWithSAML" }), "action-misplaced"],
  [
    "Deprecated global condition key",
    permissions({ Condition: { ArnLike: { "aws:arn": "arn:aws:iam::345678901234:role/x" } } }),
    "condition-key-unknown",
  ],
  [
    "Invalid date value",
    permissions({ Condition: { DateLessThan: { "aws:CurrentTime": "1634567890" } } }),
    "condition-value-invalid",
  ],
  [
    "Type mismatch date",
    permissions({ Condition: { DateLessThan: { "aws:CurrentTime": "12/31/2027" } } }),
    "condition-type-mismatch",
  ],
  ["Invalid role reference", bucket({ Principal: { AWS: "AROAIFZ2PJ2EXAMPLEROL" } }), "principal-orphaned"],
  ["Invalid user reference", bucket({ Principal: { AWS: "AIDAIFZ2PJ2EXAMPLEUSE" } }), "principal-orphaned"],
  [
    "Missing version",
    policy([{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" }], {
      Version: undefined,
    }),
    "version-missing",
  ],
  [
    "Wildcard without like operator",
    permissions({ Condition: { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/x*" } } }),
    "condition-type-mismatch",
  ],
  [
    "Type mismatch",
    permissions({ Condition: { NumericEquals: { "aws:PrincipalOrgID": "1" } } }),
    "condition-type-mismatch",
  ],
  [
    "Type mismatch Boolean",
    permissions({ Condition: { Bool: { "aws:SecureTransport": "yes" } } }),
    "condition-type-mismatch",
  ],
  [
    "Type mismatch number",
    permissions({
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::training-data",
      Condition: { NumericLessThan: { "s3:max-keys": "ten" } },
    }),
    "condition-type-mismatch",
  ],
  [
    "Type mismatch IP range",
    permissions({ Condition: { IpAddress: { "aws:SourceIp": "example.com" } } }),
    "condition-type-mismatch",
  ],
  [
    "Type mismatch string",
    permissions({ Condition: { BinaryEquals: { "aws:PrincipalTag/x": "%%%" } } }),
    "condition-type-mismatch",
  ],
  [
    "Specific github repo and branch recommended",
    trust({
      Principal: { Federated: "arn:aws:iam::345678901234:oidc-provider/token.actions.githubusercontent.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringLike: { "token.actions.githubusercontent.com:sub": "*" },
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      },
    }),
    "principal-public",
  ],
  [
    "Allow with NotPrincipal",
    bucket({ Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::597713067985:role/x" } }),
    "not-element",
  ],
  [
    "ForAllValues with single valued key",
    permissions({ Condition: { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
    "condition-type-mismatch",
  ],
  [
    "Pass role with NotResource",
    permissions({ Action: "iam:PassRole", Resource: undefined, NotResource: "arn:aws:iam::345678901234:role/x" }),
    "not-element",
  ],
  ["Pass role with star in resource", permissions({ Action: "iam:PassRole", Resource: "*" }), "resource-wildcard"],
  ["Pass role with star in action and resource", permissions({ Action: "iam:*", Resource: "*" }), "resource-wildcard"],
  [
    "Pass role with star in resource and NotAction",
    permissions({ Action: undefined, NotAction: "s3:*", Resource: "*" }),
    "not-element",
  ],
  [
    "Restrict access to service principal",
    bucket({ Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:PutObject" }),
    "service-source-missing",
  ],
  [
    "Missing condition key for oidc principal",
    trust({
      Principal: { Federated: "arn:aws:iam::345678901234:oidc-provider/token.actions.githubusercontent.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: undefined,
    }),
    "principal-public",
  ],
  [
    "Missing github repo condition key",
    trust({
      Principal: { Federated: "arn:aws:iam::345678901234:oidc-provider/token.actions.githubusercontent.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
    }),
    "principal-public",
  ],
  ["Empty array action", permissions({ Action: [] }), "element-missing"],
  [
    "Empty array condition",
    permissions({ Condition: { StringEquals: { "aws:PrincipalOrgID": [] } } }),
    "condition-value-invalid",
  ],
  ["Empty array principal", bucket({ Principal: { AWS: [] } }), "element-missing"],
  ["Empty array resource", permissions({ Resource: [] }), "element-missing"],
  ["Empty object condition", permissions({ Condition: {} }), "condition-value-invalid"],
  [
    "Empty object condition, within an operator",
    permissions({ Condition: { StringEquals: {} } }),
    "condition-value-invalid",
  ],
  ["Empty object principal", bucket({ Principal: {} }), "element-missing"],
  [
    "Improve IP range",
    permissions({ Condition: { IpAddress: { "aws:SourceIp": "203.0.113.7/24" } } }),
    "condition-value-invalid",
  ],
  [
    "Null with qualifier",
    permissions({ Condition: { "ForAllValues:Null": { "aws:TagKeys": "true" } } }),
    "condition-type-mismatch",
  ],
  [
    "Private IP address subset",
    permissions({ Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } } }),
    "condition-value-invalid",
  ],
  ["Redundant action", permissions({ Action: ["s3:GetObject", "s3:Get*"] }), "statement-redundant"],
  [
    "Redundant resource",
    permissions({ Resource: ["arn:aws:s3:::training-data/*", "arn:aws:s3:::training-data/a/*"] }),
    "statement-redundant",
  ],
  [
    "Redundant statement",
    policy([
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" },
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" },
    ]),
    "statement-redundant",
  ],
  ["Wildcard in service name", permissions({ Action: "s*:GetObject" }), "action-unknown"],
  [
    "Recommended condition key for service principal",
    bucket({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Condition: { StringEquals: { "aws:SourceVpc": "vpc-12345678" } },
    }),
    "service-source-missing",
  ],
  [
    "Redundant principal in role trust policy",
    trust({
      Principal: { AWS: ["arn:aws:iam::597713067985:role/x", "arn:aws:sts::597713067985:assumed-role/x/session"] },
    }),
    "principal-mismatch",
  ],
];

/** What it finds and we do not, and why. */
const notFound: readonly (readonly [title: string, text: string, why: string])[] = [
  [
    "Unsupported principal",
    policy([{ Effect: "Allow", Principal: vendor, Action: "iam:GetRole", Resource: "*" }]),
    "it could be the policy of a resource",
  ],
  ["Role trust policy syntax error resource", trust({ Resource: "*" }), "it could be the policy of a VPC endpoint"],
  [
    "Missing action for roles anywhere trust policy",
    trust({
      Principal: { Service: "rolesanywhere.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:345678901234:trust-anchor/x" } },
    }),
    "no vendor comes this way",
  ],
  [
    "Create SLR with star in resource",
    permissions({ Action: "iam:CreateServiceLinkedRole", Resource: "*" }),
    "these roles can only be used by their service",
  ],
  ["Empty Sid value", permissions({ Sid: "" }), "AWS takes it"],
  [
    "Redundant condition value num",
    permissions({
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::training-data",
      Condition: { NumericLessThan: { "s3:max-keys": ["10", "20"] } },
    }),
    "it is rare and harmless",
  ],
];

describe("what AWS's own policy validation finds", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });
  const checksOf = (text: string) => checkDocument(text, { vendors: catalog, reference }).map(({ check }) => check);

  for (const [title, text, check] of found)
    it(`is found: ${title}`, () => {
      const checks = checksOf(text);
      assert.ok(checks.includes(check), checks.join() || "nothing");
    });

  for (const [title, text, why] of notFound)
    it(`is left alone: ${title}, because ${why}`, () => assert.deepEqual(checksOf(text), []));

  it("is told of a policy that belongs to a role, by its place or by a person", () => {
    const statement = { ...objects, Principal: vendor };
    const ofRole = { ...objects, Action: "sts:AssumeRole", Resource: "*", Principal: vendor };
    for (const [kind, text] of [
      ["permissions", policy([{ ...statement, Action: "iam:GetRole", Resource: "*" }])],
      ["trust", policy([ofRole])],
    ] as const) {
      const checks = checkDocument(text, { vendors: [], kind }).map(({ check }) => check);
      assert.ok(checks.includes("element-misplaced"), `${kind}: ${checks.join()}`);
    }
  });
});
