import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { arnProblem } from "../../../src/checks/arnProblem";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext } from "../../../src/checks/finding";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import { sampleManifest } from "../sampleManifest";

const anybody: CheckContext = { vendors: catalog };

function found(text: string, context = anybody): readonly string[] {
  return checkDocument(text, context).map(
    ({ check, severity, range: { offset, length } }) => `${severity} ${check}: ${text.slice(offset, offset + length)}`,
  );
}

function permissions(resources: readonly unknown[], action: string | readonly string[] = "s3:GetObject"): string {
  const statement = { Effect: "Allow", Action: action, Resource: resources };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function trust(principal: object): string {
  const Condition = { StringEquals: { "sts:ExternalId": "b7c1e0d29f44" } };
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", Condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

describe("arnProblem", () => {
  for (const arn of [
    "arn:aws:s3:::training-data",
    "arn:aws:s3:::training-data/labels:v2/*",
    "arn:aws-cn:s3:::training-data/*",
    "arn:aws-us-gov:iam::234567890123:role/reader",
    "arn:*:s3:::training-data",
    "arn:aws:s3:*:*:training-data",
    "arn:aws:s3:eu-west-1:234567890123:accesspoint/finance/object/*",
    "arn:aws:s3::234567890123:accesspoint/multi.mrap",
    "arn:aws:s3:us-east-1:234567890123:job/*",
    "arn:aws:s3:us-east-1:234567890123:*",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::234567890123:root",
    "arn:aws:iam::*:role/*",
    "arn:aws:iam::234567890123:*",
    "arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d",
    "arn:aws:kms:us-gov-west-1:234567890123:key/*",
    "arn:aws:eks:eusc-de-east-1:234567890123:cluster/x",
    "arn:aws:cloudwatch::234567890123:dashboard/x",
    "arn:minio:sqs::primary:webhook",
    "arn:aws:s3*",
    "*",
  ]) {
    it(`has nothing against ${arn}`, () => assert.equal(arnProblem(arn), undefined));
  }

  for (const [arn, marked, replacement] of [
    ["arn:aws:s3::training-data/*", "arn:aws:s3::training-data/*", "arn:aws:s3:::training-data/*"],
    ["arn:aws:s3:training-data", "arn:aws:s3:training-data", "arn:aws:s3:::training-data"],
    ["arn:aws:s3::::training-data", ":", "arn:aws:s3:::training-data"],
    ["arn:s3:::training-data", "arn:s3:::training-data", "arn:aws:s3:::training-data"],
    ["arn:aws:sqs:eu-west-1", "arn:aws:sqs:eu-west-1", undefined],
    ["aws:s3:::training-data/k", "aws:s3:::training-data/k", "arn:aws:s3:::training-data/k"],
    ["ARN:aws:s3:::training-data", "ARN:aws:s3:::training-data", "arn:aws:s3:::training-data"],
    [" arn:aws:s3:::training-data", " arn:aws:s3:::training-data", "arn:aws:s3:::training-data"],
    ["s3://training-data", "s3://training-data", "arn:aws:s3:::training-data"],
    ["s3://training-data/", "s3://training-data/", "arn:aws:s3:::training-data/*"],
    [
      "https://training-data.s3.eu-west-1.amazonaws.com/a/*",
      "https://training-data.s3.eu-west-1.amazonaws.com/a/*",
      "arn:aws:s3:::training-data/a/*",
    ],
    [
      "https://s3.amazonaws.com/training-data/a",
      "https://s3.amazonaws.com/training-data/a",
      "arn:aws:s3:::training-data/a",
    ],
    ["arn:aws:s3:::s3://training-data/*", "s3://", "arn:aws:s3:::training-data/*"],
    ["arn:aws:s3:::arn:aws:s3:::training-data/*", "arn:aws:s3:::", "arn:aws:s3:::training-data/*"],
    ["arn:AWS:s3:::training-data", "AWS", "arn:aws:s3:::training-data"],
    ["arn:aws-gov:s3:::training-data", "aws-gov", undefined],
    ["arn::s3:::training-data", "arn::s3:::training-data", "arn:aws:s3:::training-data"],
    ["arn:aws:S3:::training-data", "S3", "arn:aws:s3:::training-data"],
    ["arn:aws::::training-data", "arn:aws::::training-data", undefined],
    ["arn:aws:s3:us-east-1::training-data", "us-east-1", "arn:aws:s3:::training-data"],
    ["arn:aws:s3::234567890123:training-data/*", "234567890123", "arn:aws:s3:::training-data/*"],
    ["arn:aws:iam:us-east-1:234567890123:role/x", "us-east-1", "arn:aws:iam::234567890123:role/x"],
    ["arn:aws:iam:::role/x", "arn:aws:iam:::role/x", undefined],
    ["arn:aws:iam::2345-6789-0123:role/x", "2345-6789-0123", "arn:aws:iam::234567890123:role/x"],
    ["arn:aws:iam::23456789012:role/x", "23456789012", undefined],
    ["arn:aws:sqs:us-east-1a:234567890123:q", "us-east-1a", "arn:aws:sqs:us-east-1:234567890123:q"],
    ["arn:aws:sqs:US-EAST-1:234567890123:q", "US-EAST-1", "arn:aws:sqs:us-east-1:234567890123:q"],
    ["arn:aws:sqs:us-east1:234567890123:q", "us-east1", undefined],
    ["arn:aws:iam::234567890123:roles/x", "roles/", "arn:aws:iam::234567890123:role/x"],
    ["arn:aws:iam::234567890123:role:x", "role:", "arn:aws:iam::234567890123:role/x"],
  ] as const) {
    it(`finds what is wrong with ${arn}`, () => {
      const problem = arnProblem(arn);
      assert.ok(problem, arn);
      assert.equal(arn.slice(problem.start, problem.start + problem.length), marked);
      assert.equal(problem.replacement, replacement);
      assert.match(problem.message, /(so|and) .*\.$/);
      if (replacement !== undefined) assert.equal(arnProblem(replacement), undefined);
    });
  }
});

describe("resources", () => {
  it("are ARNs or everything", () => {
    assert.deepEqual(found(permissions(["training-data", "training-data/*"])), [
      "error arn-invalid: training-data",
      "error arn-invalid: training-data/*",
    ]);
  });

  it("are marked at their smallest wrong part, and are right after the fix", () => {
    const text = permissions(["arn:aws:s3:us-east-1:234567890123:training-data/*"]);
    assert.deepEqual(found(text), ["error arn-invalid: us-east-1:234567890123"]);
    const { text: after } = applySafeFixes(text, (current) => checkDocument(current, anybody));
    assert.equal(after, permissions(["arn:aws:s3:::training-data/*"]));
  });

  for (const [what, resource, expected] of [
    ["a placeholder", "arn:aws:s3:us-east-1::BUCKET_NAME/*", ["error placeholder-unfilled: BUCKET_NAME"]],
    ["a placeholder for all of it", "<bucket-arn>/*", ["error placeholder-unfilled: <bucket-arn>"]],
    ["Terraform's own words", "${aws_s3_bucket.data.arn}/*", []],
    ["a function of CloudFormation", { "Fn::Sub": "${Data.Arn}/*" }, []],
    ["a policy variable", "arn:aws:s3:::training-data/${aws:username}/*", []],
    ["a name that no bucket has", "arn:aws:s3:::training..data/*", ["warning bucket-name-invalid: training..data"]],
    ["a name of S3's own", "arn:aws:s3:::sthree-data/*", ["error bucket-name-invalid: sthree-data"]],
    ["an old name", "arn:aws:s3:::training_data/*", ["warning bucket-name-invalid: training_data"]],
    ["no name", "arn:aws:s3:::/*", ['error bucket-name-invalid: "arn:aws:s3:::/*"']],
    ["an address of e-mail", "arn:aws:s3:::me@home/*", ["error bucket-name-invalid: me@home"]],
  ] as const) {
    it(`of ${what}`, () => assert.deepEqual(found(permissions([resource])), expected));
  }

  it("of keys are kms-key-arn-invalid's where that looks", () => {
    assert.deepEqual(found(permissions(["alias/training"], "kms:Decrypt")), [
      "error kms-key-arn-invalid: alias/training",
    ]);
    assert.deepEqual(found(permissions(["my key"], "kms:Decrypt")), ["error arn-invalid: my key"]);
  });

  it("may have short forms in the policies of other services", () => {
    const statement = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
    assert.deepEqual(found(JSON.stringify({ Version: "2012-10-17", Statement: [statement] })), []);
  });

  it("with a bad name of a bucket are not the integration’s: one finding", () => {
    const definition = findVendor("jfrog-ml");
    assert.ok(definition, "jfrog-ml");
    const context = {
      ...anybody,
      integration: { manifest: sampleManifest, definition, documentRole: "permissions" },
    } as const;
    assert.deepEqual(found(permissions(["arn:aws:s3:::training_data/*"]), context), [
      "error resource-bucket-mismatch: training_data",
    ]);
    assert.deepEqual(found(permissions(["arn:aws:s3:::training-*/*"]), context), [
      "warning resource-wildcard: arn:aws:s3:::training-*/*",
    ]);
  });
});

describe("everything as a resource", () => {
  for (const [what, actions, resource, condition, expected] of [
    ["reading objects", "s3:GetObject", "*", undefined, true],
    ["every S3 action", "s3:*", "*", undefined, true],
    ["every bucket by its ARN", "s3:GetObject", "arn:aws:s3:::*/*", undefined, true],
    ["decrypting", "kms:Decrypt", "*", undefined, true],
    ["everything", "*", "*", undefined, true],
    ["listing buckets", ["s3:ListAllMyBuckets", "s3:GetBucketLocation"], "*", undefined, false],
    ["listing keys", ["kms:ListKeys", "sts:GetCallerIdentity"], "*", undefined, false],
    ["what the tables don't have", "s3:MadeUp", "*", undefined, false],
    ["other services", "ec2:Describe*", "*", undefined, false],
    [
      "an account's own resources",
      "s3:GetObject",
      "*",
      { StringEquals: { "aws:ResourceAccount": "234567890123" } },
      false,
    ],
    ["any but an account's", "s3:GetObject", "*", { StringNotEquals: { "aws:ResourceAccount": "234567890123" } }, true],
    ["a name pattern of somebody", "s3:GetObject", "arn:aws:s3:::logs-*/*", undefined, false],
  ] as const) {
    it(`for ${what}: ${expected ? "a warning" : "nothing"}`, () => {
      const statement = {
        Effect: "Allow",
        Action: actions,
        Resource: resource,
        ...(condition && { Condition: condition }),
      };
      const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      assert.deepEqual(found(text), expected ? [`warning resource-wildcard: ${resource}`] : []);
      const denied = text.replace("Allow", "Deny");
      assert.deepEqual(found(denied), []);
    });
  }
});

describe("principals", () => {
  for (const [what, principal, expected] of [
    ["an account", "345678901234", []],
    ["a role with a path", "arn:aws:iam::345678901234:role/a/b", []],
    ["a session", "arn:aws:sts::345678901234:assumed-role/a/b", []],
    ["an origin access identity", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2A", []],
    ["a template", "${var.role}", []],
    ["an account with hyphens", "3456-7890-1234", ["error arn-invalid: 3456-7890-1234"]],
    ["an account too short", "34567890123", ["error arn-invalid: 34567890123"]],
    ["a name", "reader", ["error arn-invalid: reader"]],
    ["a group", "arn:aws:iam::345678901234:group/a", ["error arn-invalid: arn:aws:iam::345678901234:group/a"]],
    ["a bucket", "arn:aws:s3:::training-data", ["error arn-invalid: arn:aws:s3:::training-data"]],
    ["a pattern of roles", "arn:aws:iam::345678901234:role/a*", ["error arn-invalid: *"]],
    ["a service", "ec2.amazonaws.com", ["error arn-invalid: ec2.amazonaws.com"]],
    ["a role that was deleted", "AROAJQABLZS4A3QDU576Q", ["error principal-orphaned: AROAJQABLZS4A3QDU576Q"]],
  ] as const) {
    it(`may be ${what}: ${expected.length === 0}`, () => assert.deepEqual(found(trust({ AWS: principal })), expected));
  }

  it("of services move to their kind", () => {
    const { text } = applySafeFixes(trust({ AWS: "ec2.amazonaws.com" }), (current) => checkDocument(current, anybody));
    assert.equal(text, trust({ Service: "ec2.amazonaws.com" }));
    // Beside others it can't be moved by renaming the kind.
    const both = checkDocument(trust({ AWS: ["ec2.amazonaws.com", "345678901234"] }), anybody);
    assert.deepEqual(
      both.flatMap(({ fixes }) => fixes),
      [],
    );
  });

  it("of another partition than the resource are told, and mixed partitions are not judged", () => {
    const statement = (...resources: readonly string[]) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::345678901234:role/a" },
            Action: "s3:GetObject",
            Resource: resources,
          },
        ],
      });
    assert.deepEqual(found(statement("arn:aws-us-gov:s3:::a-bucket/*")), ["error principal-partition: aws"]);
    assert.deepEqual(found(statement("arn:aws:s3:::a-bucket/*")), []);
    assert.deepEqual(found(statement("arn:*:s3:::a-bucket/*")), []);
    assert.deepEqual(found(statement("arn:aws-cn:s3:::a-bucket/*", "arn:aws:s3:::a-bucket/*")), []);
  });
});
