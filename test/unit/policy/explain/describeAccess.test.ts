import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { describeAccess } from "../../../src/policy/describeAccess";
import type { JsonObject } from "../../../src/policy/json";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";

const vendorName = "Acme";

function policy(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

const trust = policy({
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::345678901234:role/r" },
  Action: "sts:AssumeRole",
});
const permissions = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" });

function described(changes: { readonly permissions?: JsonObject; readonly trust?: JsonObject }): readonly string[] {
  return describeAccess({ permissions, trust, vendorName, ...changes });
}

describe("describeAccess", () => {
  it("names who, what and where", () => {
    const definition = findVendor("activeloop-deep-lake");
    assert.ok(definition);
    const request = { accessLevel: "read-write", parameters: { buckets: ["training-data"] }, role: { name: "r" } };
    const sentences = describeAccess({ ...renderDocuments(definition, request), vendorName: definition.name });
    assert.deepEqual(sentences, [
      "Activeloop Deep Lake (role activeloop_backend of account 597713067985) may list, read, write and delete objects in training-data, and see the bucket’s region.",
      "It may not change permissions or reach any other bucket.",
    ]);
  });

  for (const [what, changes, expected] of [
    [
      "everyone, loudly",
      { trust: policy({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }) },
      /^Anyone in the world, in any AWS account, may assume this role\.$/,
    ],
    [
      "everyone, in one type of several",
      { trust: policy({ Effect: "Allow", Principal: { AWS: ["345678901234", "*"] }, Action: "sts:AssumeRole" }) },
      /^Anyone in the world/,
    ],
    [
      "a whole account",
      { trust: policy({ Effect: "Allow", Principal: { AWS: "345678901234" }, Action: "sts:AssumeRole" }) },
      /any role or user of account 345678901234/,
    ],
    [
      "a service",
      { trust: policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }) },
      /the AWS service ec2\.amazonaws\.com/,
    ],
    [
      "all but somebody",
      { trust: policy({ Effect: "Allow", NotPrincipal: { AWS: "345678901234" }, Action: "sts:AssumeRole" }) },
      /everyone in the world except/,
    ],
    [
      "conditions",
      {
        trust: policy({
          Effect: "Allow",
          Principal: { AWS: "345678901234" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "x" } },
        }),
      },
      /only if sts:ExternalId StringEquals x\.$/,
    ],
    ["nobody", { trust: policy() }, /^Nobody may assume the role/],
    [
      "wildcards as they are",
      { permissions: policy({ Effect: "Allow", Action: "s3:*Object*", Resource: "arn:aws:s3:::b/*" }) },
      /every action that matches s3:\*Object\*/,
    ],
    [
      "every action",
      { permissions: policy({ Effect: "Allow", Action: "*", Resource: "*" }) },
      /may do anything .* on everything in the account/,
    ],
    [
      "all but some actions",
      { permissions: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) },
      /everything except iam:\* on everything/,
    ],
    [
      "all but some resources",
      { permissions: policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::b" }) },
      /on everything except arn:aws:s3:::b/,
    ],
    [
      "every bucket",
      { permissions: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::*" }) },
      /every bucket \(arn:aws:s3:::\*\)/,
    ],
    [
      "buckets by a pattern",
      { permissions: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::train*/x" }) },
      /every bucket that matches train\*/,
    ],
    [
      "what is denied",
      { permissions: policy({ Effect: "Deny", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::b/*" }) },
      /s3:DeleteObject on b is denied\.$/,
    ],
    ["that nothing is allowed", { permissions: policy() }, /may do nothing/],
  ] as const) {
    it(`names ${what}`, () => {
      const sentences = described(changes);
      assert.ok(
        sentences.some((sentence) => expected.test(sentence)),
        sentences.join("\n"),
      );
    });
  }

  it("says nothing about limits beside a removal", () => {
    const sentences = describeAccess({ permissions, trust, vendorName, limits: false });
    assert.deepEqual(sentences, ["Acme (role r of account 345678901234) may read objects in training-data."]);
  });

  it("says what a KMS key may be used for", () => {
    const key = "arn:aws:kms:us-east-1:345678901234:key/k";
    const [, second, ...others] = described({
      permissions: policy(
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" },
        { Effect: "Allow", Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"], Resource: key },
      ),
    });
    assert.equal(second, `It may use the KMS key ${key} to encrypt, decrypt and make data keys.`);
    assert.deepEqual(others, ["It may not change permissions or reach any other bucket."]);
  });

  it("names the roles that a condition on aws:PrincipalArn narrows an account to", () => {
    const jfrog = findVendor("jfrog-ml");
    if (!jfrog) throw new Error("no JFrog ML");
    const request = { accessLevel: "read-only", parameters: { buckets: ["b-1"] }, role: { name: "r" } };
    assert.equal(
      describeAccess({ ...renderDocuments(jfrog, request), vendorName: jfrog.name })[0],
      "JFrog ML (roles eksctl-Qwak-EKS-Cluster-nodegroup-* of account 377488441568 and roles qwak-eks-base* of account 377488441568) may list and read objects in b-1.",
    );
  });

  for (const [what, Condition] of [
    ["of another account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::999988887777:role/x" } }],
    [
      "with a second condition",
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/x" }, Bool: { a: "true" } },
    ],
    ["that excludes", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/x" } }],
    ["with a pattern for the account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } }],
  ] as const) {
    it(`keeps the words of a condition ${what}`, () => {
      const statement = { Effect: "Allow", Principal: { AWS: "345678901234" }, Action: "sts:AssumeRole", Condition };
      assert.match(
        described({ trust: policy(statement) })[0] ?? "",
        /any role or user of account 345678901234, only if /,
      );
    });
  }

  for (const [what, statement] of [
    ["a wildcard action", { Action: "s3:Get*", Resource: "arn:aws:s3:::b/*" }],
    ["an action without a word", { Action: ["s3:GetObject", "s3:PutObjectAcl"], Resource: "arn:aws:s3:::b/*" }],
    ["a pattern of buckets", { Action: "s3:GetObject", Resource: "arn:aws:s3:::b*" }],
    ["every resource", { Action: "s3:GetObject", Resource: "*" }],
    ["NotAction", { NotAction: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }],
    ["NotResource", { Action: "s3:GetObject", NotResource: "arn:aws:s3:::b/*" }],
  ] as const) {
    it(`promises no limit where ${what} stands`, () => {
      const sentences = described({ permissions: policy({ Effect: "Allow", ...statement }) });
      assert.ok(!sentences.some((sentence) => sentence.includes("may not")), sentences.join("\n"));
    });
  }

  it("leaves no action, resource, principal or condition out", () => {
    const action = fc.constantFrom(
      "s3:*",
      "s3:PutObjectAcl",
      "kms:CreateGrant",
      "iam:PassRole",
      "s3:Get*",
      "sqs:SendMessage",
    );
    const resource = fc.constantFrom(
      "arn:aws:s3:::one/x",
      "arn:aws:kms:us-east-1:1:key/k",
      "arn:aws:sqs:us-east-1:1:q",
    );
    const account = fc.constantFrom(
      "arn:aws:iam::345678901234:role/a",
      "456789012345",
      "arn:aws:iam::567890123456:user/b",
    );
    const statement = fc.record({
      Action: fc.array(action, { minLength: 1 }),
      Resource: fc.array(resource, { minLength: 1 }),
      value: fc.constantFrom("v1", "v2"),
    });
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1 }),
        fc.array(account, { minLength: 1 }),
        (statements, accounts) => {
          const text = described({
            trust: policy({ Effect: "Allow", Principal: { AWS: accounts }, Action: "sts:AssumeRole" }),
            permissions: policy(
              ...statements.map(({ value, ...rest }) => ({
                Effect: "Allow",
                ...rest,
                Condition: { StringLike: { "aws:x": value } },
              })),
            ),
          }).join("\n");
          for (const name of accounts) assert.ok(text.includes(/\d{12}/.exec(name)?.[0] ?? "?"), text);
          for (const { Action, Resource, value } of statements) {
            for (const name of Action) assert.ok(text.includes(name), text);
            for (const name of Resource) assert.ok(text.includes(name.replace("arn:aws:s3:::", "")), text);
            assert.ok(text.includes(`aws:x StringLike ${value}`), text);
          }
        },
      ),
    );
  });

  it("describes every vendor’s documents without a word left to guess", () => {
    for (const definition of catalog) {
      const request = {
        accessLevel: definition.accessLevels[0]?.id ?? "",
        parameters: { buckets: ["b-1"] },
        role: { name: "r" },
      };
      const sentences = describeAccess({ ...renderDocuments(definition, request), vendorName: definition.name });
      assert.ok(sentences.length > 0);
      for (const sentence of sentences) assert.match(sentence, /^[A-Z].*\.$/);
    }
  });

  it("says something about whatever it is given", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        assert.ok(describeAccess({ permissions: a as JsonObject, trust: b as JsonObject, vendorName }).length > 0);
      }),
    );
  });
});
