import assert from "node:assert/strict";
import { join } from "node:path";
import { staleFiles } from "../../generate";

describe("generated files", () => {
  it("are what the catalog and the schemas say now (else: npm run generate)", () => {
    assert.deepEqual(staleFiles(join(__dirname, "../..")), []);
  });

  it("are stale where they are missing", () => {
    assert.ok(staleFiles(join(__dirname, "no-such-folder")).includes("snippets/vendor-access.code-snippets"));
  });
});
