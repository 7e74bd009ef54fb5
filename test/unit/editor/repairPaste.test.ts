import assert from "node:assert/strict";
import { type PasteTarget, repairPaste } from "../../../src/editor/paste/repairPaste";

const policy = (inner: string) => `{"Version": "2012-10-17", "Statement": [${inner}]}`;
const statement = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*"}';
const typographic = (text: string) => text.replace(/"([^"]*)"/g, "“$1”");

const empty: PasteTarget = { before: "\n", after: "", comments: false };
const inList: PasteTarget = { before: policy("").slice(0, -2), after: "]}", comments: false };
const inStatement: PasteTarget = { before: `${inList.before}{"Sid": "A", `, after: "}]}", comments: false };
const inString: PasteTarget = { before: '{"policy": "', after: '"}', comments: false };

describe("a pasted policy", () => {
  const repaired: readonly (readonly [string, string, string, string, PasteTarget?])[] = [
    ["typographic quotes", typographic(policy(statement)), policy(statement), "Insert Repaired Policy (quotes)"],
    [
      "no-break spaces",
      policy(statement).replaceAll(" ", "\u00a0"),
      policy(statement),
      "Insert Repaired Policy (invisible characters)",
    ],
    ["a trailing comma", policy(`${statement},`), policy(statement), "Insert Repaired Policy (commas)"],
    ["HTML", policy(statement).replaceAll('"', "&quot;"), policy(statement), "Insert Repaired Policy (HTML)"],
    [
      "line numbers",
      '1 {\n2 "Version": "2012-10-17",\n3 "Statement": []\n4 }',
      '{\n"Version": "2012-10-17",\n"Statement": []\n}',
      "Insert Repaired Policy (line numbers)",
    ],
    ["a comment", policy(`/* read */${statement}`), policy(statement), "Insert Repaired Policy (comments)"],
    ["a statement", typographic(statement), statement, "Insert Repaired Policy (quotes)", inList],
    [
      "statements with the comma behind",
      `${typographic(statement)},\n`,
      `${statement},\n`,
      "Insert Repaired Policy (quotes)",
      inList,
    ],
    [
      "elements",
      '“Effect”: “Allow”,\n"Action": "s3:*",',
      '"Effect": "Allow",\n"Action": "s3:*",',
      "Insert Repaired Policy (quotes)",
      inStatement,
    ],
  ];

  for (const [what, copied, expected, title, target = empty] of repaired) {
    it(`comes as JSON: ${what}`, () => {
      assert.deepEqual(repairPaste(copied, target), { text: expected, title, certain: true });
    });
  }

  const untouched: readonly (readonly [string, string, PasteTarget?])[] = [
    ["a document", policy(statement)],
    ["a statement into a list", `${statement},`, inList],
    ["several statements", `${statement}, ${statement}`, inList],
    ["elements into a statement", '"Effect": "Allow", "Action": "s3:*",', inStatement],
    ["a comment into JSON with comments", policy(`// read\n${statement}`), { ...empty, comments: true }],
    ["prose", "The Action of this Statement is missing."],
    ["anything into a string", typographic(statement), inString],
    ["half of a statement", '{"Effect": “Allow”, "Action": [', inList],
  ];

  for (const [what, copied, target = empty] of untouched) {
    it(`is left alone: ${what}`, () => assert.equal(repairPaste(copied, target), undefined));
  }

  it("is repaired only on request where something is left out or guessed", () => {
    const cut = repairPaste(policy(statement).slice(0, -2), empty);
    assert.equal(cut?.certain, false);
    assert.equal(cut?.title, "Insert Repaired Policy (JSON; look at the result)");
    const dots = repairPaste(policy(statement.replace('"s3:GetObject"', '["s3:GetObject", …]')), empty);
    assert.equal(dots?.certain, false);
  });

  it("keeps its comments in JSON with comments, and what is repaired beside them", () => {
    const copied = policy(`// “read”\n${typographic(statement)}`);
    assert.equal(repairPaste(copied, { ...empty, comments: true })?.text, policy(`// “read”\n${statement}`));
  });
});
