import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import { accessDifferences } from "../../../../src/policy/explain/accessDifferences";
import { compare } from "../../../../src/policy/explain/compare";
import type { PolicyDocument } from "../../../../src/policy/policyDocument";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";
import { anyContext, anyStatement, anyStatements, anyTarget } from "./anyPolicy";
import { policy } from "./documents";
import type { SampleRequest } from "./grantCoverage";
import { anyRewrites } from "./rewrites";

const account = "111111111111";
const role = { kind: "role", arn: `arn:aws:iam::${account}:role/r` } as const;

/** What a person's own test would do: ask for it as the role, in the account that owns everything. */
function isAllowed(permissions: PolicyDocument, { action, resource, context, principal }: SampleRequest): boolean {
  const own = principal.kind === "role" ? (principal.arn.split(":")[4] ?? account) : account;
  const keyPolicy = policy({ Effect: "Allow", Principal: { AWS: own }, Action: "kms:*", Resource: "*" });
  const request = { principal, action, resource: { arn: resource, account: own }, context };
  const policies = { identity: [permissions], ...(/^arn:[^:]*:kms:/.test(resource) && { resource: keyPolicy }) };
  return evaluate(request, policies).result === "Allowed";
}

describe("a comparison", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  const comparison = (before: PolicyDocument, after: PolicyDocument) =>
    compare({ permissions: [before] }, { permissions: [after] }, reference);

  it("calls what is only written differently unchanged", () => {
    fc.assert(
      fc.property(anyStatements, anyRewrites, (statements, { names, apply }) => {
        const rewritten = apply(statements, reference);
        const found = comparison(policy(...statements), policy(...rewritten));
        assert.deepEqual(
          found,
          { result: "unchanged", widened: [], narrowed: [] },
          JSON.stringify({ names, statements, rewritten, found }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("never calls narrowed what only allows more", () => {
    const allowing = anyStatement.map((statement) => ({ ...statement, Effect: "Allow" }));
    fc.assert(
      fc.property(anyStatements, allowing, (statements, added) => {
        const found = comparison(policy(...statements), policy(...statements, added));
        assert.deepEqual(found.narrowed, [], JSON.stringify({ statements, added, found }));
      }),
      { numRuns: 200 },
    );
  });

  it("never calls widened what only denies more", () => {
    const denying = anyStatement.map((statement) => ({ ...statement, Effect: "Deny" }));
    fc.assert(
      fc.property(anyStatements, denying, (statements, added) => {
        const found = comparison(policy(...statements), policy(added, ...statements));
        assert.deepEqual(found.widened, [], JSON.stringify({ statements, added, found }));
      }),
      { numRuns: 200 },
    );
  });

  it("sees what any request sees, and says nothing that no request sees", () => {
    fc.assert(
      fc.property(
        anyStatements,
        anyStatements,
        fc.array(fc.tuple(anyTarget, anyContext), { minLength: 30, maxLength: 30 }),
        (one, other, samples) => {
          const [before, after] = [policy(...one), policy(...other)];
          const { widened, narrowed } = comparison(before, after);
          for (const [target, context] of samples) {
            const request = { principal: role, context, ...target };
            const [was, is] = [isAllowed(before, request), isAllowed(after, request)];
            const shown = JSON.stringify({ one, other, request });
            if (is && !was) assert.ok(widened.length > 0, shown);
            if (was && !is) assert.ok(narrowed.length > 0, shown);
          }
          const { found } = accessDifferences({ kind: "permissions", before: [before], after: [after] }, reference);
          for (const { allowedBy, actions, principal, context, region } of found) {
            const request = { principal, context, action: actions[0] ?? "", resource: region.resource };
            const shown = JSON.stringify({ one, other, request });
            assert.equal(isAllowed(before, request), allowedBy === "before", shown);
            assert.equal(isAllowed(after, request), allowedBy === "after", shown);
          }
          assert.equal(
            found.some(({ allowedBy }) => allowedBy === "after"),
            widened.length > 0,
            "a witness",
          );
          assert.equal(
            found.some(({ allowedBy }) => allowedBy === "before"),
            narrowed.length > 0,
            "a witness",
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it("says the opposite of the opposite", () => {
    const opposite = { unchanged: "unchanged", changed: "changed", widened: "narrowed", narrowed: "widened" };
    fc.assert(
      fc.property(anyStatements, anyStatements, (one, other) => {
        const [before, after] = [policy(...one), policy(...other)];
        const [there, back] = [comparison(before, after), comparison(after, before)];
        assert.equal(back.result, opposite[there.result], JSON.stringify({ one, other }));
        assert.equal(back.widened.length > 0, there.narrowed.length > 0, "what was narrowed is widened");
      }),
      { numRuns: 100 },
    );
  });
});
