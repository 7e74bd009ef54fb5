import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { alignPolicy } from "../../../src/policy/alignPolicy";
import type { JsonObject, JsonValue } from "../../../src/policy/json";
import { normalizePolicy, samePolicy } from "../../../src/policy/normalizePolicy";

const list = {
  Sid: "List",
  Effect: "Allow",
  Action: ["s3:ListBucket", "s3:GetBucketLocation"],
  Resource: "arn:aws:s3:::data",
};
const objects = {
  Sid: "Objects",
  Effect: "Allow",
  Action: ["s3:PutObject", "s3:GetObject"],
  Resource: ["arn:aws:s3:::data/*"],
};
const model = policy(list, objects);

function policy(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

describe("a policy written the way another is", () => {
  const cases: readonly (readonly [what: string, live: JsonValue, aligned: JsonValue])[] = [
    ["the same in AWS's own order: ours as it stands", normalizePolicy(model), model],
    [
      "an action more comes last in its list",
      normalizePolicy(policy(list, { ...objects, Action: ["s3:DeleteObject", ...objects.Action] })),
      policy(list, { ...objects, Action: [...objects.Action, "s3:DeleteObject"] }),
    ],
    [
      "an action less leaves a list where there was one",
      normalizePolicy(policy(list, { ...objects, Action: ["s3:GetObject"] })),
      policy(list, { ...objects, Action: ["s3:GetObject"] }),
    ],
    [
      "another statement comes last",
      normalizePolicy(policy({ Sid: "Extra", Effect: "Deny", Action: "s3:*", Resource: "*" }, list, objects)),
      policy(list, objects, { Sid: "Extra", Effect: "Deny", Action: "s3:*", Resource: "*" }),
    ],
    ["a statement less", normalizePolicy(policy(objects)), policy(objects)],
    [
      "a statement without its Sid is another one",
      policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }, list),
      policy(list, { Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    ],
  ];
  for (const [what, live, aligned] of cases)
    it(what, () => assert.equal(JSON.stringify(alignPolicy(live, model)), JSON.stringify(aligned)));

  it("keeps an account as it is written, and the values of a condition in their order", () => {
    const ours = {
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::234567890123:root", "arn:aws:iam::345678901234:role/r"] },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": ["b", "a"] } },
    };
    const theirs = {
      ...ours,
      Principal: { AWS: ["234567890123", "arn:aws:iam::999999999999:root", "arn:aws:iam::345678901234:role/r"] },
      Condition: { StringEquals: { "sts:ExternalId": ["a", "b", "c"] } },
    };
    assert.deepEqual(alignPolicy(normalizePolicy(policy(theirs)), policy(ours)), {
      Version: "2012-10-17",
      Statement: [
        {
          ...ours,
          Principal: { AWS: [...ours.Principal.AWS, "999999999999"] },
          Condition: { StringEquals: { "sts:ExternalId": ["b", "a", "c"] } },
        },
      ],
    });
  });

  it("leaves alone what is no policy", () => {
    for (const value of [null, "text", [], {}])
      assert.deepEqual(alignPolicy(value, model), value, JSON.stringify(value));
    assert.deepEqual(alignPolicy(model, null), model);
  });

  const words = (...texts: string[]) => {
    const one = fc.constantFrom(...texts);
    return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 4 }));
  };
  const statements = fc.record(
    {
      Sid: fc.constantFrom("A", "B"),
      Effect: fc.constantFrom("Allow", "Deny"),
      Principal: fc.oneof(
        fc.constant("*"),
        fc.record({ AWS: words("234567890123", "arn:aws:iam::234567890123:root", "arn:aws:iam::345678901234:role/r") }),
      ),
      Action: words("s3:GetObject", "s3:getobject", "s3:Put*", "sts:AssumeRole"),
      Resource: words("*", "arn:aws:s3:::data", "arn:aws:s3:::data/*"),
      Condition: fc.record({ StringEquals: fc.record({ "aws:PrincipalArn": words("a", "b") }) }, { requiredKeys: [] }),
    },
    { requiredKeys: ["Effect"] },
  );
  const policies = fc
    .array(statements, { minLength: 1, maxLength: 4 })
    .map((all) => policy(...(all as readonly JsonObject[]))); // JSON by construction

  it("says what it said, whatever the other is", () => {
    fc.assert(
      fc.property(policies, policies, (theirs, ours) => {
        const aligned = alignPolicy(theirs, ours);
        assert.ok(samePolicy(aligned, theirs), JSON.stringify({ theirs, ours, aligned }));
      }),
      { numRuns: 500 },
    );
  });
});
