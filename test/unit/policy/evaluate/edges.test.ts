import assert from "node:assert/strict";
import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import type { AccessRequest, RequestContext } from "../../../../src/policy/evaluate/evaluation";
import { account, alice, policy } from "./policies";

const all = { Effect: "Allow", Action: "*", Resource: "*" };
const read: AccessRequest = {
  principal: alice,
  action: "s3:GetObject",
  resource: { arn: "arn:aws:s3:::data/*report", account },
};

describe("conditions at their edges", () => {
  const cases: readonly (readonly [string, object, RequestContext, boolean])[] = [
    ["no values: nothing is equal", { StringEquals: { "aws:username": [] } }, {}, false],
    ["no values: nothing is different", { StringNotEquals: { "aws:username": [] } }, {}, false],
    ["no values: an absent key is no different", { StringNotEquals: { "aws:SourceVpc": [] } }, {}, false],
    ["no values: a set that is not there has none", { "ForAllValues:StringEquals": { "aws:TagKeys": [] } }, {}, true],
    [
      "no values: a set that is there has others",
      { "ForAllValues:StringNotEquals": { "aws:TagKeys": [] } },
      { "aws:TagKeys": "a" },
      false,
    ],
    [
      "several values need a set operator",
      { StringEquals: { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["a", "b"] },
      false,
    ],
    [
      "several values need one to differ, too",
      { StringNotEquals: { "aws:TagKeys": "c" } },
      { "aws:TagKeys": ["a", "b"] },
      false,
    ],
    ["one value needs none", { StringEquals: { "aws:TagKeys": ["a", "b"] } }, { "aws:TagKeys": ["b"] }, true],
    [
      "what is no number is not another number",
      { NumericNotEquals: { "aws:MultiFactorAuthAge": ["4", "x"] } },
      { "aws:MultiFactorAuthAge": "3" },
      false,
    ],
    [
      "what is no number hides no number",
      { NumericEquals: { "aws:MultiFactorAuthAge": ["x", "3"] } },
      { "aws:MultiFactorAuthAge": "3.0" },
      true,
    ],
    [
      "each part of an ARN is for itself",
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:*:topic" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:111111111111:a:topic" },
      false,
    ],
    [
      "the last part of an ARN has the other colons",
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:*:*:topic" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:111111111111:a:topic" },
      true,
    ],
  ];
  for (const [name, condition, context, isMet] of cases) {
    it(name, () => {
      const { result } = evaluate({ ...read, context }, { identity: [policy({ ...all, Condition: condition })] });
      assert.equal(result, isMet ? "Allowed" : "ImplicitlyDenied");
    });
  }

  it("know a wildcard right after a variable that stands for one", () => {
    const identity = [policy({ ...all, Resource: "arn:aws:s3:::data/${aws:PrincipalTag/x}*t" })];
    const at = (value: string) => evaluate({ ...read, context: { "aws:PrincipalTag/x": value } }, { identity }).result;
    assert.equal(at("*"), "Allowed");
    assert.equal(at("?"), "ImplicitlyDenied");
  });
});

describe("policies where they have no say", () => {
  it("a trust policy: who may delete the role", () => {
    const resource = policy({ Effect: "Allow", Principal: "*", Action: "*" });
    const role = { arn: `arn:aws:iam::${account}:role/vendor`, account };
    const decision = evaluate({ ...read, action: "iam:DeleteRole", resource: role }, { resource });
    assert.equal(decision.result, "ImplicitlyDenied");
    assert.match(
      decision.statements[0]?.mismatch?.reason ?? "",
      /only decides who may assume the role, not iam:DeleteRole/,
    );
    assert.equal(evaluate({ ...read, action: "sts:AssumeRole", resource: role }, { resource }).result, "Allowed");
  });

  it("an organisation's Deny: what a service-linked role may do", () => {
    const role = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const arn = `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForConfig/config`;
    const denied = [policy(all, { ...all, Effect: "Deny" })];
    const policies = { identity: [policy(all)], serviceControl: [denied] };
    assert.equal(evaluate({ ...read, principal: { kind: "session", arn, role } }, policies).result, "Allowed");
    assert.equal(evaluate(read, policies).result, "ExplicitlyDenied");
  });

  it("identity policies: what an anonymous request may do", () => {
    const decision = evaluate(
      { ...read, principal: { kind: "anonymous" } },
      { identity: [policy({ ...all, Effect: "Deny" }, all)] },
    );
    assert.equal(decision.result, "ImplicitlyDenied");
    assert.deepEqual(decision.missing, ["resource"]);
  });

  it("session policies: what a user may do", () => {
    const session = [policy({ ...all, Effect: "Deny" })];
    assert.equal(evaluate(read, { identity: [policy(all)], session }).result, "Allowed");
  });
});
