import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { formatJson } from "../../../src/policy/formatJson";
import type { JsonObject, JsonValue } from "../../../src/policy/json";
import { normalizePolicy, samePolicy } from "../../../src/policy/normalizePolicy";

function policy(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

const statement = {
  Effect: "Allow",
  Principal: { AWS: ["arn:aws:iam::234567890123:root", "arn:aws:iam::345678901234:role/r"] },
  Action: ["sts:AssumeRole", "sts:TagSession"],
  Condition: { StringEquals: { "sts:ExternalId": ["b", "a"] } },
};

describe("normalizePolicy", () => {
  for (const [what, other] of [
    ["the order of lists", { ...statement, Action: ["sts:TagSession", "sts:AssumeRole", "sts:TagSession"] }],
    [
      "the order of keys",
      { Condition: statement.Condition, Action: statement.Action, Principal: statement.Principal, Effect: "Allow" },
    ],
    [
      "account id or root ARN",
      { ...statement, Principal: { AWS: ["arn:aws:iam::345678901234:role/r", "234567890123"] } },
    ],
    ["upper and lower case of actions", { ...statement, Action: ["STS:assumerole", "sts:TagSession"] }],
    [
      "upper and lower case of condition keys",
      { ...statement, Condition: { StringEquals: { "STS:externalid": ["a", "b"] } } },
    ],
  ] as const) {
    it(`sees no difference in ${what}`, () => assert.ok(samePolicy(policy(statement), policy(other))));
  }

  for (const [what, other] of [
    ["effect", { ...statement, Effect: "Deny" }],
    ["action", { ...statement, Action: "sts:AssumeRole" }],
    ["principal", { ...statement, Principal: { AWS: "234567890123" } }],
    ["condition’s value", { ...statement, Condition: { StringEquals: { "sts:ExternalId": ["a", "B"] } } }],
    ["condition’s operator", { ...statement, Condition: { StringLike: statement.Condition.StringEquals } }],
  ] as const) {
    it(`sees another ${what}`, () => assert.ok(!samePolicy(policy(statement), policy(other))));
  }

  it("takes one statement and a list of one, a text and a list of one, for the same", () => {
    const single: JsonValue = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: ["s3:*"], Resource: "*" },
    };
    assert.ok(samePolicy(single, policy({ Effect: "Allow", Action: "s3:*", Resource: ["*"] })));
  });

  it("takes everyone for everyone, however it is written", () => {
    assert.ok(
      samePolicy(policy({ Effect: "Allow", Principal: "*" }), policy({ Effect: "Allow", Principal: { AWS: ["*"] } })),
    );
  });

  it("takes true and the text true in a condition for the same", () => {
    const secure = (value: JsonValue) =>
      policy({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": value } } });
    assert.ok(samePolicy(secure(true), secure("true")));
  });

  it("gives statements and elements one order, in the words of the document", () => {
    const a = { Action: ["s3:GetObject"], Effect: "Allow", Resource: ["b", "a"] };
    const b = { Effect: "Allow", Action: "kms:Decrypt", Resource: "k" };
    assert.equal(
      formatJson(normalizePolicy(policy(a, b))),
      formatJson(normalizePolicy({ Statement: [b, a], Version: "2012-10-17" })),
    );
    assert.deepEqual(Object.keys((normalizePolicy(policy(a)) as { Statement: JsonObject[] }).Statement[0] ?? {}), [
      "Effect",
      "Action",
      "Resource",
    ]);
  });

  it("leaves lists of other documents in their order", () => {
    assert.deepEqual(normalizePolicy({ CORSRules: [{ b: ["2", "1"], a: 1 }] }), {
      CORSRules: [{ a: 1, b: ["2", "1"] }],
    });
  });
});
