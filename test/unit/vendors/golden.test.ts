import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { goldenCases } from "./goldenCases";
import { sampleRequests } from "./sampleRequests";

const golden = join(__dirname, "../../fixtures/golden");
const samples = join(__dirname, "../../fixtures/vendorDocuments");
const files = { permissions: "permissions-policy.json", trust: "trust-policy.json", cors: "cors-rules.json" } as const;

describe("documents of the vendors", () => {
  for (const [vendor, cases] of Object.entries(goldenCases)) {
    for (const [name, request] of Object.entries(cases)) {
      for (const document of ["permissions", "trust", "cors"] as const) {
        it(`${vendor}, ${name}: ${document} is the golden file`, () => {
          const definition = findVendor(vendor);
          assert.ok(definition);
          const rendered = renderDocuments(definition, request)[document];
          const path = join(golden, vendor, name, files[document]);
          const expected = existsSync(path) ? readFileSync(path, "utf8") : undefined;
          assert.equal(rendered && `${JSON.stringify(rendered, undefined, 2)}\n`, expected);
        });
      }
    }
  }

  for (const definition of catalog) {
    it(`${definition.name}: every choice gives the documents that are written down`, () => {
      const rendered = Object.fromEntries(
        sampleRequests(definition).map(({ name, request }) => [name, renderDocuments(definition, request)]),
      );
      const path = join(samples, `${definition.id}.golden`);
      const text = `${JSON.stringify(rendered, undefined, 2)}\n`;
      // Written anew on purpose only: read the difference before it is committed.
      if (process.env.UPDATE_GOLDEN) writeFileSync(path, text);
      assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), rendered);
    });
  }

  it("has no written-down documents without their vendor", () => {
    assert.deepEqual(readdirSync(samples).sort(), catalog.map(({ id }) => `${id}.golden`).sort());
  });

  it("has no golden folder without its case", () => {
    for (const vendor of readdirSync(golden)) {
      assert.deepEqual(readdirSync(join(golden, vendor)).sort(), Object.keys(goldenCases[vendor] ?? {}).sort());
    }
  });
});
