import assert from "node:assert/strict";
import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import type { AccessRequest, AppliedPolicies } from "../../../../src/policy/evaluate/evaluation";
import { account, alice, document, policy } from "./policies";

const read: AccessRequest = {
  principal: alice,
  action: "s3:GetObject",
  resource: { arn: "arn:aws:s3:::data/report.csv", account },
  context: { "aws:SourceIp": "10.0.0.1", "aws:TagKeys": ["a", "b", "c", "d", "e"] },
};
const all = { Effect: "Allow", Action: "*", Resource: "*" };

function mismatchOf(statement: object, policies: AppliedPolicies = { identity: [policy(statement)] }) {
  const [outcome] = evaluate(read, policies).statements;
  assert.ok(outcome?.mismatch, "the statement does not apply");
  return outcome.mismatch;
}

describe("a decision", () => {
  it("names the statements that deny, and every other with its reason, in the order of the policies", () => {
    const identity = [
      policy(all),
      policy({ ...all, Effect: "Deny", Action: "s3:Get*" }, { ...all, Action: "s3:PutObject" }),
    ];
    const boundary = policy({ ...all, Effect: "Deny", Resource: "arn:aws:s3:::data/*" });
    const decision = evaluate(read, { identity, boundary });
    assert.equal(decision.result, "ExplicitlyDenied");
    assert.deepEqual(
      decision.statements.map(({ layer, effect, mismatch }) => [layer, effect, mismatch?.element]),
      [
        ["identity", "Allow", undefined],
        ["identity", "Deny", undefined],
        ["identity", "Allow", "Action"],
        ["boundary", "Deny", undefined],
      ],
    );
    assert.deepEqual(decision.deciding, [decision.statements[1], decision.statements[3]]);
    assert.deepEqual(decision.missing, []);
  });

  it("names the statements that grant, not those that only don't limit", () => {
    const decision = evaluate(read, {
      identity: [policy(all)],
      boundary: policy(all),
      resource: policy({ ...all, Principal: { AWS: account } }),
      serviceControl: [[policy(all)]],
    });
    assert.equal(decision.result, "Allowed");
    assert.deepEqual(
      decision.deciding.map(({ layer }) => layer),
      ["identity"],
    );
  });

  it("names the layers that would have to allow", () => {
    const put = policy({ ...all, Action: "s3:PutObject" });
    const decision = evaluate(read, { identity: [put], boundary: put, serviceControl: [[policy(all)], [put]] });
    assert.equal(decision.result, "ImplicitlyDenied");
    assert.deepEqual(decision.missing, ["identity", "boundary", "serviceControl"]);
    assert.deepEqual(decision.deciding, []);
  });
});

