import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applyEdits } from "../../../src/checks/applyFixes";
import type { JsonNode } from "../../../src/policy/json";
import { parseJson, toValue } from "../../../src/policy/parseJson";
import { contentRange } from "../../../src/policy/stringRange";

const anyValue = fc.jsonValue({ stringUnit: "binary", maxDepth: 4 });

/** The strings of policies, in which nothing looks like JSON's own structure. */
const plainString = fc
  .array(fc.constantFrom("a", "Z", "7", "s3", "arn", ":", "/", "*", "-", ".", "_", "${aws:username}"), { maxLength: 8 })
  .map((parts) => `v${parts.join("")}e`);
const policyValue = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, plainString, tie("array"), tie("object")),
  array: fc.array(tie("value"), { minLength: 1, maxLength: 4 }),
  object: fc.dictionary(plainString, tie("value"), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
})).object;

function everyNode(node: JsonNode, visit: (node: JsonNode) => void): void {
  visit(node);
  if (node.kind === "array") for (const item of node.items) everyNode(item, visit);
  if (node.kind === "object") {
    for (const { key, value } of node.properties) {
      visit(key);
      if (value !== undefined) everyNode(value, visit);
    }
  }
}

/** Damage to one line of `JSON.stringify(value, null, 2)`; undefined where it does not apply. */
type Damage = (line: string) => string | undefined;

const string = /"([^"]*)"(,?)$/;
const replaceString =
  (open: string, close: string): Damage =>
  (line) =>
    string.test(line)
      ? line.replace(string, (_, text: string, comma: string) => `${open}${text}${close}${comma}`)
      : undefined;

const damages: { readonly [name: string]: Damage } = {
  "typographic closing quote": replaceString('"', "”"),
  "typographic opening quote": replaceString("„", '"'),
  "typographic quotes": replaceString("“", "”"),
  "typographic single quotes": replaceString("‘", "’"),
  "single quotes": replaceString("'", "'"),
  "missing closing quote": replaceString('"', ""),
  "missing opening quote": replaceString("", '"'),
  "no-break spaces for indentation": (line) => line.replace(/^ +/, (indent) => "\u00a0".repeat(indent.length)),
  "zero-width space in a string": replaceString('"\u200b', '"'),
  "no-break space at the end of a string": replaceString('"', '\u00a0"'),
  "byte order mark before a value": (line) => line.replace(/^( *)/, "$1\ufeff"),
  "comment at the end": (line) => `${line} // highlight-next-line`,
  "comment before": (line) => `# note\n${line}`,
  "missing comma": (line) => (line.endsWith(",") ? line.slice(0, -1) : undefined),
  "doubled comma": (line) => (line.endsWith(",") ? `${line},` : undefined),
  "trailing comma": (line) => (/["\]}]$/.test(line) ? `${line},` : undefined),
  "dots after": (line) => (line.endsWith(",") ? `${line}\n...,` : undefined),
};

describe("parseJson, for any text", () => {
  it("reads valid JSON to the value that JSON.parse gives", () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom(undefined, 2, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const { root, problems } = parseJson(text);
        assert.ok(root);
        assert.deepEqual(toValue(root), JSON.parse(text));
        // A string may hold what can't be seen; nothing else may be reported.
        for (const { code } of problems) assert.equal(code, "invisible-character");
      }),
      { numRuns: 400 },
    );
  });

  it("reads numbers and escapes as JSON.parse does", () => {
    for (const text of [
      "-0",
      "1e400",
      "-1.5E-7",
      "123456789012345678901234567890",
      '"\\u0041\\ud83d\\ude00\\ud800\\n\\/"',
    ]) {
      const { root } = parseJson(text);
      assert.ok(root);
      assert.deepEqual(toValue(root), JSON.parse(text));
    }
  });

  it("gives every node exactly its text", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = JSON.stringify(value, null, 1);
        const { root } = parseJson(text);
        assert.ok(root);
        everyNode(root, (node) => {
          assert.deepEqual(JSON.parse(text.slice(node.offset, node.offset + node.length)), toValue(node));
          if (node.kind !== "string") return;
          const { offset, length } = contentRange(text, node);
          assert.equal(JSON.stringify(node.value).slice(1, -1), text.slice(offset, offset + length));
        });
      }),
      { numRuns: 200 },
    );
  });

  it("repairs every damage of the list, wherever it is done", () => {
    fc.assert(
      fc.property(
        policyValue,
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(damages)), fc.nat(1_000)), { minLength: 1, maxLength: 3 }),
        fc.constantFrom("", "]}", "```json", "Note: replace the names."),
        (value, chosen, around) => {
          const lines = JSON.stringify(value, null, 2).split("\n");
          const done = new Set<number>();
          for (const [name, position] of chosen) {
            // The first line and the last are brackets; two damages in neighbouring lines may be one to a reader.
            const index = 1 + (position % Math.max(lines.length - 2, 1));
            if (index >= lines.length - 1 || [index - 1, index, index + 1].some((near) => done.has(near))) continue;
            const next = (lines[index + 1] ?? "").trim();
            // Before a closing bracket a comma is trailing; elsewhere it is the one that belongs there.
            if (name === "trailing comma" && !/^[\]}]/.test(next)) continue;
            const damaged = damages[name]?.(lines[index] ?? "");
            if (damaged === undefined) continue;
            lines[index] = damaged;
            done.add(index);
          }
          let text = lines.join("\n");
          if (around === "]}") text = text.replace(/\n\}$/, "");
          else if (around === "```json") text = `\`\`\`json\n${text}\n\`\`\``;
          else text = `${text}\n${around}`;
          const { problems } = parseJson(text);
          const repaired = applyEdits(
            text,
            problems.flatMap(({ repair }) => repair?.edits ?? []),
          );
          assert.deepEqual(JSON.parse(repaired), value, `${text}\n=>\n${repaired}`);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("finds something in whatever JSON.parse refuses, and nothing but what can't be seen in the rest", () => {
    fc.assert(
      fc.property(
        policyValue,
        fc.array(
          fc.tuple(
            fc.nat(5_000),
            fc.nat(3),
            fc.constantFrom(
              "",
              '"',
              "'",
              "“",
              "”",
              "[",
              "]",
              "{",
              "}",
              ",",
              ":",
              "\\",
              "\n",
              "\u00a0",
              "/*",
              "//",
              "x",
              "1",
              "...",
            ),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        (value, mutations) => {
          let text = JSON.stringify(value, null, 2);
          for (const [at, removed, added] of mutations) {
            const position = at % (text.length + 1);
            text = text.slice(0, position) + added + text.slice(position + removed);
          }
          const { problems } = parseJson(text);
          const visible = problems.filter(({ code }) => code !== "invisible-character");
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          if (valid) assert.deepEqual(visible, [], text);
          else assert.ok(problems.length > 0, text);
          for (const { range } of problems) {
            assert.ok(range.offset >= 0 && range.length >= 0 && range.offset + range.length <= text.length, text);
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("never throws on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const { root } = parseJson(text);
        if (root !== undefined) toValue(root);
      }),
      { numRuns: 3_000 },
    );
  });
});
