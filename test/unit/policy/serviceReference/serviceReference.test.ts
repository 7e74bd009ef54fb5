import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, it } from "mocha";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";

/** Facts of https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
describe("the service reference", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  it("is loaded once", async () => {
    assert.equal(await loadServiceReference(), reference);
  });

  it("is at most 200 KB compressed", () => {
    const path = "../../../../src/policy/serviceReference/serviceReference.generated.mjs";
    const { length } = gzipSync(readFileSync(join(__dirname, path)));
    assert.ok(length <= 200_000, `${length} bytes`);
  });

  it("has the services and their actions", () => {
    assert.match(reference.date, /^20\d\d-\d\d-\d\d$/);
    assert.ok(reference.services.length > 400, `${reference.services.length} services`);
    for (const service of ["s3", "kms", "sts", "iam", "ec2", "s3-object-lambda", "execute-api"]) {
      assert.ok(reference.services.includes(service), service);
    }
    assert.equal(reference.serviceName("S3"), "Amazon S3");
    assert.equal(reference.serviceName("s4"), undefined);
    assert.deepEqual(reference.actionsOf("s4"), []);
    assert.equal(reference.serviceName("constructor"), undefined, "a name that every object has");
    assert.ok(reference.expand("*").length > 20_000, `${reference.expand("*").length} actions`);
  });

  describe("knows the access level of", () => {
    for (const [action, level] of [
      ["s3:ListBucket", "List"],
      ["s3:GetObject", "Read"],
      ["S3:putobject", "Write"],
      ["s3:PutBucketPolicy", "Permissions management"],
      ["s3:PutObjectTagging", "Tagging"],
      ["kms:Decrypt", "Write"],
      ["kms:CreateGrant", "Permissions management"],
      ["sts:AssumeRole", "Write"],
      ["sts:TagSession", "Tagging"],
      ["iam:PassRole", "Write"],
      ["ec2:DescribeInstances", "List"],
      ["dynamodb:GetItem", "Read"],
      ["s3:HeadBucket", undefined],
      ["s3:Get*", undefined],
      ["GetObject", undefined],
      [":GetObject", undefined],
      ["*", undefined],
      ["", undefined],
    ] as const) {
      it(action === "" ? "nothing" : `${action}: ${level ?? "not an action"}`, () => {
        assert.equal(reference.accessLevel(action), level);
        assert.equal(reference.isAction(action), level !== undefined);
      });
    }
  });

  describe("expands", () => {
    for (const [pattern, actions] of [
      ["s3:GetObject", ["s3:GetObject"]],
      ["S3:GETOBJECT", ["s3:GetObject"]],
      ["s3:*ObjectAcl", ["s3:GetObjectAcl", "s3:PutObjectAcl"]],
      ["s3:?etObjectAcl", ["s3:GetObjectAcl"]],
      ["kms:ReEncrypt*", ["kms:ReEncryptFrom", "kms:ReEncryptTo"]],
      ["?ts:assumerole", ["sts:AssumeRole"]],
      ["s3*:GetObjectRetention", ["s3-object-lambda:GetObjectRetention", "s3:GetObjectRetention"]],
      ["*:GetCallerIdentity", ["sts:GetCallerIdentity"]],
      ["s3:", []],
      ["s3:NoSuchAction", []],
      ["s3:NoSuch*", []],
      ["s4:*", []],
      ["s3*", []],
      ["s3*GetObject", []],
      ["**", []],
      ["s3:Get:*", []],
      ["s3:GetObject ", []],
      ["", []],
    ] as const) {
      it(`${JSON.stringify(pattern)} to ${actions.join(", ") || "nothing"}`, () => {
        assert.deepEqual(reference.expand(pattern), actions);
      });
    }

    it("s3:* to all of S3, and *:* to all there is", () => {
      assert.deepEqual(reference.expand("s3:*"), reference.actionsOf("s3"));
      assert.deepEqual(reference.expand("*:*"), reference.expand("*"));
      assert.deepEqual(
        reference.expand("*"),
        reference.services.flatMap((service) => reference.actionsOf(service)),
      );
    });
  });

  describe("knows in full", () => {
    it("an action of S3", () => {
      const facts = reference.action("s3:listbucket");
      assert.equal(facts?.name, "s3:ListBucket");
      assert.equal(facts.accessLevel, "List");
      assert.match(facts.description, /^Grants permission to list some or all of the objects/);
      assert.ok(facts.conditionKeys.includes("s3:prefix"), facts.conditionKeys.join(" "));
      assert.ok(facts.resourceTypes.some(({ name }) => name === "bucket"));
    });

    it("which resource types an action requires, these first", () => {
      const types = (action: string) => reference.action(action)?.resourceTypes;
      assert.deepEqual(types("sts:AssumeRole"), [{ name: "role", required: true }]);
      assert.deepEqual(types("s3:ListAllMyBuckets"), []);
      assert.deepEqual(types("s3:ListBucketMultipartUploads"), [
        { name: "bucket", required: true },
        { name: "accesspoint", required: false },
      ]);
    });

    it("every action of S3, KMS, STS and IAM, with resource types and condition keys that are explained", () => {
      for (const service of ["s3", "kms", "sts", "iam"]) {
        for (const name of reference.actionsOf(service)) {
          const facts = reference.action(name);
          assert.equal(facts?.name, name);
          assert.equal(facts.accessLevel, reference.accessLevel(name));
          assert.notEqual(facts.description, "", name);
          for (const type of facts.resourceTypes) {
            assert.ok(reference.resourceType(service, type.name), `${name}: ${type.name}`);
          }
          const levels = facts.resourceTypes.map(({ required }) => Number(required));
          assert.deepEqual(levels, levels.toSorted().reverse(), name);
        }
        const keys = [
          ...reference.actionsOf(service).flatMap((name) => reference.action(name)?.conditionKeys ?? []),
          ...reference.resourceTypesOf(service).flatMap((type) => type.conditionKeys),
        ];
        for (const key of keys) assert.equal(reference.conditionKey(key)?.name, key);
      }
    });

    it("resource types", () => {
      assert.deepEqual(reference.resourceType("S3", "Object"), {
        name: "object",
        arn: "arn:${Partition}:s3:::${BucketName}/${ObjectName}",
        conditionKeys: ["aws:ResourceTag/${TagKey}", "s3:BucketTag/${TagKey}"],
      });
      assert.deepEqual(
        reference.resourceTypesOf("kms").map(({ name }) => name),
        ["alias", "key"],
      );
      assert.equal(reference.resourceType("s3", "key"), undefined);
    });

    it("no other service", () => {
      assert.equal(reference.isAction("ec2:RunInstances"), true);
      assert.equal(reference.action("ec2:RunInstances"), undefined);
      assert.deepEqual(reference.resourceTypesOf("ec2"), []);
      assert.equal(reference.resourceType("ec2", "instance"), undefined);
      assert.equal(reference.action("s3:HeadBucket"), undefined);
    });
  });

  describe("finds the condition key", () => {
    for (const [asked, name, type] of [
      ["aws:PrincipalOrgID", "aws:PrincipalOrgID", "String"],
      ["AWS:sourceip", "aws:SourceIp", "IPAddress"],
      ["aws:CurrentTime", "aws:CurrentTime", "Date"],
      ["aws:SecureTransport", "aws:SecureTransport", "Bool"],
      ["aws:SignInSessionArn", "aws:SignInSessionArn", "ARN"],
      ["aws:TagKeys", "aws:TagKeys", "ArrayOfString"],
      ["aws:ResourceTag/team", "aws:ResourceTag/${TagKey}", "String"],
      ["aws:principaltag/a/b:c", "aws:PrincipalTag/${TagKey}", "String"],
      ["aws:RequestTag/${TagKey}", "aws:RequestTag/${TagKey}", "String"],
      ["s3:prefix", "s3:prefix", "String"],
      ["s3:VersionId", "s3:versionid", "String"],
      ["s3:max-keys", "s3:max-keys", "Numeric"],
      ["s3:ExistingObjectTag/public", "s3:ExistingObjectTag/<key>", "String"],
      ["kms:ViaService", "kms:ViaService", "String"],
      ["kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContext:${EncryptionContextKey}", "String"],
      ["sts:ExternalId", "sts:ExternalId", "String"],
      ["iam:PassedToService", "iam:PassedToService", "String"],
      ["ec2:SourceInstanceArn", "ec2:SourceInstanceArn", "ARN"],
    ] as const) {
      it(asked, () => {
        const key = reference.conditionKey(asked);
        assert.deepEqual([key?.name, key?.type], [name, type]);
        assert.match(key?.description ?? "", /^(Filters|Controls) access/);
      });
    }

    for (const asked of ["aws:ResourceTag/", "aws:ResourceTag", "aws:NoSuchKey", "s3:", "prefix", "", "toString"]) {
      it(`${JSON.stringify(asked)}, which is none`, () => assert.equal(reference.conditionKey(asked), undefined));
    }
  });
});
