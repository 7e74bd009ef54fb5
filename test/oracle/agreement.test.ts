import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Case } from "./cases";
import { ofAllLayers, ofConditions, ofIdentity } from "./cases";
import { compare } from "./compare";
import { evaluateCase } from "./evaluateCase";
import { exceptions } from "./exceptions";
import { simulate } from "./simulate";

/** How many cases each property compares; together more than 20,000. */
const sizes = { identity: 7000, conditions: 8000, layers: 8000 };

describe("agreement with iam-simulate", function () {
  this.timeout(300_000);
  const results = new Map<string, number>();
  let compared = 0;

  async function agree(one: Case): Promise<void> {
    const { ours, theirs, exceptions: applied } = await compare(one);
    fc.pre(theirs !== undefined);
    compared += 1;
    results.set(ours, (results.get(ours) ?? 0) + 1);
    const under = applied.length === 0 ? "" : ` (written anew for ${applied.join(", ")})`;
    assert.equal(ours, theirs, `iam-simulate says ${theirs}${under}`);
  }

  const compareAll = (cases: fc.Arbitrary<Case>, numRuns: number) =>
    fc.assert(fc.asyncProperty(cases, agree), { numRuns, maxSkipsPerRun: 1 });

  it("decides the same of actions, resources and variables of identity policies", () =>
    compareAll(ofIdentity, sizes.identity));

  it("decides the same of conditions", () => compareAll(ofConditions, sizes.conditions));

  it("decides the same of all principals and kinds of policies together", () => compareAll(ofAllLayers, sizes.layers));

  it("has compared enough, with every result", () => {
    assert.ok(compared >= 20_000, `${compared} cases compared`);
    for (const result of ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied"]) {
      const share = (results.get(result) ?? 0) / compared;
      assert.ok(share > 0.15, `${result} in ${Math.round(share * 100)} % of the cases`);
    }
  });

  it("has every exception in docs/policy-evaluation.md, with its source", () => {
    const page = readFileSync("docs/policy-evaluation.md", "utf8");
    const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    assert.deepEqual(
      listed,
      exceptions.map(({ id }) => id),
    );
    for (const { id, source } of exceptions) {
      const [address = ""] = source.split("#");
      assert.ok(page.includes(address), `${id}: ${address}`);
    }
  });

  for (const { id, example, rule } of exceptions) {
    it(`follows AWS where iam-simulate does not: ${id}`, async () => {
      const ours = evaluateCase(example).result;
      assert.notEqual(await simulate(example), ours, `iam-simulate knows this rule by now: ${rule}`);
      assert.deepEqual(await compare(example), { ours, theirs: ours, exceptions: [id] }, rule);
    });
  }
});