describe("the reason why a statement does not apply", () => {
  const reasons: readonly (readonly [string, object, string])[] = [
    ["Action", { ...all, Action: "s3:PutObject" }, "s3:GetObject is not among the actions, s3:PutObject"],
    ["NotAction", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }, "s3:GetObject is excepted by s3:*"],
    [
      "Resource",
      { ...all, Resource: ["a", "b", "c", "d", "e"].map((name) => `arn:aws:s3:::${name}`) },
      "arn:aws:s3:::data/report.csv is not among the resources, arn:aws:s3:::a, arn:aws:s3:::b, arn:aws:s3:::c and 2 more",
    ],
    [
      "NotResource",
      { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::data/*" },
      "arn:aws:s3:::data/report.csv is excepted by arn:aws:s3:::data/*",
    ],
    [
      "Condition",
      { ...all, Condition: { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.7"] } } },
      "aws:SourceIp is 10.0.0.1, and the condition asks for IpAddress 192.0.2.0/24 or 203.0.113.7",
    ],
    [
      "Condition",
      { ...all, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } },
      "aws:SourceVpc is not in the request, and the condition asks for StringEquals vpc-1",
    ],
    [
      "Condition",
      { ...all, Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } } },
      "aws:TagKeys is a, b, c and 2 more, and the condition asks for ForAllValues:StringEquals a",
    ],
    [
      "Condition",
      { ...all, Condition: { Null: { "aws:SourceIp": "true" } } },
      "aws:SourceIp is 10.0.0.1, and the condition asks for a request without it",
    ],
  ];
  for (const [element, statement, reason] of reasons) {
    it(`${element}: ${reason}`, () => {
      const { range, ...mismatch } = mismatchOf(statement);
      assert.deepEqual(mismatch, { element, reason });
      const { text } = policy(statement).json;
      assert.ok(text.slice(range.offset).startsWith(`"${element}":`), "the range begins with the element");
      assert.ok(range.length < text.length - range.offset, "the range ends with the element");
    });
  }

  it("Principal: the names, and the statement's range when there is none", () => {
    const named = { ...all, Principal: { AWS: ["222222222222", "333333333333"] } };
    assert.equal(
      mismatchOf(named, { resource: policy(named) }).reason,
      "arn:aws:iam::111111111111:user/alice is not among the principals, 222222222222 and 333333333333",
    );
    const resource = policy(all);
    const mismatch = mismatchOf(all, { resource });
    assert.equal(mismatch.element, "Principal");
    assert.deepEqual(mismatch.range, {
      offset: resource.statements[0]?.node.offset,
      length: resource.statements[0]?.node.length,
    });
  });

  it("keeps short what is long", () => {
    const { reason } = mismatchOf({ ...all, Action: `s3:${"x".repeat(5000)}` });
    assert.ok(reason.length < 300, reason);
  });
});

describe("what AWS would refuse", () => {
  const refused: readonly (readonly [string, object])[] = [
    ["no Effect", { Action: "*", Resource: "*" }],
    ["an Effect of another case", { ...all, Effect: "allow" }],
    ["no Action", { Effect: "Allow", Resource: "*" }],
    ["Action and NotAction", { ...all, NotAction: "iam:*" }],
    ["an action without a service", { ...all, Action: ["*", "GetObject"] }],
    ["an empty NotAction", { Effect: "Allow", NotAction: [], Resource: "*" }],
    ["an Action that holds no text", { ...all, Action: ["*", 1] }],
    ["no Resource", { Effect: "Allow", Action: "*" }],
    ["Resource and NotResource", { ...all, NotResource: "arn:aws:s3:::other" }],
    ["an empty NotResource", { Effect: "Allow", Action: "*", NotResource: [] }],
    ["a resource that is no ARN", { ...all, Resource: ["*", "data/*"] }],
    ["a resource of any service", { ...all, Resource: ["*", "arn:aws:*:*:*:*"] }],
    [
      "a variable in the account of a resource",
      { ...all, Resource: ["*", "arn:aws:sqs:*:${aws:PrincipalAccount}:orders"] },
    ],
    ["a Principal in an identity policy", { ...all, Principal: "*" }],
    ["an element that is none", { ...all, Actions: "*" }],
    ["a Condition that is no object", { ...all, Condition: "none" }],
    ["an operator that is none", { ...all, Condition: { StringMatches: { "aws:username": "alice" } } }],
    ["Null with IfExists", { ...all, Condition: { NullIfExists: { "aws:username": "false" } } }],
    ["an operator without keys", { ...all, Condition: { StringEquals: "alice" } }],
    ["a value that is an object", { ...all, Condition: { StringNotEquals: { "aws:username": { name: "bob" } } } }],
    ["a variable where none can be", { ...all, Condition: { NumericNotEquals: { "aws:MultiFactorAuthAge": "${x}" } } }],
  ];
  for (const [name, statement] of refused) {
    it(`neither allows nor denies: ${name}`, () => {
      assert.equal(evaluate(read, { identity: [policy(statement)] }).result, "ImplicitlyDenied");
      if ("Effect" in statement && statement.Effect === "Allow") {
        const denied = policy(all, { ...statement, Effect: "Deny" });
        assert.equal(evaluate(read, { identity: [denied] }).result, "Allowed");
      }
    });
  }

  const refusedAtResources: readonly (readonly [string, object])[] = [
    ["no Principal", all],
    ["Principal and NotPrincipal", { ...all, Principal: "*", NotPrincipal: { AWS: "222222222222" } }],
    ["a Principal that is a name", { ...all, Principal: account }],
    ["a Principal of a type that is none", { ...all, Principal: { AWS: "*", Aws: "*" } }],
    ["an empty NotPrincipal", { ...all, NotPrincipal: {} }],
    ["a NotPrincipal of empty lists", { ...all, NotPrincipal: { AWS: [] } }],
    ["no Resource in a bucket policy", { Effect: "Allow", Principal: "*", Action: "*" }],
  ];
  for (const [name, statement] of refusedAtResources) {
    it(`has no effect in a bucket policy: ${name}`, () => {
      assert.equal(evaluate(read, { resource: policy(statement) }).result, "ImplicitlyDenied");
      const denied = policy({ ...statement, Effect: "Deny" });
      assert.equal(evaluate(read, { identity: [policy(all)], resource: denied }).result, "Allowed");
    });
  }

  it("has no effect with a Version that is none", () => {
    const dated = document(JSON.stringify({ Version: "2024-01-01", Statement: [all] }));
    const { result, statements } = evaluate(read, { identity: [dated] });
    assert.equal(result, "ImplicitlyDenied");
    assert.equal(statements[0]?.mismatch?.element, "Statement");
  });

  it("has no effect in a trust policy with Resource or NotPrincipal", () => {
    const assume: AccessRequest = {
      ...read,
      action: "sts:AssumeRole",
      resource: { arn: `arn:aws:iam::${account}:role/vendor`, account },
    };
    const trust = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:user/alice" },
      Action: "sts:AssumeRole",
    };
    assert.equal(evaluate(assume, { resource: policy(trust) }).result, "Allowed");
    assert.equal(evaluate(assume, { resource: policy({ ...trust, Resource: "*" }) }).result, "ImplicitlyDenied");
    const { Principal: _, ...others } = trust;
    assert.equal(
      evaluate(assume, { resource: policy({ ...others, NotPrincipal: { AWS: "222222222222" } }) }).result,
      "ImplicitlyDenied",
    );
  });

  it("does not count a key's first value when it occurs twice", () => {
    const twice = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*",
      "Condition": { "StringEquals": { "aws:username": "bob", "aws:username": "alice" }, "Bool": { "a:b": "true" }, "Bool": {} } } }`;
    assert.equal(evaluate(read, { identity: [document(twice)] }).result, "Allowed");
    const principals = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*",
      "Principal": { "AWS": "*", "AWS": "222222222222" } } }`;
    assert.equal(evaluate(read, { resource: document(principals) }).result, "ImplicitlyDenied");
  });
});

describe("wildcards in a request", () => {
  const cases: readonly (readonly [string, string, "Allowed" | "ImplicitlyDenied"])[] = [
    ["arn:aws:s3:::data/a*b", "arn:aws:s3:::data/aXb", "ImplicitlyDenied"],
    ["arn:aws:s3:::data/a*b", "arn:aws:s3:::data/a*b", "Allowed"],
    ["arn:aws:s3:::data/*", "arn:aws:s3:::data/a", "ImplicitlyDenied"],
    ["arn:aws:s3:::data/a?b", "arn:aws:s3:::data/a${?}b", "Allowed"],
    ["arn:aws:s3:::data/aXb", "arn:aws:s3:::data/a${*}b", "ImplicitlyDenied"],
    ["arn:aws:s3:::data/a*b", "arn:aws:s3:::data/a${*}b", "Allowed"],
    ["arn:aws:s3:::data/a:b:c", "arn:aws:s3:::data/a*c", "Allowed"],
  ];
  for (const [arn, asked, expected] of cases) {
    it(`are characters: ${arn} under ${asked} is ${expected}`, () => {
      const request = { ...read, resource: { arn, account } };
      assert.equal(evaluate(request, { identity: [policy({ ...all, Resource: asked })] }).result, expected);
    });
  }

  it("are characters in what a variable stands for", () => {
    const identity = [policy({ ...all, Resource: "arn:aws:s3:::data/${aws:PrincipalTag/team}/*" })];
    const context = { "aws:PrincipalTag/team": "*" };
    const at = (arn: string) => evaluate({ ...read, context, resource: { arn, account } }, { identity }).result;
    assert.equal(at("arn:aws:s3:::data/red/x"), "ImplicitlyDenied");
    assert.equal(at("arn:aws:s3:::data/*/x"), "Allowed");
  });
});
