import assert from "node:assert/strict";
import fc from "fast-check";
import type { RepairKind } from "../../../../src/policy/repair/repair";
import { applyRepairs } from "../../../../src/policy/repair/repairedText";
import { repairJson } from "../../../../src/policy/repair/repairJson";

const policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::my-data", "arn:aws:s3:::my-data/*"],
    },
  ],
};
const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::574987031486:role/backend" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "c3d9" } },
    },
  ],
};
const text = JSON.stringify(policy, null, 2);
const trustText = JSON.stringify(trust, null, 2);

describe("repairJson", () => {
  it("leaves a right document alone", () => {
    assert.deepEqual(repairJson(text), { text, repairs: [] });
  });

  const damages: readonly (readonly [string, string, object, RepairKind])[] = [
    ["typographic quotes", text.replaceAll('"', "”"), policy, "typographic-quote"],
    ["one typographic quote", text.replace('my-data/*"', "my-data/*”"), policy, "typographic-quote"],
    ["no-break spaces", text.replaceAll("  ", "\u00a0 "), policy, "invisible-character"],
    ["a trailing comma", text.replace('ListBucket"', 'ListBucket",'), policy, "trailing-comma"],
    ["a missing comma", text.replace('GetObject",', 'GetObject"'), policy, "missing-comma"],
    ["a comment", text.replace('GetObject",', 'GetObject", // read'), policy, "comment"],
    [
      "a highlight mark on its own line",
      text.replace('"Action"', '// highlight-next-line\n"Action"'),
      policy,
      "comment",
    ],
    ["a mark of a code highlighter", text.replace('my-data",', 'my-data", //[tl! ~~]'), policy, "comment"],
    ["a block comment", text.replace('"Effect"', '/* grant\n read */ "Effect"'), policy, "comment"],
    ["dots", text.replace('"s3:ListBucket"', '"s3:ListBucket",\n ...'), policy, "ellipsis"],
    ["dots in quotes", text.replace('"s3:ListBucket"', '"s3:ListBucket", "..."'), policy, "ellipsis"],
    ["line numbers", numbered(text, (number, line) => `${number} ${line}`), policy, "line-number"],
    ["line numbers with dots", numbered(text, (number, line) => `${number}. ${line}`), policy, "line-number"],
    ["line numbers between the lines", numbered(text, (number, line) => `${number}\n${line}`), policy, "line-number"],
    ["character references", text.replaceAll('"', "&quot;"), policy, "html"],
    ["numbered character references", text.replaceAll('"', "&#34;").replaceAll("  ", "&#160;"), policy, "html"],
    ["tags", text.replaceAll(/"[^"]*"/g, '<span class="hljs-string">$&</span>'), policy, "html"],
    ["line break tags", text.replaceAll("\n", "<br>"), policy, "html"],
    ["escaped quotes", text.replaceAll('"', '\\"'), policy, "escaped"],
    ["a string of JSON", JSON.stringify(text), policy, "escaped"],
    ["continued lines", text.replaceAll("\n", " \\\n"), policy, "escaped"],
    ["a hint after a value", text.replace('my-data/*"', 'my-data/*" <- replace with your bucket'), policy, "hint"],
    ["a hint with quotes", text.replace('my-data/*"', 'my-data/*" (replace "my-data", please)'), policy, "hint"],
    ["a hint before a bracket", text.replace('my-data/*"\n      ]', 'my-data/*" <- your bucket ]'), policy, "hint"],
    ["a line of prose", text.replace('"Resource"', 'Replace my-data with your bucket:\n"Resource"'), policy, "hint"],
    ["a broken action", text.replace("GetObject", "Get\n    Object"), policy, "broken-line"],
    ["a hyphenated action", text.replace("GetObject", "Get-\nObject"), policy, "broken-line"],
    ["a hyphenated name that stands whole elsewhere", text.replace("my-data/*", "my-\ndata/*"), policy, "broken-line"],
    ["a missing bracket of a list", text.replace('/*"\n      ]', '/*"\n'), policy, "json-syntax"],
    ["a missing last brace", text.slice(0, -1), policy, "json-syntax"],
    ["a missing brace of a principal", trustText.replace('backend"\n      },', 'backend",'), trust, "json-syntax"],
    ["a missing brace of a condition", trustText.replace('c3d9"\n        }', 'c3d9"\n'), trust, "json-syntax"],
    ["a missing quote", text.replace('"s3:GetObject"', '"s3:GetObject'), policy, "json-syntax"],
    ["a colon in the quotes", text.replace('"Action":', '"Action:"'), policy, "json-syntax"],
    ["a code fence", `\`\`\`json\n${text}\n\`\`\``, policy, "json-syntax"],
  ];
  for (const [name, damaged, expected, kind] of damages) {
    it(`mends ${name}`, () => {
      const { text: mended, repairs, unread } = repairJson(damaged);
      assert.equal(unread, undefined);
      assert.deepEqual(JSON.parse(mended), expected);
      assert.ok(
        repairs.some((repair) => repair.kind === kind),
        `a repair of kind ${kind}: ${JSON.stringify(repairs)}`,
      );
      assert.equal(applyRepairs(damaged, repairs), mended);
    });
  }

  const doubtful: readonly (readonly [string, string])[] = [
    ["lost its end", trustText.slice(0, trustText.indexOf("Condition") - 10)],
    ["lost its statements' end", text.slice(0, text.lastIndexOf("]"))],
    ["was cut in a word", text.slice(0, text.indexOf("ListBucket") + 3)],
    ["has a hyphen at a break that nothing explains", text.replaceAll("my-data", "my-\ndata")],
    ["has one key twice", text.replace('"Resource"', '"Action": "s3:PutObject", "Resource"')],
    ["has a comment that swallowed the rest", text.replaceAll("\n", " ").replace('GetObject",', 'GetObject", // read')],
    ["has a key without a value", text.replace('"Effect": "Allow",', '"Effect": ,')],
    ["is no document", "Replace BUCKET_NAME with the name of your bucket."],
    ["is a value", '"text"'],
    ["is empty", ""],
  ];
  for (const [name, damaged] of doubtful) {
    it(`leaves unread what ${name}`, () => {
      const result = repairJson(damaged);
      assert.ok(result.unread !== undefined && result.unread.length > 10, JSON.stringify(result));
      assert.equal(result.text, damaged);
      assert.deepEqual(result.repairs, []);
    });
  }

  it("keeps placeholders that look like tags, and reads those that were escaped", () => {
    const { text: kept } = repairJson(text.replaceAll("my-data", "<bucket>"));
    assert.match(kept, /"arn:aws:s3:::<bucket>\/\*"/);
    const { text: read } = repairJson(text.replaceAll("my-data", "&lt;code&gt;"));
    assert.match(read, /"arn:aws:s3:::<code>\/\*"/);
  });

  it("tells every change of any damaged text: the repairs, made on it, give the result", () => {
    const pieces = fc.constantFrom(
      ..."{}[]:,\"'”…\\\n \u00a0&<>/#",
      "...",
      "// x\n",
      "/*",
      "&quot;",
      "<b>",
      "</b>",
      '\\"',
      " <- hint here",
      "-\n",
      "7 ",
    );
    const edits = fc.array(fc.tuple(fc.nat(trustText.length), fc.nat(3), pieces), { maxLength: 8 });
    fc.assert(
      fc.property(edits, (made) => {
        let damaged = trustText;
        for (const [at, cut, piece] of made) damaged = damaged.slice(0, at) + piece + damaged.slice(at + cut);
        const { text: mended, repairs, unread, guess } = repairJson(damaged);
        assert.equal(applyRepairs(damaged, repairs), mended);
        if (guess !== undefined) assert.equal(applyRepairs(damaged, guess.repairs), guess.text);
        if (unread === undefined) JSON.parse(mended);
      }),
      { numRuns: 1000 },
    );
  });

  // What looks at each pair of places would take minutes.
  for (const piece of [" ", "\n", "!["]) {
    it(`comes to an end for nothing but ${JSON.stringify(piece)}`, () => {
      assert.notEqual(repairJson(piece.repeat(200_000 / piece.length)).unread, undefined);
    });
  }
});

function numbered(lines: string, show: (number: number, line: string) => string): string {
  return lines
    .split("\n")
    .map((line, index) => show(index + 1, line))
    .join("\n");
}
