import assert from "node:assert/strict";
import { join } from "node:path";
import { staleFiles } from "../../generate";

describe("generated files", () => {
  it("are what the catalog and the schemas say now (else: npm run generate)", async () => {
    assert.deepEqual(await staleFiles(join(__dirname, "../..")), []);
  });

  it("are stale where they are missing", async () => {
    const stale = await staleFiles(join(__dirname, "no-such-folder"));
    assert.ok(stale.includes("snippets/vendor-access.code-snippets"), stale.join(", "));
  });
});
