import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { goldenCases } from "./goldenCases";

const golden = join(__dirname, "../../fixtures/golden");
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

  it("covers every vendor and every access level", () => {
    for (const { id, accessLevels } of catalog) {
      const covered = new Set(Object.values(goldenCases[id] ?? {}).map(({ accessLevel }) => accessLevel));
      assert.deepEqual([...covered].sort(), accessLevels.map((level) => level.id).sort(), id);
    }
  });

  it("has no golden folder without its case", () => {
    for (const vendor of readdirSync(golden)) {
      assert.deepEqual(readdirSync(join(golden, vendor)).sort(), Object.keys(goldenCases[vendor] ?? {}).sort());
    }
  });
});
