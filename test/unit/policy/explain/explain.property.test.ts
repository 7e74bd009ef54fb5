import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import { explain } from "../../../../src/policy/explain/explain";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";
import { anyContext, anyTarget, widerStatements } from "./anyPolicy";
import { policy } from "./documents";
import { isCovered } from "./grantCoverage";

const account = "111111111111";
const role = { kind: "role", arn: `arn:aws:iam::${account}:role/r` } as const;

describe("an explanation", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  it("says that a role may do a thing exactly when AWS's evaluation allows it", () => {
    fc.assert(
      fc.property(
        widerStatements,
        fc.array(fc.tuple(anyTarget, anyContext), { minLength: 20, maxLength: 20 }),
        (statements, samples) => {
          const permissions = [policy(...statements)];
          const grants = explain({ permissions }, { account }, reference);
          for (const [{ action, resource }, context] of samples) {
            const request = { principal: role, action, resource: { arn: resource, account }, context };
            const keyPolicy = policy({ Effect: "Allow", Principal: { AWS: account }, Action: "kms:*", Resource: "*" });
            const policies = { identity: permissions, ...(action.startsWith("kms:") && { resource: keyPolicy }) };
            const allowed = evaluate(request, policies).result === "Allowed";
            const said = isCovered(grants, { principal: role, action, resource, context });
            assert.equal(said, allowed, JSON.stringify({ statements, action, resource, context, grants }, null, 1));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  const principals = [
    "*",
    "222222222222",
    "arn:aws:iam::222222222222:root",
    "arn:aws:iam::222222222222:role/a",
    "arn:aws:iam::222222222222:role/b",
    "arn:aws:iam::222222222222:user/u",
    "arn:aws:iam::333333333333:role/a",
  ];
  const trustStatement = fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      principal: fc.subarray(principals, { minLength: 1, maxLength: 3 }),
      condition: fc.constantFrom(
        undefined,
        undefined,
        { StringEquals: { "sts:ExternalId": "x" } },
        { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/a*" } },
        { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/b", "arn:aws:iam::222222222222:user/*"] } },
      ),
    })
    .map(({ Effect, principal, condition }) => ({
      Effect,
      Principal: { AWS: principal },
      Action: "sts:AssumeRole",
      ...(condition && { Condition: condition }),
    }));

  it("says that a principal may assume the role exactly when AWS's evaluation allows it", () => {
    const callers = [
      { kind: "role", arn: "arn:aws:iam::222222222222:role/a" },
      { kind: "role", arn: "arn:aws:iam::222222222222:role/a2" },
      { kind: "role", arn: "arn:aws:iam::222222222222:role/b" },
      { kind: "user", arn: "arn:aws:iam::222222222222:user/u" },
      { kind: "user", arn: "arn:aws:iam::222222222222:user/v" },
      { kind: "role", arn: "arn:aws:iam::333333333333:role/a" },
      { kind: "role", arn: "arn:aws:iam::444444444444:role/a" },
    ] as const;
    const trustedRole = `arn:aws:iam::${account}:role/r`;
    const everything = [policy({ Effect: "Allow", Action: "*", Resource: "*" })];
    fc.assert(
      fc.property(fc.array(trustStatement, { minLength: 1, maxLength: 4 }), (statements) => {
        const trust = policy(...statements);
        const grants = explain({ trust }, { account, role: trustedRole }, reference);
        for (const principal of callers) {
          for (const externalId of [{}, { "sts:ExternalId": "x" }, { "sts:ExternalId": "y" }]) {
            const context = { ...externalId, "aws:PrincipalArn": principal.arn };
            const request = { principal, action: "sts:AssumeRole", resource: { arn: trustedRole, account }, context };
            const allowed = evaluate(request, { identity: everything, resource: trust }).result === "Allowed";
            const said = isCovered(grants, { principal, action: "sts:AssumeRole", resource: trustedRole, context });
            assert.equal(said, allowed, JSON.stringify({ statements, principal, context, grants }, null, 1));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("lists no action that can't act on what stands beside it", () => {
    fc.assert(
      fc.property(widerStatements, (statements) => {
        for (const { abilities, resources } of explain({ permissions: [policy(...statements)] }, {}, reference)) {
          if (resources.some(({ kind }) => kind === "any")) continue;
          const kinds = new Set<string>(resources.map(({ kind }) => kind));
          for (const action of abilities.flatMap(({ actions }) => actions)) {
            const types = reference.action(action)?.resourceTypes.map(({ name }) => name);
            if (types === undefined) continue;
            const names: Readonly<Record<string, string>> = { bucket: "bucket", object: "objects", key: "key" };
            const fits = types.length === 0 || types.some((name) => kinds.has(names[name] ?? "other"));
            assert.ok(fits, `${action} (${types}) on ${[...kinds]}`);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
