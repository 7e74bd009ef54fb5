import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";

const fixtures = join(__dirname, "../../fixtures/documents");
const context = { vendors: catalog };

/** `line:column check text`, as in the .findings files; no-break spaces and blanks of a range are made visible. */
function found(text: string): string {
  return checkDocument(text, context)
    .map(({ check, range }) => {
      const before = text.slice(0, range.offset).split("\n");
      const marked = text.slice(range.offset, range.offset + range.length);
      const shown = marked.includes("\u00a0") ? marked.replaceAll("\u00a0", "␣").replaceAll(" ", "·") : marked;
      return `${before.length}:${(before.at(-1) ?? "").length + 1} ${check} ${shown}\n`;
    })
    .join("");
}

describe("the defects of vendors’ samples", () => {
  const folder = join(fixtures, "vendor-samples");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    it(`are found at their places, once: ${file}`, () => {
      const text = readFileSync(join(folder, file), "utf8");
      assert.equal(found(text), readFileSync(join(folder, file.replace(/\.json$/, ".findings")), "utf8"));
    });

    it(`leave JSON behind when they are fixed: ${file}`, () => {
      const { text } = applySafeFixes(readFileSync(join(folder, file), "utf8"), (current) =>
        checkDocument(current, context),
      );
      assert.doesNotThrow(() => JSON.parse(text));
      assert.ok(checkDocument(text, context).every(({ fixes }) => fixes.every(({ safe }) => !safe)));
    });
  }
});

describe("correct documents", () => {
  const folder = join(fixtures, "correct");
  const files = readdirSync(folder);

  it("are many", () => {
    assert.ok(files.length >= 25);
  });

  for (const file of files) {
    it(`have no finding: ${file}`, () => {
      assert.equal(found(readFileSync(join(folder, file), "utf8")), "");
    });
  }

  for (const definition of catalog) {
    for (const { id: accessLevel } of definition.accessLevels) {
      it(`have no finding as they are made for ${definition.id}, ${accessLevel}`, () => {
        const manifest = {
          id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
          vendor: definition.id,
          accessLevel,
          account: "234567890123",
          region: "eu-west-1",
          parameters: { buckets: ["training-data"] },
          role: { name: "vendor-access-test" },
          documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
        };
        const rendered = renderDocuments(definition, manifest);
        for (const documentRole of ["permissions", "trust"] as const) {
          const text = JSON.stringify(rendered[documentRole], null, 2);
          assert.deepEqual(checkDocument(text, context), []);
          assert.deepEqual(
            checkDocument(text, { ...context, integration: { manifest, definition, documentRole } }),
            [],
          );
        }
      });
    }
  }
});
