import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { parseJson } from "../../../src/policy/parseJson";
import { readPlainJson } from "../../../src/policy/readPlainJson";

const word = fc.string({ maxLength: 8 });
const { value: strings } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, word, tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(word, tie("value"), { maxKeys: 4 }),
}));

describe("readPlainJson", () => {
  it("reads the same tree as the careful reader", () => {
    let read = 0;
    fc.assert(
      fc.property(strings, fc.constantFrom(0, 2, "\t"), (value, indent) => {
        const text = ` ${JSON.stringify(value, null, indent)}\r\n`;
        const plain = readPlainJson(text);
        if (plain === undefined) return; // it has escapes
        read += 1;
        // The comment at the end leaves the text to the careful reader.
        assert.deepEqual(plain, parseJson(`${text}// end`).root);
      }),
    );
    assert.ok(read > 10);
  });

  const plain = ['""', "[]", "{}", ' {"a": ["b", {"c": []}]} ', '{"a": "b", "a": "c"}'];
  for (const text of plain) {
    it(`reads ${text}`, () => assert.deepEqual(readPlainJson(text), parseJson(`${text}// end`).root));
  }

  const unusual = [
    "",
    "1",
    "[true]",
    '["a" "b"]',
    '["a",]',
    "[,]",
    '{"a": "b",}',
    '{"a" "b"}',
    '{"a": }',
    '{"a"}',
    "{a: 1}",
    '{"a": "b"',
    '["a"]]',
    '["a"',
    '["a',
    '"\\u0041"',
    '"é"',
    '"a\nb"',
    "“a”",
    '["a"] // comment',
    "[".repeat(100) + "]".repeat(100),
  ];
  for (const text of unusual) {
    it(`leaves ${JSON.stringify(text.slice(0, 20))} to the careful reader`, () => {
      assert.equal(readPlainJson(text), undefined);
    });
  }

  it("does not overflow the stack", () => {
    assert.equal(readPlainJson("[".repeat(1_000_000)), undefined);
  });
});
