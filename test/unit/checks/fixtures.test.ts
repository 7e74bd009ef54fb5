import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { checkManifest } from "../../../src/checks/checkManifest";
import type { CheckContext } from "../../../src/checks/finding";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";
import type { DocumentRole } from "../../../src/vendors/manifest";
import { pendingParameters } from "../../../src/vendors/parameters";
import { renderDocuments } from "../../../src/vendors/render";
import { allSamples, manifestOf, textOf } from "../vendors/sampleRequests";

const fixtures = join(__dirname, "../../fixtures/documents");
let context: CheckContext = { vendors: catalog };
before(async () => {
  context = { vendors: catalog, reference: await loadServiceReference() };
});

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
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

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

  for (const sample of allSamples) {
    const { definition, name, request } = sample;
    it(`have no finding as they are made for ${definition.id}, ${name}`, () => {
      const manifest = manifestOf(sample);
      for (const [role, document] of Object.entries(renderDocuments(definition, request))) {
        const documentRole = role as DocumentRole; // a rendered document's name is its role
        const text = textOf(document);
        assert.deepEqual(checkDocument(text, context), []);
        const integration = { manifest, definition, documentRole };
        assert.deepEqual(checkDocument(text, { ...context, integration }), []);
        assert.deepEqual(checkDocument(text, { ...context, reference, integration }), []);
      }
      const { findings } = checkManifest(JSON.stringify(manifest), { vendors: catalog, fileExists: () => true });
      const pending = pendingParameters(definition, request);
      assert.deepEqual(
        findings.filter(({ check }) => pending.length === 0 || check !== "manifest-incomplete"),
        [],
      );
    });
  }
});
