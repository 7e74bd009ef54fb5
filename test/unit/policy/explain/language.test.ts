import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import { covers } from "../../../../src/policy/explain/inclusion";
import { holds, intersects, patternLanguage } from "../../../../src/policy/explain/language";
import { walkLanguages } from "../../../../src/policy/explain/walkLanguages";
import { policy } from "./documents";

const language = (text: string) => patternLanguage(text, true);

/** Short texts of few characters: all that matter to patterns of the same characters. */
const texts = [
  "",
  ..."ab",
  "aa",
  "ab",
  "ba",
  "bb",
  "aaa",
  "aab",
  "aba",
  "abb",
  "baa",
  "bab",
  "bba",
  "bbb",
  "c",
  "ca",
  "ac",
];
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
const inBoth = (a: string, b: string) => texts.filter((text) => holds(language(a), text) && holds(language(b), text));

describe("a pattern as a language", () => {
  it("holds what the evaluator matches", () => {
    const arnPattern = fc
      .tuple(
        fc.constantFrom("arn:aws:s3", "arn:*:s3", "arn:aw?:s3", "arn:aws*:s3"),
        fc.constantFrom(
          "",
          ":",
          ":*",
          ":::*",
          "::*:b",
          ":::b/?",
          ":*:1*:job/*",
          ":eu-*-1:1:job/*",
          ":::b/${*}",
          ":::b*/x",
        ),
      )
      .map((parts) => parts.join(""));
    const resource = fc.constantFrom(
      "arn:aws:s3:::b",
      "arn:aws:s3:::b/x",
      "arn:aws:s3:::b/*",
      "arn:aws:s3:::bb/y/x",
      "arn:aws-cn:s3:::b",
      "arn:aws:s3:eu-west-1:1:job/a",
      "arn:aws:s3:eu-west-1:12:job/a:b",
      "arn:aws:s3:us-east-1:2:b",
      "arn:aws:s3:eu-west:x-1:1:job/a",
    );
    const role = { kind: "role", arn: "arn:aws:iam::111111111111:role/r" } as const;
    fc.assert(
      fc.property(arnPattern, resource, (text, arn) => {
        const request = { principal: role, action: "s3:GetObject", resource: { arn, account: "111111111111" } };
        const identity = [policy({ Effect: "Allow", Action: "s3:*", Resource: text })];
        const matched = evaluate(request, { identity }).result === "Allowed";
        assert.equal(holds(language(text), arn), matched, `${text} and ${arn}`);
      }),
      { numRuns: 500 },
    );
  });

  it("meets another one exactly when they have a text in common", () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const common = walkLanguages([language(a), language(b)], (alive) => alive.every(Boolean))
          ?.filter(({ inside }) => inside.every(Boolean))
          .map(({ witness }) => witness);
        assert.equal(intersects(language(a), language(b)), common !== undefined && common.length > 0, `${a} and ${b}`);
        for (const witness of common ?? []) {
          assert.ok(holds(language(a), witness) && holds(language(b), witness), `${witness} in ${a} and ${b}`);
        }
        if (inBoth(a, b).length > 0) assert.ok(intersects(language(a), language(b)), `${a} and ${b}`);
      }),
    );
  });

  it("covers another one exactly when no text of that is outside", () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), pattern, (outers, inner) => {
        const outside = texts.filter(
          (text) => holds(language(inner), text) && !outers.some((outer) => holds(language(outer), text)),
        );
        const covered = covers(outers.map(language), language(inner));
        if (outside.length > 0) assert.ok(!covered, `${outside[0]} is in ${inner} and not in ${outers}`);
        const regions = walkLanguages([inner, ...outers].map(language), ([alive]) => alive === true);
        const witness = regions?.find(({ inside: [first, ...rest] }) => first === true && !rest.includes(true));
        assert.equal(covered, witness === undefined, `${inner} in ${outers}: ${witness?.witness}`);
      }),
    );
  });

  for (const [outers, inner, expected] of [
    [["arn:aws:s3:::b/*"], "arn:aws:s3:::b/raw/*", true],
    [["arn:aws:s3:::b/*"], "arn:aws:s3:::b", false],
    [["arn:aws:s3:::b/a*", "arn:aws:s3:::b/b*"], "arn:aws:s3:::b/?*", false],
    [["arn:aws:s3:::b/?*", "arn:aws:s3:::b/"], "arn:aws:s3:::b/*", true],
    [["arn:aws:s3:::b/${aws:username}"], "arn:aws:s3:::b/${aws:username}", true],
    [["arn:aws:s3:::b/${aws:username}*"], "arn:aws:s3:::b/${aws:username}", false],
    [["arn:aws:s3:::b/*"], "arn:aws:s3:::b/${aws:username}/x", true],
    [["arn:aws:s3:::b/${aws:username}"], "arn:aws:s3:::b/root", false],
    [["arn:aws:s3"], "arn:aws:s3:::b", true],
  ] as const) {
    it(`${expected ? "covers" : "does not cover"} ${inner} by ${outers.join(" and ")}`, () => {
      assert.equal(covers(outers.map(language), language(inner)), expected);
    });
  }

  it("gives up on patterns that would take too long, and then covers nothing", () => {
    const hard = (character: string) => language(`*${`${character}?*`.repeat(40)}`);
    assert.equal(covers([hard("a"), hard("b")], language(`*${"c?*".repeat(40)}a*b*`)), false);
  });
});
