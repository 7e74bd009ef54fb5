import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext } from "../../../src/checks/finding";
import { catalog } from "../../../src/vendors/catalog";
import type { Parameter, VendorDefinition } from "../../../src/vendors/definition";
import { exampleDefinition } from "./documentedExamples";

const anybody: CheckContext = { vendors: catalog };

function within(definition: VendorDefinition = exampleDefinition): CheckContext {
  const manifest = {
    id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
    vendor: definition.id,
    accessLevel: "read-only",
    parameters: { buckets: ["training-data-2026"] },
    role: { name: "example-vendor-role" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
  };
  return { vendors: catalog, integration: { manifest, definition, documentRole: "trust" } };
}

/** The example vendor with another rule for its external ID. */
function withRule(rule: Pick<Parameter, "required" | "chosenBy">): VendorDefinition {
  const parameters = exampleDefinition.parameters.map((parameter) => {
    const { pattern: _, patternMeaning: __, temporary: ___, ...rest } = parameter;
    return parameter.type === "external-id" ? { ...rest, ...rule } : parameter;
  });
  return { ...exampleDefinition, parameters };
}

const roles = ["arn:aws:iam::345678901234:role/reader", "arn:aws:iam::345678901234:role/writer"];

function trust(principal: unknown, condition?: object): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [condition === undefined ? statement : { ...statement, Condition: condition }],
    },
    null,
    2,
  );
}

function withId(value: unknown, operator = "StringEquals", name = "sts:ExternalId"): object {
  return { [operator]: { [name]: value } };
}

/** `severity check: marked text` */
function found(text: string, context = anybody): readonly string[] {
  return checkDocument(text, context).map(
    ({ check, severity, range: { offset, length } }) => `${severity} ${check}: ${text.slice(offset, offset + length)}`,
  );
}

describe("an external ID that the vendor asks for", () => {
  for (const [what, condition, expected] of [
    ["is there", withId("ext-4f0a9c2be617"), []],
    ["is there in other letters", withId("ext-4f0a9c2be617", "StringEquals", "STS:externalid"), []],
    ["is missing", undefined, [`error external-id-missing: ${roles[0]}`]],
    [
      "is missing beside another condition",
      { Bool: { "aws:SecureTransport": "true" } },
      [`error external-id-missing: ${roles[0]}`],
    ],
    [
      "is only compared where there is one",
      withId("ext-4f0a9c2be617", "StringEqualsIfExists"),
      [`error external-id-missing: ${roles[0]}`],
    ],
    ["is still the temporary one", withId("0000"), ["error external-id-invalid: 0000"]],
    ["has not the vendor's form", withId("my-external-id"), ["error external-id-invalid: my-external-id"]],
    ["is a placeholder", withId("<external-id>"), ["error placeholder-unfilled: <external-id>"]],
    ["is one of two", withId(["ext-4f0a9c2be617", "0000"]), ["error external-id-invalid: 0000"]],
  ] as const) {
    it(what, () =>
      assert.deepEqual([...found(trust({ AWS: roles }, condition), within())].sort(), [...expected].sort()),
    );
  }

  it("is asked for by a fix, with the vendor's placeholder, beside what is there", () => {
    const text = trust({ AWS: roles }, { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });
    const [fix] = checkDocument(text, within()).flatMap(({ fixes }) => fixes);
    assert.equal(fix?.safe, false);
    assert.deepEqual(JSON.parse(applyEdits(text, fix?.edits ?? [])).Statement[0].Condition, {
      StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "sts:ExternalId": "0000" },
    });
  });

  it("may hold colons and slashes where its form is not known", () => {
    const definition = withRule({ required: true, chosenBy: "vendor" });
    const optional = withRule({ required: false, chosenBy: "vendor" });
    assert.deepEqual(found(trust({ AWS: roles }, withId("jp:00000001")), within(optional)), []);
    for (const value of ["jp:00000001", "proj/1234", "XY12345_SFCRole=2_aB+/="]) {
      assert.deepEqual(found(trust({ AWS: roles }, withId(value)), within(definition)), []);
    }
  });
});

