import assert from "node:assert/strict";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { catalog } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import { type DocumentRole, documentTitles } from "../../../src/vendors/manifest";
import { renderDocuments } from "../../../src/vendors/render";
import { allSamples, manifestOf, textOf } from "./sampleRequests";

const newAccount = "246813579024";

/** The one edit that a vendor's page asks for: its principal is retired, and another one is current. */
function withNewPrincipal(definition: VendorDefinition): VendorDefinition {
  const current = definition.principals.filter(({ status }) => status === "current");
  return {
    ...definition,
    principals: [
      ...current.map((one) => ({ ...one, value: one.value.replace(/::\d{12}:/, `::${newAccount}:`) })),
      ...definition.principals.map((one) => ({ ...one, status: "retired" as const })),
    ],
  };
}

describe("a vendor's changed principal is one edit of one file", () => {
  for (const sample of allSamples) {
    const { definition, name, request } = sample;
    for (const [role, document] of Object.entries(renderDocuments(definition, request))) {
      const documentRole = role as DocumentRole; // a rendered document's name is its role
      const text = textOf(document);
      const named = definition.principals.some(
        ({ value, status }) => status === "current" && text.includes(`"${value}"`),
      );
      if (!named) continue;
      it(`${definition.name}, ${name}: its ${documentTitles[documentRole]} shows principal-retired, and the fix writes what is made now`, () => {
        const changed = withNewPrincipal(definition);
        const vendors = catalog.map((each) => (each === definition ? changed : each));
        const context = { vendors, integration: { manifest: manifestOf(sample), definition: changed, documentRole } };
        const found = checkDocument(text, context).map(({ check }) => check);
        assert.ok(found.includes("principal-retired"), found.join());
        const { text: repaired } = applySafeFixes(text, (now) => checkDocument(now, context));
        assert.deepEqual(checkDocument(repaired, context), []);
        assert.match(repaired, new RegExp(newAccount));
      });
    }
  }
});
