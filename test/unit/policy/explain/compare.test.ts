import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { compare } from "../../../../src/policy/explain/compare";
import type { AccessDocuments, Comparison } from "../../../../src/policy/explain/explanation";
import type { JsonObject } from "../../../../src/policy/json";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";
import { allow, deny, policy, policyOf, trusts, whole } from "./documents";

const vendor = "arn:aws:iam::345678901234:root";
const externalId = { StringEquals: { "sts:ExternalId": "abc" } };
const rolesLike = (...names: readonly string[]) => ({
  ArnLike: { "aws:PrincipalArn": names.map((name) => `arn:aws:iam::345678901234:role/${name}`) },
});
const insecure = { Bool: { "aws:SecureTransport": "false" } };

interface Case {
  readonly title: string;
  readonly before: readonly JsonObject[];
  readonly after: readonly JsonObject[];
  readonly result: Comparison["result"];
  readonly widened?: readonly string[];
  readonly narrowed?: readonly string[];
}

const permissionsCases: readonly Case[] = [
  {
    title: "statements in another order, split, with other upper and lower case",
    before: [allow(["s3:GetObject", "s3:ListBucket"], whole("b"))],
    after: [allow("S3:listbucket", "arn:aws:s3:::b"), allow(["s3:getobject"], ["arn:aws:s3:::b/*"])],
    result: "unchanged",
  },
  {
    title: "a statement that another one covers, and a pattern within another",
    before: [allow("s3:GetObject", whole("b"))],
    after: [
      allow("s3:GetObject", ["arn:aws:s3:::b/*", "arn:aws:s3:::b/raw/*"]),
      allow("s3:GetObject", "arn:aws:s3:::b/x"),
    ],
    result: "unchanged",
  },
  {
    title: "a Deny of what nothing allows",
    before: [allow("s3:GetObject", whole("b"))],
    after: [allow("s3:GetObject", whole("b")), deny("s3:DeleteObject", "*"), deny("s3:*", whole("c"))],
    result: "unchanged",
  },
  {
    title: "an action on a kind of ARN that it can never match",
    before: [allow("s3:GetObject", whole("b"))],
    after: [allow(["s3:GetObject", "s3:ListBucket"], "arn:aws:s3:::b/*")],
    result: "unchanged",
  },
  {
    title: "a Deny of everything but the bucket, instead of naming it",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/*")],
    after: [
      allow("s3:GetObject", "*"),
      { Effect: "Deny", Action: "s3:*", NotResource: ["arn:aws:s3:::b/*", "arn:aws:s3:::b"] },
    ],
    result: "unchanged",
  },
  {
    title: "two patterns that are together as wide as one",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/*")],
    after: [
      allow("s3:GetObject", "arn:aws:s3:::b/a*"),
      { Effect: "Allow", Action: "s3:GetObject", NotResource: ["arn:aws:s3:::b/a*", "arn:aws:s3:::c*"] },
      { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::b/*" },
    ],
    result: "unchanged",
  },
  {
    title: "conditions that together leave nothing out",
    before: [allow("s3:GetObject", whole("b"))],
    after: [
      allow("s3:GetObject", whole("b"), { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }),
      allow("s3:GetObject", whole("b"), { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } }),
    ],
    result: "unchanged",
  },
  {
    title: "an action more",
    before: [allow(["s3:GetObject", "s3:ListBucket"], whole("b"))],
    after: [allow(["s3:GetObject", "s3:ListBucket", "s3:DeleteObject"], whole("b"))],
    result: "widened",
    widened: ["The role may now delete objects in b."],
  },
  {
    title: "a bucket more and an action fewer",
    before: [allow(["s3:GetObject", "s3:PutObject"], whole("b"))],
    after: [allow("s3:GetObject", [...whole("b"), ...whole("c")])],
    result: "changed",
    widened: ["The role may now read objects in c."],
    narrowed: ["The role may no longer write objects in b."],
  },
  {
    title: "a prefix instead of the bucket",
    before: [allow("s3:GetObject", whole("b"))],
    after: [allow("s3:GetObject", "arn:aws:s3:::b/raw/*")],
    result: "narrowed",
    narrowed: ["The role may no longer read objects in b (except b/raw/*)."],
  },
  {
    title: "a pattern that reaches one more character",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/raw-?/*")],
    after: [allow("s3:GetObject", "arn:aws:s3:::b/raw-*/*")],
    result: "widened",
  },
  {
    title: "a Deny of a part",
    before: [allow(["s3:GetObject", "s3:PutObject"], whole("b"))],
    after: [allow(["s3:GetObject", "s3:PutObject"], whole("b")), deny("s3:PutObject", "arn:aws:s3:::b/frozen/*")],
    result: "narrowed",
    narrowed: ["The role may no longer write objects in b/frozen/*."],
  },
  {
    title: "a Deny of unencrypted connections",
    before: [allow("s3:GetObject", whole("b"))],
    after: [allow("s3:GetObject", whole("b")), deny("s3:*", "*", insecure)],
    result: "narrowed",
    narrowed: ["The role may read objects in b now unless the connection is not encrypted."],
  },
  {
    title: "encrypted connections where there are any",
    before: [allow("s3:GetObject", whole("b"))],
    after: [allow("s3:GetObject", whole("b"), { BoolIfExists: { "aws:SecureTransport": "true" } })],
    result: "narrowed",
  },
  {
    title: "a number that a condition compares with",
    before: [allow("s3:ListBucket", "arn:aws:s3:::b", { NumericLessThan: { "s3:max-keys": "10" } })],
    after: [allow("s3:ListBucket", "arn:aws:s3:::b", { NumericLessThanEquals: { "s3:max-keys": "10" } })],
    result: "widened",
  },
  {
    title: "a range of addresses",
    before: [allow("s3:GetObject", whole("b"), { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })],
    after: [allow("s3:GetObject", whole("b"), { IpAddress: { "aws:SourceIp": ["10.0.0.0/9", "10.128.0.0/9"] } })],
    result: "unchanged",
  },
  {
    title: "half a range of addresses",
    before: [allow("s3:GetObject", whole("b"), { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })],
    after: [allow("s3:GetObject", whole("b"), { IpAddress: { "aws:SourceIp": "10.0.0.0/9" } })],
    result: "narrowed",
  },
  {
    title: "IfExists, which also takes what is absent",
    before: [allow("s3:GetObject", whole("b"), { StringEquals: { "aws:SourceVpce": "vpce-1" } })],
    after: [allow("s3:GetObject", whole("b"), { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } })],
    result: "widened",
    widened: [
      "The role may now read objects in b, only if aws:SourceVpce is vpce-1 (or is absent), before only through the VPC endpoint vpce-1.",
    ],
  },
  {
    title: "one of a set instead of all of it",
    before: [
      allow("s3:PutObjectTagging", whole("b"), { "ForAllValues:StringEquals": { "s3:RequestObjectTagKeys": ["a"] } }),
    ],
    after: [
      allow("s3:PutObjectTagging", whole("b"), { "ForAnyValue:StringEquals": { "s3:RequestObjectTagKeys": ["a"] } }),
    ],
    result: "changed",
  },
  {
    title: "a variable in the same place",
    before: [allow("s3:*", "arn:aws:s3:::b/${aws:username}/*"), allow("s3:GetObject", whole("b"))],
    after: [allow(["s3:GetObject"], whole("b")), allow("s3:*", ["arn:aws:s3:::b/${aws:username}/*"])],
    result: "unchanged",
  },
  {
    title: "another variable",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*")],
    after: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:PrincipalTag/team}/*")],
    result: "changed",
    widened: ["The role may now read objects in b/${aws:PrincipalTag/team}/*."],
    narrowed: ["The role may no longer read objects in b/${aws:username}/*."],
  },
  {
    title: "two variables the other way round",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/${aws:PrincipalTag/team}")],
    after: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:PrincipalTag/team}/${aws:username}")],
    result: "changed",
    widened: ["The role may now read objects in b/${aws:PrincipalTag/team}/${aws:username}."],
  },
  {
    title: "a pattern instead of a variable",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*")],
    after: [allow("s3:GetObject", "arn:aws:s3:::b/*/*")],
    result: "widened",
  },
  {
    title: "what a variable may stand for, which can't be told",
    before: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*"), deny("s3:GetObject", "arn:aws:s3:::b/root/*")],
    after: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*")],
    result: "widened",
    widened: ["It can’t be told whether the permissions now allow more: too much depends on conditions or variables."],
  },
  {
    title: "an action that AWS's reference does not have",
    before: [allow("s3:GetObject", whole("b"))],
    after: [allow(["s3:GetObject", "newservice:DoThings"], "*"), deny("s3:*", "*")],
    result: "changed",
  },
  {
    title: "everything",
    before: [allow("*", "*")],
    after: [allow("*", "*"), allow("iam:*", "*")],
    result: "unchanged",
  },
];

const trustCases: readonly Case[] = [
  {
    title: "an account by its id or its root",
    before: [trusts({ AWS: "345678901234" })],
    after: [trusts({ AWS: [vendor] })],
    result: "unchanged",
  },
  {
    title: "two statements instead of one with two patterns",
    before: [trusts({ AWS: vendor }, rolesLike("a*", "b*"))],
    after: [trusts({ AWS: vendor }, rolesLike("b*")), trusts({ AWS: vendor }, rolesLike("a*"))],
    result: "unchanged",
  },
  {
    title: "a pattern fewer",
    before: [trusts({ AWS: vendor }, rolesLike("a*", "b*"))],
    after: [trusts({ AWS: vendor }, rolesLike("a*"))],
    result: "narrowed",
    narrowed: ["Roles b* of account 345678901234 may no longer assume this role."],
  },
  {
    title: "no external ID any more",
    before: [trusts({ AWS: vendor }, externalId)],
    after: [trusts({ AWS: vendor })],
    result: "widened",
    widened: [
      "Any role or user of account 345678901234 may now assume this role, before only with the external ID abc.",
    ],
  },
  {
    title: "an external ID",
    before: [trusts({ AWS: vendor })],
    after: [trusts({ AWS: vendor }, externalId)],
    result: "narrowed",
    narrowed: ["Any role or user of account 345678901234 may assume this role now only with the external ID abc."],
  },
  {
    title: "a role instead of its account",
    before: [trusts({ AWS: vendor })],
    after: [trusts({ AWS: "arn:aws:iam::345678901234:role/r" })],
    result: "narrowed",
    narrowed: ["Any role or user of account 345678901234 may no longer assume this role."],
  },
  {
    title: "another role",
    before: [trusts({ AWS: "arn:aws:iam::345678901234:role/r" })],
    after: [trusts({ AWS: "arn:aws:iam::345678901234:role/s" })],
    result: "changed",
    widened: ["Role s of account 345678901234 may now assume this role."],
    narrowed: ["Role r of account 345678901234 may no longer assume this role."],
  },
  {
    title: "no roles of an account any more",
    before: [trusts({ AWS: vendor }, { StringEquals: { "aws:PrincipalType": "AssumedRole" } })],
    after: [],
    result: "narrowed",
    narrowed: [
      "Any role or user of account 345678901234 may no longer assume this role, only if aws:PrincipalType is AssumedRole.",
    ],
  },
  {
    title: "everyone",
    before: [trusts({ AWS: vendor })],
    after: [trusts("*")],
    result: "widened",
    widened: ["Anyone in the world may now assume this role."],
  },
  {
    title: "a role that is denied",
    before: [trusts({ AWS: vendor })],
    after: [trusts({ AWS: vendor }), { ...trusts({ AWS: "arn:aws:iam::345678901234:role/r" }), Effect: "Deny" }],
    result: "narrowed",
    narrowed: ["Role r of account 345678901234 may no longer assume this role."],
  },
  {
    title: "an action that means nothing to those who are named",
    before: [trusts({ AWS: vendor })],
    after: [trusts({ AWS: vendor }, undefined, ["sts:AssumeRole", "sts:AssumeRoleWithSAML"])],
    result: "unchanged",
  },
  {
    title: "tags of the session",
    before: [trusts({ AWS: vendor })],
    after: [trusts({ AWS: vendor }, undefined, ["sts:AssumeRole", "sts:TagSession"])],
    result: "widened",
    widened: ["Any role or user of account 345678901234 may now use sts:TagSession on this role."],
  },
  {
    title: "a service",
    before: [trusts({ Service: "ec2.amazonaws.com" })],
    after: [trusts({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] })],
    result: "widened",
    widened: ["The AWS service lambda.amazonaws.com may now assume this role."],
  },
];

describe("compare", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  function check({ result, widened, narrowed }: Case, before: AccessDocuments, after: AccessDocuments): void {
    const comparison = compare(before, after, reference);
    assert.equal(comparison.result, result, JSON.stringify(comparison));
    if (widened !== undefined) assert.deepEqual(comparison.widened, widened);
    if (narrowed !== undefined) assert.deepEqual(comparison.narrowed, narrowed);
    const mirrored = compare(after, before, reference);
    const opposite = { unchanged: "unchanged", changed: "changed", widened: "narrowed", narrowed: "widened" };
    assert.equal(mirrored.result, opposite[result], "the other way round");
  }

  describe("of permissions", () => {
    for (const each of permissionsCases) {
      it(`calls ${each.title}: ${each.result}`, () => {
        check(each, { permissions: [policy(...each.before)] }, { permissions: [policy(...each.after)] });
      });
    }

    it("takes a wildcard for the actions that it stands for", () => {
      const actions = reference.expand("s3:Get*");
      const documents = (action: string | readonly string[]) => ({ permissions: [policy(allow(action, whole("b")))] });
      assert.equal(compare(documents("s3:Get*"), documents(actions), reference).result, "unchanged");
      assert.equal(compare(documents("s3:Get*"), documents(actions.slice(1)), reference).result, "narrowed");
    });

    it("takes one document for several", () => {
      const [a, b] = [allow("s3:GetObject", whole("b")), allow("s3:PutObject", whole("b"))];
      const comparison = compare({ permissions: [policy(a, b)] }, { permissions: [policy(b), policy(a)] }, reference);
      assert.equal(comparison.result, "unchanged");
    });

    it("takes no document for one that allows nothing", () => {
      assert.equal(compare({}, { permissions: [policy()] }, reference).result, "unchanged");
      assert.equal(
        compare({}, { permissions: [policy(allow("s3:GetObject", whole("b")))] }, reference).result,
        "widened",
      );
    });

    it("reads variables only where the policy's version has them", () => {
      const of = (Version: string) => ({
        permissions: [policyOf({ Version, Statement: [allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}")] })],
      });
      assert.equal(compare(of("2008-10-17"), of("2012-10-17"), reference).result, "changed");
    });

    it("never calls unchanged what has too many conditions to try them all", () => {
      const condition = (last: string) => ({
        StringEquals: Object.fromEntries(
          Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/k${index}`, index === 13 ? last : "v"]),
        ),
      });
      const documents = (last: string) => ({
        permissions: [policy(allow("s3:GetObject", whole("b"), condition(last)))],
      });
      assert.equal(compare(documents("a"), documents("a"), reference).result, "unchanged");
      assert.equal(compare(documents("a"), documents("b"), reference).result, "changed");
    });
  });

  describe("of trust", () => {
    for (const each of trustCases) {
      it(`calls ${each.title}: ${each.result}`, () => {
        check(each, { trust: policy(...each.before) }, { trust: policy(...each.after) });
      });
    }
  });

  describe("of a resource policy", () => {
    const readBy = (Principal: JsonObject | string, more: JsonObject = {}) => ({
      ...allow("s3:GetObject", "arn:aws:s3:::b/*"),
      Principal,
      ...more,
    });
    for (const each of [
      {
        title: "a bucket that becomes public",
        before: [readBy({ AWS: vendor })],
        after: [readBy("*")],
        result: "widened",
        widened: ["Anyone in the world may now read objects in b."],
      },
      {
        title: "NotPrincipal that spares the same user by its account and its name",
        before: [readBy("*")],
        after: [
          readBy("*"),
          {
            ...deny("s3:*", "arn:aws:s3:::b/*"),
            NotPrincipal: { AWS: [vendor, "arn:aws:iam::345678901234:user/u"] },
          },
        ],
        result: "narrowed",
      },
    ] satisfies readonly Case[]) {
      it(`calls ${each.title}: ${each.result}`, () => {
        check(each, { resource: policy(...each.before) }, { resource: policy(...each.after) });
      });
    }
  });

  it("says what changes in the trust and in the permissions together", () => {
    const before = { trust: policy(trusts({ AWS: vendor })), permissions: [policy(allow("s3:GetObject", whole("b")))] };
    const after = {
      trust: policy(trusts({ AWS: vendor }, externalId)),
      permissions: [policy(allow("s3:*", whole("b")))],
    };
    const comparison = compare(before, after, reference);
    assert.equal(comparison.result, "changed");
    assert.ok(
      comparison.widened.some((sentence) => /write and delete objects in b/.test(sentence)),
      "the permissions",
    );
    assert.match(comparison.narrowed.join(), /only with the external ID abc/, "the trust");
  });
});
