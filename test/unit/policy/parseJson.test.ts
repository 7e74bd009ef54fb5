import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits } from "../../../src/checks/applyFixes";
import type { JsonValue } from "../../../src/policy/json";
import { parseJson, toValue } from "../../../src/policy/parseJson";

/** What is marked as wrong, as `code: text`. */
function problems(text: string): readonly string[] {
  return parseJson(text).problems.map(
    ({ code, range }) => `${code}: ${text.slice(range.offset, range.offset + range.length)}`,
  );
}

function repaired(text: string): string {
  return applyEdits(
    text,
    parseJson(text).problems.flatMap(({ repair }) => repair?.edits ?? []),
  );
}

interface Example {
  readonly what: string;
  readonly text: string;
  readonly problems: readonly string[];
  /** The text after all repairs; absent where no repair is plain. */
  readonly repaired?: string;
}

const examples: readonly Example[] = [
  {
    what: "a string that ends with a typographic quote",
    text: '["YOUR_KMS_KEY_ARN”]',
    problems: ["typographic-quote: ”"],
    repaired: '["YOUR_KMS_KEY_ARN"]',
  },
  {
    what: "a string that begins with a typographic quote",
    text: '{„Effect": 1}',
    problems: ["typographic-quote: „"],
    repaired: '{"Effect": 1}',
  },
  {
    what: "typographic quotes on both sides are one finding",
    text: "{“a”: ‘b’, ″c″: ‟d”}",
    problems: ["typographic-quote: “a”", "typographic-quote: ‘b’", "typographic-quote: ″c″", "typographic-quote: ‟d”"],
    repaired: '{"a": "b", "c": "d"}',
  },
  {
    what: "a typographic quote followed by further strings on the line",
    text: '["A”, "B", “C"]',
    problems: ["typographic-quote: ”", "typographic-quote: “"],
    repaired: '["A", "B", "C"]',
  },
  { what: "typographic quotes inside a string are content", text: '{"Description": "the “big” one’s"}', problems: [] },
  {
    what: "straight quotes inside typographic ones get escaped",
    text: '{"a": “say "hi" now”}',
    problems: ['typographic-quote: “say "hi" now”'],
    repaired: '{"a": "say \\"hi\\" now"}',
  },
  {
    what: "no-break spaces, one finding for a run",
    text: '{\u00a0 \u00a0"a":\u202f1}',
    problems: ["invisible-character: \u00a0 \u00a0", "invisible-character: \u202f"],
    repaired: '{   "a": 1}',
  },
  {
    what: "a byte order mark, a zero-width space and a line separator outside strings",
    text: '\ufeff{"a":\u200b1,\u2028"b":2}',
    problems: ["invisible-character: \ufeff", "invisible-character: \u200b", "invisible-character: \u2028"],
    repaired: '{"a":1,\n"b":2}',
  },
  {
    what: "invisible characters inside strings",
    text: '["s3:Get\u00adObject", "arn:aws:s3:::data\u00a0", "two\u00a0 words"]',
    problems: ["invisible-character: \u00ad", "invisible-character: \u00a0", "invisible-character: \u00a0"],
    repaired: '["s3:GetObject", "arn:aws:s3:::data", "two  words"]',
  },
  {
    what: "joiners and ideographic spaces of other scripts are content",
    text: '["می‌خواهم", "東京　都"]',
    problems: [],
  },
  {
    what: "trailing commas",
    text: '{"a": [1, 2,], }',
    problems: ["trailing-comma: ,", "trailing-comma: ,"],
    repaired: '{"a": [1, 2] }',
  },
  {
    what: "commas too many",
    text: "[,1,,2]",
    problems: ["json-syntax: ,", "json-syntax: ,"],
    repaired: "[1,2]",
  },
  {
    what: "missing commas",
    text: '{"a": ["x" "y"\n"z"] "b": 1}',
    problems: ['missing-comma: "', 'missing-comma: "', "missing-comma: ]"],
    repaired: '{"a": ["x", "y",\n"z"], "b": 1}',
  },
  { what: "a missing colon", text: '{"a" 1}', problems: ['json-syntax: "'], repaired: '{"a": 1}' },
  {
    what: "a colon inside the quotes",
    text: '{"Action:" "s3:*"}',
    problems: ["json-syntax: :"],
    repaired: '{"Action": "s3:*"}',
  },
  {
    what: "other signs for colon and comma",
    text: '{"a" = 1; "b" => 2}',
    problems: ["json-syntax: =", "json-syntax: ;", "json-syntax: =>"],
    repaired: '{"a" : 1, "b" : 2}',
  },
  {
    what: "comments of every kind",
    text: '{ // one\n "a": 1, # two\n /* three */ "b": 2 }',
    problems: ["comment: // one", "comment: # two", "comment: /* three */"],
    repaired: '{ \n "a": 1, \n  "b": 2 }',
  },
  {
    what: "single quotes",
    text: "{'a': 'it\\'s \"b\"'}",
    problems: ["json-syntax: 'a'", "json-syntax: \\'", "json-syntax: 'it\\'s \"b\"'"],
    repaired: '{"a": "it\'s \\"b\\""}',
  },
  {
    what: "a missing closing quote does not cascade",
    text: '{\n  "Effect": "Allow,\n  "Action": "s3:*"\n}',
    problems: ['json-syntax: "Allow'],
    repaired: '{\n  "Effect": "Allow",\n  "Action": "s3:*"\n}',
  },
  {
    what: "a missing closing quote of a key",
    text: '{"Effect: "Allow", "a": 1}',
    problems: ['json-syntax: "Effect'],
    repaired: '{"Effect": "Allow", "a": 1}',
  },
  {
    what: "a missing closing quote keeps the brace of a policy variable",
    text: '["home/${aws:username}\n]',
    problems: ['json-syntax: "home/${aws:username}'],
    repaired: '["home/${aws:username}"\n]',
  },
  {
    what: "a missing opening quote",
    text: '{Effect": "Allow", "Action": s3:ListBucket"}',
    problems: ["json-syntax: Effect", "json-syntax: s3:ListBucket"],
    repaired: '{"Effect": "Allow", "Action": "s3:ListBucket"}',
  },
  {
    what: "text without quotes",
    text: "{Effect: Allow, Version: 2012-10-17, Account: 012345678901}",
    problems: ["Effect", "Allow", "Version", "2012-10-17", "Account", "012345678901"].map(
      (word) => `json-syntax: ${word}`,
    ),
    repaired: '{"Effect": "Allow", "Version": "2012-10-17", "Account": "012345678901"}',
  },
  {
    what: "literals of other languages",
    text: "[True, None]",
    problems: ["json-syntax: True", "json-syntax: None"],
    repaired: "[true, null]",
  },
  {
    what: "quotes inside a string",
    text: '{"a": "say "hi" now", "b": 2}',
    problems: ['json-syntax: "'],
    repaired: '{"a": "say \\"hi\\" now", "b": 2}',
  },
  {
    what: "a line broken inside a string",
    text: '{"a": "s3:GetObj\n     ect", "b": 1}',
    problems: ["json-syntax: \n     "],
    repaired: '{"a": "s3:GetObject", "b": 1}',
  },
  {
    what: "wrong escapes and control characters",
    text: '["bucket\\_name/\\*", "C:\\data", "a\tb"]',
    problems: ["json-syntax: \\_", "json-syntax: \\*", "json-syntax: \\", "json-syntax: \t"],
    repaired: '["bucket_name/*", "C:\\\\data", "a\\tb"]',
  },
  {
    what: "dots for what was left out",
    text: '["a", ..., "b", …]',
    problems: ["json-syntax: ...", "json-syntax: …"],
    repaired: '["a" , "b" ]',
  },
  { what: "dots before the first", text: '{..., "a": 1}', problems: ["json-syntax: ..."], repaired: '{ "a": 1}' },
  {
    what: "a reader’s hint left behind a value",
    text: '["arn:aws:s3:::b" <- replace\n, "c"]',
    problems: ["json-syntax: <- replace"],
    repaired: '["arn:aws:s3:::b" \n, "c"]',
  },
  {
    what: "missing brackets at the end",
    text: '{"a": [1, {"b": 2',
    problems: ["json-syntax: 2"],
    repaired: '{"a": [1, {"b": 2}]}',
  },
  {
    what: "a missing bracket in the middle",
    text: '{"a": [1, 2, "b": 3}',
    problems: ["json-syntax: 2"],
    repaired: '{"a": [1, 2], "b": 3}',
  },
  {
    what: "a missing brace in the middle",
    text: '[{"a": 1, {"b": 2}]',
    problems: ["json-syntax: 1"],
    repaired: '[{"a": 1}, {"b": 2}]',
  },
  { what: "a wrong bracket", text: '{"a": ["b"}}', problems: ["json-syntax: }"], repaired: '{"a": ["b"]}' },
  {
    what: "a bracket too many",
    text: '{"a": [1]], "b": 2}',
    problems: ["json-syntax: ]"],
    repaired: '{"a": [1], "b": 2}',
  },
  {
    what: "a missing opening brace",
    text: '"a": 1, "b": [2]}',
    problems: ['json-syntax: "'],
    repaired: '{"a": 1, "b": [2]}',
  },
  {
    what: "text after the end",
    text: '{"a": 1}\n\nNote: replace',
    problems: ["json-syntax: Note: replace"],
    repaired: '{"a": 1}\n\n',
  },
  { what: "a second document", text: '{"a": 1}\n{"b": 2}', problems: ['json-syntax: {"b": 2}'] },
  {
    what: "a code fence",
    text: '```json\n{"a": 1}\n```',
    problems: ["json-syntax: ```json", "json-syntax: ```"],
    repaired: '\n{"a": 1}\n',
  },
  { what: "a key without a value", text: '{"a", "b": 1}', problems: ['json-syntax: "a"'] },
  { what: "no JSON at all", text: "hello world", problems: ["json-syntax: hello world"] },
  { what: "an empty text", text: "", problems: ["json-syntax: "] },
];

