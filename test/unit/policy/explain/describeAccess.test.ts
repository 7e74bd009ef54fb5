import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { explainContext } from "../../../../src/integration/explainContext";
import { describeAccess } from "../../../../src/policy/explain/describeAccess";
import type { ExplainContext } from "../../../../src/policy/explain/explanation";
import { parseJson } from "../../../../src/policy/parseJson";
import type { PolicyDocument } from "../../../../src/policy/policyDocument";
import { readPolicy } from "../../../../src/policy/readPolicy";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";
import { findVendor } from "../../../../src/vendors/catalog";
import type { IntegrationRequest } from "../../../../src/vendors/manifest";
import { renderDocuments } from "../../../../src/vendors/render";
import { renderedRole } from "../../vendors/renderedRole";
import { allSamples } from "../../vendors/sampleRequests";
import { allow, deny, policy, policyOf, trusts, whole } from "./documents";

const acme: ExplainContext = {
  role: "acme-access",
  account: "210987654321",
  ownerOf: (_, account) => (account === "345678901234" ? "Acme" : undefined),
};
const trust = policy(trusts({ AWS: "arn:aws:iam::345678901234:role/r" }));
const permissions = policy(allow("s3:GetObject", whole("training-data")));

describe("describeAccess", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  function described(changes: {
    readonly permissions?: PolicyDocument;
    readonly trust?: PolicyDocument;
  }): readonly string[] {
    const documents = { permissions: [changes.permissions ?? permissions], trust: changes.trust ?? trust };
    return describeAccess(documents, acme, reference);
  }

  function describedVendor(id: string, request: IntegrationRequest): readonly string[] {
    const definition = findVendor(id);
    if (definition === undefined) throw new Error(`no vendor ${id}`);
    const rendered = renderedRole(definition, request);
    const manifest = { ...request, id: "1", vendor: id, documents: { permissions: "p.json", trust: "t.json" } };
    return describeAccess(
      { permissions: [policyOf(rendered.permissions)], trust: policyOf(rendered.trust) },
      explainContext({ definition, manifest }),
      reference,
    );
  }

  it("names who, what and where", () => {
    const request = { accessLevel: "read-write", parameters: { buckets: ["training-data"] }, role: { name: "r" } };
    assert.deepEqual(describedVendor("activeloop-deep-lake", request), [
      "Activeloop Deep Lake (role activeloop_backend of account 597713067985) may list, read, write and delete objects in training-data, and see the bucket’s region.",
      "It may not change permissions or reach any other bucket.",
    ]);
  });

  it("names the roles that a condition on aws:PrincipalArn narrows an account to", () => {
    const request = { accessLevel: "read-only", parameters: { buckets: ["b-1"] }, role: { name: "r" } };
    assert.equal(
      describedVendor("jfrog-ml", request)[0],
      "JFrog ML (roles eksctl-Qwak-EKS-Cluster-nodegroup-* of account 377488441568 and roles qwak-eks-base* of account 377488441568) may list and read objects in b-1.",
    );
  });

  it("calls the user in the customer's own account the vendor's that is made for it", () => {
    const request = {
      accessLevel: "read-write-no-delete",
      account: "210987654321",
      parameters: { buckets: ["b-1"], userName: "dl" },
      role: { name: "r" },
    };
    assert.equal(
      describedVendor("dataloop", request)[0],
      "Dataloop (user dl of account 210987654321) may list, read and write objects in b-1.",
    );
  });

  for (const [what, changes, expected] of [
    ["everyone, loudly", { trust: policy(trusts("*")) }, /^Anyone in the world may read/],
    [
      "everyone, in one type of several",
      { trust: policy(trusts({ AWS: ["345678901234", "*"] })) },
      /anyone in the world/i,
    ],
    ["a whole account", { trust: policy(trusts({ AWS: "345678901234" })) }, /any role or user of account 345678901234/],
    [
      "a service",
      { trust: policy(trusts({ Service: "ec2.amazonaws.com" })) },
      /^The AWS service ec2\.amazonaws\.com may read/,
    ],
    [
      "an identity provider",
      {
        trust: policy(
          trusts({ Federated: "cognito-identity.amazonaws.com" }, undefined, "sts:AssumeRoleWithWebIdentity"),
        ),
      },
      /^Users of the identity provider cognito-identity\.amazonaws\.com may read/,
    ],
    [
      "conditions of the trust",
      { trust: policy(trusts({ AWS: "345678901234" }, { StringEquals: { "sts:ExternalId": "x" } })) },
      /, only with the external ID x\.$/,
    ],
    [
      "conditions of the permissions",
      {
        permissions: policy(
          allow("s3:GetObject", whole("b"), { StringEquals: { "aws:RequestedRegion": "eu-central-1" } }),
        ),
      },
      /, only if aws:RequestedRegion is eu-central-1\.$/,
    ],
    ["nobody", { trust: policy() }, /^Nobody may assume the role, so nobody gets any of the following\.$/],
    [
      "what a wildcard stands for",
      { permissions: policy(allow("s3:*ObjectAcl", whole("b"))) },
      /may change who may do what \(s3:PutObjectAcl\) on b\.$/,
    ],
    [
      "every action of a service",
      { permissions: policy(allow("s3:*", whole("b"))) },
      /may do anything \(every action of s3\) on b\.$/,
    ],
    [
      "every action",
      { permissions: policy(allow("*", "*")) },
      /may do anything \(every action of every AWS service\) on everything in the account \(\*\)\.$/,
    ],
    [
      "all but some actions",
      { permissions: policy({ Effect: "Allow", NotAction: "s3:*", Resource: whole("b") }) },
      /every action of backup and ssm/,
    ],
    [
      "all but some resources",
      { permissions: policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::b/*" }) },
      /read objects in every bucket \(\*\) \(except b\/\*\)/,
    ],
    [
      "every bucket",
      { permissions: policy(allow("s3:GetObject", "arn:aws:s3:::*")) },
      /every bucket \(arn:aws:s3:::\*\)/,
    ],
    [
      "buckets by a pattern",
      { permissions: policy(allow("s3:GetObject", "arn:aws:s3:::train*/x")) },
      /every bucket that matches train\*/,
    ],
    [
      "what is denied of a bucket",
      { permissions: policy(allow("s3:GetObject", whole("b")), deny("s3:*", "arn:aws:s3:::b/secret/*")) },
      /read objects in b \(except b\/secret\/\*\)\.$/,
    ],
    [
      "what is denied under a condition",
      {
        permissions: policy(
          allow("s3:GetObject", whole("b")),
          deny("s3:*", "*", { Bool: { "aws:SecureTransport": "false" } }),
        ),
      },
      /, unless the connection is not encrypted\.$/,
    ],
    ["that nothing is allowed", { permissions: policy() }, /^Nobody may do anything: the documents allow nothing\.$/],
    [
      "that what is denied is not allowed",
      { permissions: policy(allow("s3:GetObject", whole("b")), deny("s3:Get*", "*")) },
      /^Nobody may do anything/,
    ],
    [
      "that an action on the wrong kind of ARN grants nothing",
      { permissions: policy(allow("s3:ListBucket", "arn:aws:s3:::b/*")) },
      /^Nobody may do anything/,
    ],
    [
      "what AWS refuses",
      { permissions: policy({ ...allow("s3:GetObject", whole("b")), Principal: "*" }) },
      /^A statement has no effect: AWS refuses Principal/,
    ],
  ] as const) {
    it(`names ${what}`, () => {
      const sentences = described(changes);
      assert.ok(
        sentences.some((sentence) => expected.test(sentence)),
        sentences.join("\n"),
      );
    });
  }

  it("grants nothing by what AWS refuses", () => {
    const sentences = described({ permissions: policy({ ...allow("s3:GetObject", whole("b")), Principal: "*" }) });
    assert.equal(sentences.at(-1), "Nobody may do anything: the documents allow nothing.");
  });

  it("does not call reading what reads only tags", () => {
    const sentences = described({ permissions: policy(allow("s3:GetObjectTagging", whole("b"))) });
    assert.deepEqual(sentences[0], "Acme (role r of account 345678901234) may use s3:GetObjectTagging on b.");
  });

  it("says nothing about limits beside a removal", () => {
    const sentences = describeAccess({ permissions: [permissions], trust }, acme, reference, { limits: false });
    assert.deepEqual(sentences, ["Acme (role r of account 345678901234) may read objects in training-data."]);
  });

  it("says what a KMS key may be used for", () => {
    const key = "arn:aws:kms:us-east-1:345678901234:key/k";
    const sentences = described({
      permissions: policy(
        allow("s3:GetObject", whole("data")),
        allow(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"], key),
      ),
    });
    assert.deepEqual(sentences.slice(0, 2), [
      `Acme (role r of account 345678901234) may use the KMS key ${key} to encrypt, decrypt and make data keys.`,
      "It may read objects in data.",
    ]);
    assert.equal(sentences.at(-1), "It may not change permissions or reach any other bucket.");
  });

  for (const [what, Condition] of [
    ["of another account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::999988887777:role/x" } }],
    ["that excludes", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/x" } }],
    ["with a pattern for the account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } }],
    [
      "that takes a wildcard as a character",
      { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/x*" } },
    ],
  ] as const) {
    it(`keeps the words of a condition ${what}`, () => {
      assert.match(
        described({ trust: policy(trusts({ AWS: "345678901234" }, Condition)) })[0] ?? "",
        /any role or user of account 345678901234\) may .*, only if aws:PrincipalArn /,
      );
    });
  }

  for (const [what, statement] of [
    ["an action that changes permissions", allow(["s3:GetObject", "s3:PutObjectAcl"], whole("b"))],
    ["a setting of the bucket that can send data elsewhere", allow("s3:PutReplicationConfiguration", whole("b"))],
    [
      "another service",
      allow(["s3:GetObject", "lambda:InvokeFunction"], [...whole("b"), "arn:aws:lambda:us-east-1:1:function:f"]),
    ],
    ["another role", allow("sts:AssumeRole", "arn:aws:iam::345678901234:role/other")],
    ["a pattern of buckets", allow("s3:GetObject", "arn:aws:s3:::b*")],
    ["every resource", allow("s3:GetObject", "*")],
    ["NotAction", { Effect: "Allow", NotAction: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }],
    ["NotResource", { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::b/*" }],
  ] as const) {
    it(`promises no limit where ${what} stands`, () => {
      const sentences = described({ permissions: policy(statement) });
      assert.ok(sentences.length > 0, "says what is granted");
      assert.ok(!sentences.some((sentence) => sentence.includes("may not")), sentences.join("\n"));
    });
  }

  it("leaves no action, resource, principal or condition out", () => {
    const action = fc.constantFrom("s3:PutObjectAcl", "s3:GetObject", "s3:RestoreObject", "s3:GetObjectTagging");
    const words = new Map([["s3:GetObject", /read.* objects in /]]);
    const account = fc.constantFrom(
      "arn:aws:iam::345678901234:role/a",
      "456789012345",
      "arn:aws:iam::567890123456:user/b",
    );
    const statement = fc.record({
      Action: fc.array(action, { minLength: 1 }),
      Resource: fc.array(fc.constantFrom("one/x", "two/*", "three/y/*"), { minLength: 1 }),
      value: fc.constantFrom("v1", "v2"),
    });
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1 }),
        fc.array(account, { minLength: 1 }),
        (statements, accounts) => {
          const text = described({
            trust: policy(trusts({ AWS: accounts })),
            permissions: policy(
              ...statements.map(({ Action, Resource, value }) =>
                allow(
                  Action,
                  Resource.map((name) => `arn:aws:s3:::${name}`),
                  { StringLike: { "aws:x": value } },
                ),
              ),
            ),
          }).join("\n");
          for (const name of accounts) assert.ok(text.includes(/\d{12}/.exec(name)?.[0] ?? "?"), text);
          for (const { Action, Resource, value } of statements) {
            for (const name of Action) assert.match(text, words.get(name) ?? new RegExp(name), text);
            for (const name of Resource) assert.ok(text.includes(name.replace(/(?<=two)\/\*/, "")), text);
            assert.ok(text.includes(`aws:x matches ${value}`), text);
          }
        },
      ),
    );
  });

  it("describes every vendor’s documents without a word left to guess", () => {
    for (const { definition, name, request } of allSamples) {
      const { permissions, trust, bucketPolicy } = renderDocuments(definition, request);
      const manifest = { ...request, id: "1", vendor: definition.id, documents: {} };
      const documents = {
        ...(permissions && { permissions: [policyOf(permissions)] }),
        ...(trust && { trust: policyOf(trust) }),
        ...(bucketPolicy && { resource: policyOf(bucketPolicy) }),
      };
      const sentences = describeAccess(documents, explainContext({ definition, manifest }), reference);
      assert.ok(sentences.length > 0, `${definition.id} ${name}`);
      for (const sentence of sentences) assert.match(sentence, /^[A-Z].*\.$/);
      if (definition.role?.awsPolicies) continue; // what those allow is in no document
      const letsIn = [trust, bucketPolicy].some((document) => JSON.stringify(document ?? "").includes('"Allow"'));
      if (letsIn) assert.ok(sentences[0]?.startsWith(definition.name), sentences.join("\n"));
    }
  });

  it("says something about whatever it is given", () => {
    const anyPolicy = fc
      .array(
        fc.dictionary(
          fc.constantFrom("Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "Condition", "X"),
          fc.oneof(fc.jsonValue(), fc.constantFrom("Allow", "*", "s3:*", ["s3:GetObject", "*"], { AWS: "*" })),
        ),
      )
      .map((statements) => readPolicy(parseJson(JSON.stringify({ Version: "2012-10-17", Statement: statements }))));
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const documents = { ...(a && { permissions: [a] }), ...(b && { trust: b }) };
        assert.ok(describeAccess(documents, acme, reference).length > 0, "at least one sentence");
      }),
    );
  });
});
