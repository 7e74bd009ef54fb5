import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import type {
  AccessRequest,
  AppliedPolicies,
  Decision,
  RequestPrincipal,
} from "../../../../src/policy/evaluate/evaluation";
import { parseJson } from "../../../../src/policy/parseJson";
import type { PolicyDocument } from "../../../../src/policy/policyDocument";
import { readPolicy } from "../../../../src/policy/readPolicy";
import { account, alice, policy } from "./policies";

/** Texts that mean something somewhere, and any others. */
const words = fc.constantFrom(
  "*",
  "Allow",
  "Deny",
  "s3:GetObject",
  "s3:*",
  "arn:aws:s3:::data/*",
  "arn:aws:iam::111111111111:root",
  "arn:aws:iam::111111111111:user/alice",
  "${aws:username}",
  "${aws:PrincipalTag/x, 'y'}",
  "${",
  "true",
  "10",
  "2024-05-06",
  "0.0.0.0/0",
  "::/0",
  "::",
  "arn:aws:::::",
  "__proto__",
  "constructor",
);
const text = fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) });
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, -1.5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const keys = fc.oneof(
  fc.constantFrom("aws:username", "aws:SourceIp", "AWS:CurrentTime", "aws:TagKeys", "__proto__", "constructor"),
  fc.string(),
);
const operators = fc
  .tuple(
    fc.constantFrom("", "ForAllValues:", "ForAnyValue:"),
    fc.constantFrom(
      "StringEquals",
      "StringNotLike",
      "ArnLike",
      "ArnNotEquals",
      "NumericLessThan",
      "DateGreaterThan",
      "Bool",
      "BinaryEquals",
      "IpAddress",
      "NotIpAddress",
      "Null",
    ),
    fc.constantFrom("", "IfExists"),
  )
  .map((parts) => parts.join(""));
const texts = fc.oneof(text, fc.array(text, { maxLength: 3 }));

const statement = fc
  .record(
    {
      Effect: fc.oneof(fc.constantFrom("Allow", "Deny"), anything),
      Action: fc.oneof(fc.constant("*"), texts, anything),
      NotAction: anything,
      Resource: fc.oneof(fc.constant("*"), texts, anything),
      NotResource: anything,
      Principal: fc.oneof(
        fc.constant("*"),
        fc.dictionary(fc.constantFrom("AWS", "Service", "Federated"), texts),
        anything,
      ),
      NotPrincipal: anything,
      Condition: fc.oneof(
        fc.dictionary(operators, fc.dictionary(keys, texts, { maxKeys: 3 }), { maxKeys: 3 }),
        anything,
      ),
    },
    { requiredKeys: ["Effect", "Action"] },
  )
  .chain((made) =>
    fc.shuffledSubarray(Object.entries(made), { minLength: 2 }).map((entries) => Object.fromEntries(entries)),
  );

const document: fc.Arbitrary<PolicyDocument> = fc
  .tuple(
    fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17", "2024-01-01", 3),
    fc.array(fc.oneof(statement, anything), { maxLength: 3 }),
    fc.nat(3),
  )
  .map(([Version, Statement, cut]) => {
    const written = JSON.stringify({ Version, Statement });
    const read = readPolicy(parseJson(cut === 0 ? written.slice(0, -cut - 2) : written));
    return read ?? policy({ Effect: "Deny", Action: "*", Resource: "*" });
  });

const principal: fc.Arbitrary<RequestPrincipal> = fc.oneof(
  fc.constant(alice),
  fc.constant<RequestPrincipal>({ kind: "anonymous" }),
  fc.record({ kind: fc.constant("account" as const), account: fc.oneof(fc.constant(account), fc.string()) }),
  fc.record({ kind: fc.constantFrom("user" as const, "role" as const), arn: text, id: text }),
  fc.record({ kind: fc.constant("session" as const), arn: text, role: text }),
  fc.record({ kind: fc.constant("federated-user" as const), arn: text, user: text }),
  fc.record({ kind: fc.constant("service" as const), service: text }),
  fc.record({ kind: fc.constant("federated" as const), provider: text }),
);