describe("parseJson", () => {
  for (const { what, text, problems: expected, repaired: wanted } of examples) {
    it(`reads ${what}`, () => {
      assert.deepEqual([...problems(text)].sort(), [...expected].sort());
      if (wanted === undefined) return;
      assert.equal(repaired(text), wanted);
      assert.doesNotThrow(() => JSON.parse(wanted));
      assert.deepEqual(parseJson(wanted).problems, []);
    });
  }

  it("reads what is readable of a broken text", () => {
    const { root } = parseJson('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": }, "Id": "x"');
    assert.ok(root);
    assert.deepEqual(toValue(root), { Version: "2012-10-17", Statement: [{ Effect: "Allow" }], Id: "x" });
  });

  it("keeps both of two equal keys, of which the last counts", () => {
    const { root, problems: found } = parseJson('{"a": 1, "a": 2}');
    assert.ok(root?.kind === "object");
    assert.equal(root.properties.length, 2);
    assert.deepEqual(toValue(root), { a: 2 });
    assert.deepEqual(found, []);
  });

  it("takes __proto__ for an ordinary key", () => {
    const { root } = parseJson('{"__proto__": {"a": 1}}');
    assert.ok(root);
    const value = toValue(root);
    assert.deepEqual(Object.keys(value as { [key: string]: JsonValue }), ["__proto__"]);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  for (const [what, text] of [
    ["100,000 opening brackets", "[".repeat(100_000)],
    ["100,000 brackets", "[".repeat(100_000) + "]".repeat(100_000)],
    ["50,000 objects that end in the wrong brackets", '{"a":'.repeat(50_000) + "]".repeat(50_000)],
  ] as const) {
    it(`does not overflow the stack on ${what}`, () => {
      const { root } = parseJson(text);
      assert.ok(root);
      assert.ok(toValue(root));
    });
  }

  for (const [what, piece] of [
    ["quotes with text between", '"a" x '],
    ["typographic quotes", '["a” '],
    ["two kinds of typographic quotes", "{“a: ’"],
    ["apostrophes", "['a\" "],
    ["dots", "... "],
    ["words", "a b "],
    ["colons", ":"],
    ["commas", ","],
    ["backslashes", "\\"],
    ["comments", "[/*"],
    ["unclosed strings", '"abc\n'],
    ["braces", "{"],
    ["wrong brackets", "}]"],
    ["invisible characters", "\u00a0 "],
  ] as const) {
    it(`takes linear time for many ${what}`, () => {
      // Quadratic behaviour takes minutes for this length: the time limit of the tests is the bound.
      parseJson(`{"a": [${piece.repeat(400_000 / piece.length)}`);
    });
  }
});
