import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseArn } from "../../../src/policy/arn";
import { canMatch, resourceKinds, resourceTypesOf } from "../../../src/policy/resourceTypes";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";

function matches(action: string, resource: string): boolean {
  const arn = parseArn(resource);
  assert.ok(arn);
  return canMatch(action, resourceKinds([arn]));
}

describe("resource types", () => {
  for (const [action, resource, expected] of [
    ["s3:ListBucket", "arn:aws:s3:::b", true],
    ["s3:ListBucket", "arn:aws:s3:::b/*", false],
    ["s3:listbucket", "arn:aws:s3:::b/*", false],
    ["s3:GetObject", "arn:aws:s3:::b", false],
    ["s3:GetObject", "arn:aws:s3:::b/*", true],
    ["s3:GetObject", "arn:aws:s3:::b*", true],
    ["s3:ListBucket", "arn:aws:s3:::b*", true],
    ["s3:GetObject", "arn:aws:s3:::*", true],
    ["s3:GetObject", "arn:aws:s3:::b/${aws:username}/*", true],
    ["s3:ListBucket", "arn:aws:s3:::${aws:PrincipalTag/bucket}", true],
    ["s3:GetObject", "arn:aws:s3:::<bucket/with a path>", false],
    ["s3:GetObject", "arn:aws-cn:s3:::b/*", true],
    ["s3:*Object*", "arn:aws:s3:::b", true],
    ["s3:*Object", "arn:aws:s3:::b", false],
    ["s3:Get*", "arn:aws:s3:::b/*", true],
    ["s3:*", "arn:aws:s3:::b", true],
    ["s3:ListAllMyBuckets", "arn:aws:s3:::b", false],
    ["s3:ListAllMyBuckets", "arn:aws:s3:::*", true],
    ["s3:CreateJob", "arn:aws:s3:us-east-1:234567890123:job/*", false],
    ["s3:DescribeJob", "arn:aws:s3:us-east-1:234567890123:job/*", true],
    ["s3:DescribeJob", "arn:aws:s3:*:*:*", true],
    ["s3:GetObject", "arn:aws:s3:us-east-1:234567890123:accesspoint/a/object/*", true],
    ["s3:GetObject", "arn:aws:s3:us-east-1:234567890123:accesspoint/a", false],
    ["s3:ListBucket", "arn:aws:s3:us-east-1:234567890123:accesspoint/a", true],
    ["s3:GetObject", "arn:aws:s3::234567890123:accesspoint/alias.mrap/object/*", true],
    ["s3:GetObject", "arn:aws:kms:us-east-1:234567890123:key/k", false],
    ["kms:Decrypt", "arn:aws:kms:us-east-1:234567890123:key/k", true],
    ["kms:Decrypt", "arn:aws:kms:us-east-1:234567890123:alias/k", false],
    ["kms:Decrypt", "arn:aws:s3:::b/*", false],
    ["kms:ReEncrypt*", "arn:aws:kms:us-east-1:234567890123:key/k", true],
    ["kms:CreateAlias", "arn:aws:kms:us-east-1:234567890123:alias/k", true],
    ["kms:ListKeys", "arn:aws:kms:us-east-1:234567890123:key/k", false],
    ["sts:AssumeRole", "arn:aws:iam::234567890123:role/path/r", true],
    ["sts:AssumeRole", "arn:aws:iam::234567890123:user/u", false],
    ["sts:AssumeRole", "arn:aws:iam::*:*", true],
    ["sts:GetCallerIdentity", "arn:aws:iam::234567890123:role/r", false],
    ["s3:NoSuchAction", "arn:aws:s3:::b", true],
    ["dynamodb:GetItem", "arn:aws:s3:::b", true],
    ["*", "arn:aws:s3:::b", true],
  ] as const) {
    it(`${action} ${expected ? "can" : "can’t"} match ${resource}`, () => {
      assert.equal(matches(action, resource), expected);
    });
  }

  it("are known for the actions that vendors ask for", () => {
    assert.deepEqual(resourceTypesOf("s3:PutObject"), ["object", "access point object"]);
    assert.deepEqual(resourceTypesOf("s3:GetBucketLocation"), ["bucket", "access point"]);
    assert.deepEqual(resourceTypesOf("kms:GenerateDataKey"), ["key"]);
    assert.deepEqual(resourceTypesOf("sts:TagSession"), ["role", "federated user"]);
    assert.equal(resourceTypesOf("s3:HeadBucket"), undefined);
  });
});

describe("resource types and the service reference", () => {
  it("agree on every action of S3, KMS and STS", async () => {
    const reference = await loadServiceReference();
    for (const service of ["s3", "kms", "sts"]) {
      for (const action of reference.actionsOf(service)) {
        const types = reference.action(action)?.resourceTypes ?? [];
        assert.equal(resourceTypesOf(action)?.length, Math.max(types.length, 1), action);
        assert.equal(resourceTypesOf(action)?.includes("everything"), types.length === 0, action);
        for (const { name } of types) {
          const arn = reference.resourceType(service, name)?.arn ?? "";
          const example = arn.replace("${Partition}", "aws").replace(/\$\{\w+\}/g, "a");
          assert.ok(matches(action, example), `${action} on ${example}`);
        }
      }
    }
  });
});
