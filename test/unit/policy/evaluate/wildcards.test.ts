import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesInParallel, matchesPattern } from "../../../../src/policy/wildcards";

/** The definition, cell by cell. */
function matchesByTable(
  pattern: string,
  text: string,
  plain: ReadonlySet<number>,
  within: ReadonlySet<number>,
): boolean {
  let row: boolean[] = [true, ...new Array<boolean>(text.length).fill(false)];
  for (const [at, character] of [...pattern].entries()) {
    const isWild = (character === "*" || character === "?") && !plain.has(at);
    const takes = (found: string | undefined) =>
      found !== undefined && (isWild ? !(within.has(at) && found === ":") : found === character);
    const next = [isWild && character === "*" ? row[0] === true : false];
    for (let end = 1; end <= text.length; end += 1) {
      const isTaken = takes(text[end - 1]);
      next[end] =
        isWild && character === "*"
          ? row[end] === true || (next[end - 1] === true && isTaken)
          : row[end - 1] === true && isTaken;
    }
    row = next;
  }
  return row[text.length] === true;
}

const positions = fc.uniqueArray(fc.nat(11), { maxLength: 4 }).map((found) => new Set(found));
const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 12 });
const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 14 });

describe("wildcards", () => {
  it("match as they are defined", () => {
    const none = new Set<number>();
    fc.assert(
      fc.property(pattern, text, positions, (asked, found, plain) => {
        assert.equal(matchesPattern(asked, found, plain), matchesByTable(asked, found, plain, none));
      }),
      { numRuns: 5000 },
    );
  });

  it("match the same in parallel, and within the parts of an ARN", () => {
    fc.assert(
      fc.property(pattern, text, positions, positions, (asked, found, plain, within) => {
        assert.equal(matchesInParallel(asked, found, plain, within), matchesByTable(asked, found, plain, within));
      }),
      { numRuns: 5000 },
    );
  });

  it("match the same over many words of 32 positions", () => {
    const long = fc
      .array(fc.constantFrom("a", "aab", "?", "*", "ab".repeat(20)), { maxLength: 30 })
      .map((all) => all.join(""));
    const none = new Set<number>();
    fc.assert(
      fc.property(long, long, fc.boolean(), (asked, other, isSame) => {
        const found = (isSame ? asked : other).replaceAll("*", "ba").replaceAll("?", "a");
        assert.equal(matchesInParallel(asked, found), matchesByTable(asked, found, none, none));
      }),
      { numRuns: 300 },
    );
  });

  /** Each would take hundreds of millions of steps if every way to match were tried after the other. */
  const hostile: readonly (readonly [string, string, string, boolean])[] = [
    ["one long piece", `*${"a".repeat(10_000)}b`, "a".repeat(20_000), false],
    ["one long piece inside", `*${"a".repeat(10_000)}b*`, "a".repeat(20_000), false],
    ["one long piece that is there", `*${"a".repeat(10_000)}b*`, `${"a".repeat(20_000)}b`, true],
    ["any characters", `*${"a?".repeat(5_000)}b*`, "a".repeat(20_000), false],
    ["many stars", `${"*a".repeat(10_000)}*b`, "a".repeat(20_000), false],
    ["many stars in short texts", `${"*a".repeat(10_000)}b`, "a".repeat(1_000), false],
  ];
  for (const [name, asked, found, expected] of hostile) {
    it(`take no time for hostile patterns: ${name}`, () => {
      assert.equal(matchesPattern(asked, found), expected);
    }).timeout(2000);
  }
});
