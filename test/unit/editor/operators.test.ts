import assert from "node:assert/strict";
import { readOperator } from "../../../src/checks/policyElements";
import { operatorHover } from "../../../src/editor/hovers/operatorHover";
import { fitsType, operators } from "../../../src/editor/operators";
import { evaluate } from "../../../src/policy/evaluate/evaluate";
import { parseJson } from "../../../src/policy/parseJson";
import { readPolicy } from "../../../src/policy/readPolicy";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";

describe("the words for condition operators", () => {
  it("are there for every operator of the language", () => {
    assert.equal(operators.length, 27);
    for (const { name } of operators) assert.ok(readOperator(name).known, name);
  });

  it("fit every type of key that AWS's reference has", async () => {
    const reference = await loadServiceReference();
    const names = ["s3", "kms", "sts", "iam"].flatMap((service) =>
      reference.actionsOf(service).flatMap((action) => reference.action(action)?.conditionKeys ?? []),
    );
    for (const name of [...reference.globalConditionKeys, ...names]) {
      const type = reference.conditionKey(name)?.type ?? "";
      assert.ok(
        operators.some((operator) => operator.name !== "Null" && fitsType(operator, type)),
        `${name}: ${type}`,
      );
    }
  });

  const forms = (name: string) => [name, `${name}IfExists`, `ForAllValues:${name}`, `ForAnyValue:${name}`];
  for (const name of operators.filter((each) => each.name !== "Null").flatMap((each) => forms(each.name))) {
    it(`say of ${name} what an evaluation says of a request without the key`, () => {
      const text = JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "*",
          Condition: { [name]: { "aws:Absent": "AAAA" } },
        },
      });
      const policy = readPolicy(parseJson(text));
      assert.ok(policy, "the policy can be read");
      const principal = { kind: "role", arn: "arn:aws:iam::314159265358:role/reader" } as const;
      const resource = { arn: "arn:aws:s3:::data/key", account: "314159265358" };
      const { result } = evaluate({ principal, action: "s3:GetObject", resource }, { identity: [policy] });
      const says = operatorHover(name) ?? "";
      assert.equal(/lacks the key, the condition \*\*holds\*\*/.test(says), result === "Allowed", says);
    });
  }

  it("say nothing of other names", () => {
    for (const name of ["", "StringIs", "ForSome:StringEquals", "NullIfExists"]) {
      assert.equal(operatorHover(name), undefined, name);
    }
  });
});
