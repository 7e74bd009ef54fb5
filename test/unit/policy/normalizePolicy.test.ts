import assert from "node:assert/strict";
import type { JsonValue } from "../../../src/policy/json";
import { normalizePolicy, samePolicy } from "../../../src/policy/normalizePolicy";

const base: { readonly [key: string]: JsonValue } = {
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
};
const other: { readonly [key: string]: JsonValue } = { Effect: "Deny", Action: "s3:*", Resource: "*" };

function policy(...statements: JsonValue[]): JsonValue {
  return { Version: "2012-10-17", Statement: statements };
}

function trust(principal: JsonValue, condition?: JsonValue): JsonValue {
  return policy({
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    ...(condition === undefined ? {} : { Condition: condition }),
  });
}

describe("comparing policies by meaning", () => {
  const same: readonly (readonly [string, JsonValue, JsonValue])[] = [
    ["the order of actions", policy(base), policy({ ...base, Action: ["s3:PutObject", "s3:GetObject"] })],
    ["the case of actions", policy(base), policy({ ...base, Action: ["S3:getobject", "s3:PutObject"] })],
    ["repeated values", policy(base), policy({ ...base, Action: ["s3:GetObject", "s3:PutObject", "s3:GetObject"] })],
    ["one value or a list of one", policy(other), policy({ ...other, Action: ["s3:*"], Resource: ["*"] })],
    ["one statement or a list of one", policy(base), { Version: "2012-10-17", Statement: base }],
    ["the order of statements", policy(base, other), policy(other, base)],
    [
      "the order of keys",
      policy({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
      policy({ Resource: "*", Action: "s3:*", Effect: "Deny" }),
    ],
    [
      "an account id or its root ARN",
      trust({ AWS: "377488441568" }),
      trust({ AWS: ["arn:aws:iam::377488441568:root"] }),
    ],
    ["the two ways to say everyone", trust("*"), trust({ AWS: "*" })],
    [
      "the case of a condition key",
      trust("*", { Bool: { "aws:SecureTransport": "true" } }),
      trust("*", { Bool: { "AWS:securetransport": true } }),
    ],
    ["an empty condition", trust("*"), trust("*", {})],
  ];
  for (const [what, a, b] of same) {
    it(`does not see ${what} as a difference`, () => assert.ok(samePolicy(a, b)));
  }

  const different: readonly (readonly [string, JsonValue, JsonValue])[] = [
    ["another action", policy(base), policy({ ...base, Action: ["s3:GetObject"] })],
    ["the case of a resource", policy(base), policy({ ...base, Resource: ["arn:aws:s3:::A/*", "arn:aws:s3:::b/*"] })],
    ["the effect", policy(base), policy({ ...base, Effect: "Deny" })],
    ["a condition", trust("*"), trust("*", { StringEquals: { "sts:ExternalId": "x" } })],
    ["the operator of a condition", trust("*", { StringLike: { a: "x" } }), trust("*", { StringEquals: { a: "x" } })],
    [
      "an account or a role of it",
      trust({ AWS: "377488441568" }),
      trust({ AWS: "arn:aws:iam::377488441568:role/root" }),
    ],
    ["the version", policy(base), { Version: "2008-10-17", Statement: [base] }],
  ];
  for (const [what, a, b] of different) {
    it(`sees ${what}`, () => assert.ok(!samePolicy(a, b)));
  }

  it("is stable: the normal form of a normal form is the same", () => {
    const once = normalizePolicy(policy(other, base));
    assert.deepEqual(normalizePolicy(once), once);
  });
});
