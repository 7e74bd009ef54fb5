import fc from "fast-check";
import type { JsonObject } from "../../../../src/policy/json";

const actions = fc.constantFrom(
  "s3:GetObject",
  "s3:getobject",
  "s3:Get*",
  "s3:*Object",
  "s3:ListBucket",
  "s3:List*",
  "s3:PutObject?cl",
  "s3:*",
  "s3:ListAllMyBuckets",
  "kms:Decrypt",
  "kms:*",
);
const resources = fc.constantFrom(
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::data",
  "arn:aws:s3:::data/*",
  "arn:aws:s3:::data*",
  "arn:aws:s3:::data/raw/*",
  "arn:aws:s3:::data/raw?/x",
  "arn:aws:s3:::*/x",
  "arn:aws:s3:::other/*",
  "arn:aws:kms:eu-west-1:111111111111:key/*",
  "arn:aws:kms:*:111111111111:key/k",
);
const conditions: fc.Arbitrary<JsonObject | undefined> = fc.constantFrom<JsonObject | undefined>(
  undefined,
  undefined,
  undefined,
  { Bool: { "aws:SecureTransport": "false" } },
  { StringLike: { "s3:prefix": ["raw/*", ""] } },
  { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] }, Bool: { "aws:SecureTransport": "true" } },
);

const some = (texts: fc.Arbitrary<string>) => fc.array(texts, { minLength: 1, maxLength: 3 });

/** A statement of a permissions policy about S3 and KMS. */
export const anyStatement: fc.Arbitrary<JsonObject> = statementWith(actions, fc.constant(false));

/** Now and then about all services, which takes its time. */
const widerStatement = statementWith(
  fc.oneof({ weight: 12, arbitrary: actions }, { weight: 1, arbitrary: fc.constant("*") }),
  fc.integer({ min: 0, max: 19 }).map((chance) => chance === 0),
);

function statementWith(names: fc.Arbitrary<string>, notAction: fc.Arbitrary<boolean>): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
      actions: some(names),
      resources: some(resources),
      condition: conditions,
      notAction,
      notResource: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    })
    .map((drawn) => ({
      Effect: drawn.effect,
      [drawn.notAction ? "NotAction" : "Action"]: drawn.actions,
      [drawn.notResource ? "NotResource" : "Resource"]: drawn.resources,
      ...(drawn.condition && { Condition: drawn.condition }),
    }));
}

export const anyStatements = fc.array(anyStatement, { minLength: 1, maxLength: 4 });
export const widerStatements = fc.array(widerStatement, { minLength: 1, maxLength: 4 });

/** Actions with resources that they can act on. */
export const anyTarget = fc.oneof(
  fc.record({
    action: fc.constantFrom(
      "s3:GetObject",
      "s3:PutObject",
      "s3:DeleteObject",
      "s3:PutObjectAcl",
      "s3:GetObjectTagging",
    ),
    resource: fc.constantFrom(
      "arn:aws:s3:::data/x",
      "arn:aws:s3:::data/raw/y",
      "arn:aws:s3:::data/raw1/x",
      "arn:aws:s3:::data-2/raw/x",
      "arn:aws:s3:::other/raw",
      "arn:aws:s3:::third/x",
    ),
  }),
  fc.record({
    action: fc.constantFrom("s3:ListBucket", "s3:GetBucketLocation", "s3:PutBucketPolicy"),
    resource: fc.constantFrom("arn:aws:s3:::data", "arn:aws:s3:::data-2", "arn:aws:s3:::other"),
  }),
  fc.record({
    action: fc.constantFrom("kms:Decrypt", "kms:CreateGrant"),
    resource: fc.constantFrom(
      "arn:aws:kms:eu-west-1:111111111111:key/k",
      "arn:aws:kms:us-east-1:111111111111:key/k",
      "arn:aws:kms:eu-west-1:111111111111:key/l",
    ),
  }),
);

export const anyContext = fc.record(
  {
    "aws:SecureTransport": fc.constantFrom("true", "false"),
    "s3:prefix": fc.constantFrom("", "raw/", "other"),
    "aws:RequestedRegion": fc.constantFrom("eu-west-1", "us-east-1", "eu-north-1"),
  },
  { requiredKeys: [] },
);