describe("an external ID that the customer chooses", () => {
  const definition = withRule({ required: true, chosenBy: "customer" });
  for (const [value, reason] of [
    ["9b1f2c58-0d5e", undefined],
    ["short", "only 5 characters"],
    ["234567890123", "account id"],
    ["training-data-2026", "name of the bucket"],
    ["Example-Vendor", "everybody knows"],
    ["example-vendor-role", "everybody knows"],
  ] as const) {
    it(`${value}: ${reason ?? "fine"}`, () => {
      const findings = checkDocument(trust({ AWS: roles }, withId(value)), within(definition));
      assert.deepEqual(
        findings.map(({ check, severity }) => `${severity} ${check}`),
        reason === undefined ? [] : ["warning external-id-guessable"],
      );
      if (reason !== undefined) {
        assert.ok(findings[0]?.message.includes(reason), findings[0]?.message);
        assert.equal(findings[0]?.fill?.type, "external-id");
      }
    });
  }

  it("is not judged where the vendor gives it", () => {
    const given = withRule({ required: true, chosenBy: "vendor" });
    assert.deepEqual(found(trust({ AWS: roles }, withId("8231")), within(given)), []);
  });

  it("accepts all with a pattern of everything, and some with a pattern", () => {
    assert.deepEqual(found(trust({ AWS: roles }, withId("*", "StringEquals")), within(definition)), [
      "error external-id-invalid: *",
    ]);
    const unknown = { AWS: "arn:aws:iam::456789012345:role/vendor" };
    assert.deepEqual(found(trust(unknown, withId("*", "StringLike"))), ["warning external-id-guessable: *"]);
    assert.deepEqual(found(trust(unknown, withId("acme-tenant/*", "StringLike"))), []);
  });
});

describe("a trust without a known vendor", () => {
  const role = "arn:aws:iam::456789012345:role/vendor";
  for (const [what, principal, condition, expected] of [
    ["in a role", { AWS: role }, undefined, [`information external-id-missing: ${role}`]],
    ["in a role, with an organization", { AWS: role }, { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, []],
    ["in a user", { AWS: role.replace("role/", "user/") }, undefined, []],
    ["in a service", { Service: "ec2.amazonaws.com" }, undefined, []],
    ["in an account", { AWS: "456789012345" }, undefined, ["warning principal-account-root: 456789012345"]],
    [
      "in an account, with its own id as a condition",
      { AWS: "456789012345" },
      { StringEquals: { "aws:PrincipalAccount": "456789012345" } },
      ["warning principal-account-root: 456789012345"],
    ],
    ["in an account, with MFA", { AWS: "456789012345" }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }, []],
    [
      "in an account, with MFA where there is any",
      { AWS: "456789012345" },
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      ["warning principal-account-root: 456789012345"],
    ],
    [
      "in an account, with an external ID that AWS refuses",
      { AWS: "456789012345" },
      withId("a b c d e f"),
      ["error external-id-invalid: a b c d e f"],
    ],
    [
      "in a placeholder",
      { AWS: "arn:aws:iam::<account-id>:root" },
      undefined,
      ["error placeholder-unfilled: <account-id>"],
    ],
    ["of AWS's own VM import", { Service: "vmie.amazonaws.com" }, withId("vm"), []],
  ] as const) {
    it(what, () => assert.deepEqual(found(trust(principal, condition)), expected));
  }
});

describe("a vendor with several principals", () => {
  const id = withId("ext-4f0a9c2be617");
  it("needs each of them, and the fix adds the missing one to a list or makes one", () => {
    for (const principal of [roles[0], [roles[0]]]) {
      const text = trust({ AWS: principal }, id);
      assert.deepEqual(found(text, within()), [`warning principal-missing: ${roles[0]}`]);
      const after = applySafeFixes(text, (current) => checkDocument(current, within())).text;
      assert.deepEqual(JSON.parse(after).Statement[0].Principal, { AWS: roles });
      assert.deepEqual(found(after, within()), []);
    }
  });

  it("is content with the whole account, and lacks all of them with none", () => {
    assert.deepEqual(
      found(trust({ AWS: "arn:aws:iam::456789012345:role/other" }, id), within()).map((line) => line.split(":")[0]),
      ["error principal-mismatch"],
    );
  });

  it("is refused in another partition", () => {
    const context = within();
    const govcloud = roles.map((role) => role.replace("arn:aws:", "arn:aws-us-gov:"));
    assert.deepEqual(
      found(trust({ AWS: govcloud }, id), context).map((line) => line.split(":")[0]),
      ["error principal-mismatch", "error principal-partition", "error principal-partition"],
    );
  });
});
