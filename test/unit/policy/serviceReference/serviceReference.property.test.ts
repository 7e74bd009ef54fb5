import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";

describe("any pattern of actions", () => {
  let reference: ServiceReference;
  let all: readonly string[];
  before(async () => {
    reference = await loadServiceReference();
    all = reference.expand("*");
  });

  /** Real names with parts of them replaced by wildcards and their case changed, and a bit of anything. */
  const patterns = fc
    .record({
      action: fc.oneof(fc.nat(), fc.constantFrom("s3:GetObject", "s3:PutObjectAcl", "kms:Decrypt", "sts:AssumeRole")),
      cuts: fc.array(fc.record({ at: fc.nat(60), length: fc.nat(12), by: fc.constantFrom("*", "?", "**", "", "x") }), {
        maxLength: 3,
      }),
      upper: fc.boolean(),
    })
    .map(({ action, cuts, upper }) => {
      let pattern = typeof action === "number" ? (all[action % all.length] ?? "*") : action;
      for (const { at, length, by } of cuts) pattern = pattern.slice(0, at) + by + pattern.slice(at + length);
      return upper ? pattern.toUpperCase() : pattern;
    });
  const anything = fc.oneof({ weight: 5, arbitrary: patterns }, fc.string({ maxLength: 12 }));

  it("expands to what a regular expression finds, sorted", () => {
    fc.assert(
      fc.property(anything, (pattern) => {
        const expanded = reference.expand(pattern);
        assert.deepEqual(expanded, pattern.includes(":") || pattern === "*" ? all.filter(regexOf(pattern)) : []);
        assert.deepEqual(expanded, [...expanded].sort());
      }),
      { numRuns: 300 },
    );
  });

  it("expands to actions, each with an access level and expanding to itself alone", () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        for (const action of reference.expand(pattern).slice(0, 50)) {
          assert.ok(reference.isAction(action), action);
          assert.notEqual(reference.accessLevel(action), undefined, action);
          assert.ok(reference.actionsOf(action.slice(0, action.indexOf(":"))).includes(action), action);
          assert.deepEqual(reference.expand(action.toUpperCase()), [action]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("never throws, whatever it is asked", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor:x", "*:__proto__")), (text) => {
        reference.expand(text);
        reference.action(text);
        reference.conditionKey(text);
        assert.equal(
          reference.accessLevel(text) !== undefined,
          all.some((action) => sameLetters(action, text)),
          text,
        );
        assert.deepEqual(reference.resourceTypesOf(text).length > 0, /^(s3|kms|sts|iam)$/i.test(text), text);
      }),
    );
  });
});

function sameLetters(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function regexOf(pattern: string): (action: string) => boolean {
  const escaped = pattern.toLowerCase().replace(/[.+^${}()|[\]\\/-]/g, "\\$&");
  const expression = new RegExp(`^${escaped.replace(/\*+/g, ".*").replaceAll("?", ".")}$`, "s");
  return (action) => expression.test(action.toLowerCase());
}
