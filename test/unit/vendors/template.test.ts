import assert from "node:assert/strict";
import fc from "fast-check";
import { expandString, expandTemplate, expandText } from "../../../src/vendors/template";

const values = (table: Readonly<Record<string, readonly string[]>>) => (token: string) =>
  Object.hasOwn(table, token) ? table[token] : undefined;

describe("templates", () => {
  it("make one array item of each value of a list", () => {
    const template = { Resource: ["arn:aws:s3:::{{buckets}}", "arn:aws:s3:::{{buckets}}/*"], Effect: "Allow" };
    assert.deepEqual(expandTemplate(template, values({ buckets: ["a", "b"] })), {
      Resource: ["arn:aws:s3:::a", "arn:aws:s3:::b", "arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
      Effect: "Allow",
    });
  });

  it("keep a string a string with one value, and make an array of several", () => {
    assert.equal(expandTemplate("x-{{a}}", values({ a: ["1"] })), "x-1");
    assert.deepEqual(expandTemplate("x-{{a}}", values({ a: ["1", "2"] })), ["x-1", "x-2"]);
  });

  it("combine the values of two lists", () => {
    assert.deepEqual(expandString("{{a}}/{{b}}", values({ a: ["1", "2"], b: ["x", "y"] })), [
      "1/x",
      "1/y",
      "2/x",
      "2/y",
    ]);
  });

  it("leave a token that nobody knows, so that the placeholder check finds it", () => {
    assert.deepEqual(expandTemplate(["{{typo}}-{{a}}"], values({ a: ["1"] })), ["{{typo}}-1"]);
    assert.equal(expandText("{{typo}}", values({})), "{{typo}}");
  });

  for (const variable of ["${aws:username}", "${*}", "${aws:PrincipalTag/team, 'none'}", "$${aws:userid}"]) {
    it(`pass IAM's policy variable ${variable} through untouched`, () => {
      const template = { Resource: [`arn:aws:s3:::{{a}}/${variable}/*`], Condition: { StringLike: { k: variable } } };
      assert.deepEqual(expandTemplate(template, values({ a: ["b"] })), {
        Resource: [`arn:aws:s3:::b/${variable}/*`],
        Condition: { StringLike: { k: variable } },
      });
    });
  }

  it("put values in as they are, also with dollar signs and braces", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("$&", "$1", "{{a}}", "{{b}}", "\\"), (text, special) => {
        const value = text + special;
        assert.deepEqual(expandString("<{{a}}>", values({ a: [value], b: ["other"] })), [`<${value}>`]);
        assert.equal(expandText("<{{a}}>", values({ a: [value], b: ["other"] })), `<${value}>`);
      }),
    );
  });

  it("leave JSON without tokens as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
        fc.pre(!JSON.stringify(json).includes("{{"));
        // As JSON has it: -0 is 0.
        const value = JSON.parse(JSON.stringify(json));
        assert.deepEqual(expandTemplate(value, values({})), value);
      }),
    );
  });
});