const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal,
  action: fc.oneof(fc.constantFrom("s3:GetObject", "sts:AssumeRole", "kms:Decrypt"), fc.string()),
  resource: fc.record({
    arn: fc.oneof(
      fc.constantFrom(
        "*",
        "arn:aws:s3:::data/x",
        "arn:aws:iam::111111111111:role/x",
        "arn:aws:kms:eu-west-1:111111111111:key/x",
      ),
      text,
    ),
    account: fc.oneof(fc.constant(account), fc.string()),
  }),
  context: fc.dictionary(keys, texts, { maxKeys: 5 }),
});

const policies: fc.Arbitrary<AppliedPolicies> = fc.record(
  {
    identity: fc.array(document, { maxLength: 2 }),
    resource: document,
    boundary: document,
    session: fc.array(document, { maxLength: 2 }),
    serviceControl: fc.array(fc.array(document, { maxLength: 2 }), { maxLength: 2 }),
    resourceControl: fc.array(fc.array(document, { maxLength: 2 }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

function holdsTogether(
  { result, deciding, statements, missing }: Decision,
  { principal: { kind } }: AccessRequest,
): void {
  const applying = statements.filter(({ mismatch }) => mismatch === undefined);
  assert.ok(
    deciding.every((outcome) => applying.includes(outcome)),
    "only statements that apply decide",
  );
  const denying = applying.filter(({ effect }) => effect === "Deny");
  assert.equal(result === "ExplicitlyDenied", denying.length > 0, "a Deny that applies denies");
  if (result === "ExplicitlyDenied") assert.deepEqual(deciding, denying);
  if (result === "Allowed") {
    assert.ok(deciding.length > 0 || kind === "account", "somebody but the root user is allowed by a statement");
    assert.ok(
      deciding.every(({ effect }) => effect === "Allow"),
      "statements that allow have decided",
    );
  }
  assert.equal(result === "ImplicitlyDenied", missing.length > 0, "what is missing is named");
  for (const { mismatch, statement: one } of statements) {
    if (mismatch === undefined) continue;
    const { offset, length } = mismatch.range;
    assert.ok(mismatch.reason.length > 0, "there is a reason");
    assert.ok(
      offset >= one.node.offset && offset + length <= one.node.offset + one.node.length,
      "the range is in the statement",
    );
  }
}

describe("whatever it is given", () => {
  it("evaluate decides, and the decision holds together", () => {
    fc.assert(
      fc.property(request, policies, (asked, applied) => {
        holdsTogether(evaluate(asked, applied), asked);
      }),
      { numRuns: 3000 },
    );
  }).timeout(30_000);

  const resource = { arn: `arn:aws:s3:::${"a:".repeat(500)}`, account };
  const asked: AccessRequest = { principal: alice, action: "s3:GetObject", resource };
  const all = { Effect: "Allow", Action: "*", Resource: "*" };
  const long = "*".repeat(20_000);
  const hostile: readonly (readonly [string, AccessRequest, object])[] = [
    ["stars in the resource", asked, { ...all, Resource: `arn:aws:s3:::${"*a".repeat(10_000)}b` }],
    ["stars that run on", asked, { ...all, Resource: new Array(600).fill("arn:aws:s3:*:*:*:b*:x") }],
    ["stars in the action", asked, { ...all, Action: `s3:${"*t".repeat(10_000)}b` }],
    [
      "a variable of stars",
      { ...asked, context: { "aws:userid": `${long}b`, "aws:PrincipalTag/x": long } },
      { ...all, Condition: { StringLike: { "aws:userid": new Array(1000).fill("${aws:PrincipalTag/x}*") } } },
    ],
    [
      "lists against lists",
      { ...asked, context: { "aws:TagKeys": Array.from({ length: 2000 }, (_, index) => `a${index}`) } },
      {
        ...all,
        Condition: {
          "ForAllValues:StringNotEquals": { "aws:TagKeys": Array.from({ length: 2000 }, (_, index) => `b${index}`) },
        },
      },
    ],
  ];
  for (const [name, given, asks] of hostile) {
    it(`takes no time for ${name}`, () => {
      const decision = evaluate(given, { identity: [policy(asks)] });
      assert.equal(decision.statements.length, 1);
    }).timeout(2000);
  }
});
