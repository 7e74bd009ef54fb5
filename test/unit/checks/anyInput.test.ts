import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applyEdits } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext, Finding } from "../../../src/checks/finding";
import { catalog } from "../../../src/vendors/catalog";
import { exampleDefinition, selfTrustingDefinition } from "./documentedExamples";

const fixtures = join(__dirname, "../../fixtures/documents");
const documents = ["vendor-samples", "correct", "../clean-policies"].flatMap((folder) =>
  readdirSync(join(fixtures, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(join(fixtures, folder, name), "utf8")),
);

/** One of each kind: a role by its name, an account with conditions, a user of one's own, one that answers later. */
const someVendors = catalog.filter(({ id }) =>
  ["activeloop-deep-lake", "jfrog-ml", "dataloop", "snowflake"].includes(id),
);

/** Contexts with everything that a check can look at. */
const contexts: readonly CheckContext[] = [
  { vendors: catalog },
  ...[...someVendors, exampleDefinition, selfTrustingDefinition].flatMap((definition) =>
    (["permissions", "trust"] as const).map((documentRole): CheckContext => {
      const manifest = {
        id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
        vendor: definition.id,
        accessLevel: definition.accessLevels[0]?.id ?? "",
        account: "234567890123",
        parameters: { buckets: ["training-data", "labels"] },
        role: { name: "r" },
        documents: { permissions: "p.json", trust: "t.json" },
      };
      const kmsKeyArn = "arn:aws:kms:us-east-1:234567890123:key/0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab";
      const buckets = [{ name: "training-data", exists: true, region: "us-east-1", kmsKeyArn }];
      return { vendors: catalog, integration: { manifest, definition, documentRole }, buckets };
    }),
  ),
];

/** Shown by its number when a property fails, and not in full. */
const anyContext = fc.nat(contexts.length - 1);

function contextAt(index: number): CheckContext {
  return contexts[index] ?? { vendors: catalog };
}

function assertSound(text: string, findings: readonly Finding[]): void {
  for (const { range, fixes, fill, message } of findings) {
    assert.ok(message.endsWith("."), message);
    for (const { offset, length } of [range, ...(fill?.places ?? [])]) {
      assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length, text);
    }
    for (const { edits } of fixes) {
      assert.ok(edits.length > 0);
      const sorted = [...edits].sort((a, b) => a.range.offset - b.range.offset);
      for (const [index, { range: at }] of sorted.entries()) {
        const next = sorted[index + 1]?.range.offset ?? text.length;
        assert.ok(at.offset + at.length <= next, `edits overlap in ${text}`);
      }
      applyEdits(text, edits);
    }
  }
}

describe("checkDocument, for any input", () => {
  it("never throws and stays inside of the text", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        anyContext,
        fc.array(
          fc.tuple(
            fc.nat(5_000),
            fc.nat(12),
            fc.constantFrom(
              "",
              '"',
              "“",
              "[",
              "]",
              "{",
              "}",
              ",",
              ":",
              "\\u0041",
              "\n",
              "\u00a0",
              "null",
              "[]",
              "{}",
              "arn:aws:s3:::",
              "<x>",
              "*",
            ),
          ),
          { maxLength: 5 },
        ),
        (document, context, mutations) => {
          let text = document;
          for (const [at, removed, added] of mutations) {
            const position = at % (text.length + 1);
            text = text.slice(0, position) + added + text.slice(position + removed);
          }
          assertSound(text, checkDocument(text, contextAt(context)));
        },
      ),
      { numRuns: 4_000 },
    );
  });

  it("reports the same place for the same reason once", () => {
    for (const text of documents) {
      for (const context of contexts) {
        const keys = checkDocument(text, context).map(({ check, range }) => `${check} ${range.offset} ${range.length}`);
        assert.deepEqual(keys, [...new Set(keys)]);
      }
    }
  });

  it("reports one place for one reason, whatever the check", () => {
    for (const text of documents) {
      for (const context of contexts) {
        const places = new Map<string, string>();
        for (const { check, range } of checkDocument(text, context)) {
          const place = `${range.offset} ${range.length}`;
          assert.equal(places.get(place) ?? check, check, `at ${place} of ${text}`);
          places.set(place, check);
        }
      }
    }
  });

  it("reads values of any type in any element", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "Effect",
          "Principal",
          "Action",
          "Resource",
          "Condition",
          "Sid",
          "NotAction",
          "NotPrincipal",
          "NotResource",
          "Version",
          "AWS",
          "StringEquals",
          "Fn::If",
          "effects",
        ),
        fc.jsonValue({ maxDepth: 3 }),
        anyContext,
        (element, value, context) => {
          const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", [element]: value };
          const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement, value] });
          assertSound(text, checkDocument(text, contextAt(context)));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  for (const [what, text] of [
    ["deep nesting", `{"Version": "2012-10-17", "Statement": ${"[".repeat(100_000)}`],
    [
      "deep nesting of values",
      `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ${'{"a":'.repeat(50_000)}`,
    ],
    [
      "many placeholders",
      `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": ["${"<a".repeat(50_000)}"]}]}`,
    ],
    [
      "a long name in capitals",
      `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "${"A_".repeat(50_000)}"}]}`,
    ],
    [
      "a long pattern",
      `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:${"*a".repeat(2_000)}", "Resource": "arn:aws:s3:::${"*a".repeat(2_000)}"}]}`,
    ],
  ] as const) {
    it(`is quick about ${what}`, () => {
      for (const context of contexts) checkDocument(text, context);
    });
  }
});
