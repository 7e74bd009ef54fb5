import assert from "node:assert/strict";
import { makeFolder, readFiles, removeFolder, runIn } from "./testContext";

const words = ["new", "materialize", "--set", "bucket=exports-2026", "--set", "prefix=daily", "--name", "exports"];
const answer = "mz_4f0a9c2b-e617-4d21-8a3b-1c2d3e4f5a6b_u12";

describe("vendor-access complete", () => {
  let folder: string;
  beforeEach(async () => {
    folder = makeFolder();
    const { code, messages } = await runIn(folder, words);
    assert.equal(code, 0, messages);
    assert.match(messages, /vendor-access complete vendor-access.exports/);
  });
  afterEach(() => removeFolder(folder));

  it("says what to do at the vendor and what is missing, and changes nothing", async () => {
    const before = readFiles(folder);
    const { code, messages, output } = await runIn(folder, ["complete", "vendor-access/exports"]);
    assert.deepEqual([code, output], [1, ""]);
    assert.match(messages, /1\. Create the connection: CREATE CONNECTION [\s\S]*--set externalId=…/);
    assert.deepEqual(readFiles(folder), before);
  });

  it("writes what the vendor shows into the manifest and the trust policy", async () => {
    const { code, output } = await runIn(folder, [
      "complete",
      "vendor-access/exports",
      "--set",
      `externalId=${answer}`,
      "--json",
    ]);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(output), {
      complete: true,
      files: ["vendor-access/exports/integration.json", "vendor-access/exports/trust-policy.json"],
      missing: [],
    });
    assert.match(readFiles(folder)["vendor-access/exports/trust-policy.json"] ?? "", new RegExp(answer));
    const again = await runIn(folder, ["complete", "vendor-access/exports"]);
    assert.deepEqual([again.code, again.output], [0, ""]);
  });

  for (const [settings, message] of [
    [["--set", "externalId=PENDING"], /must be mz_, a UUID, _u and a number/],
    [["--set", "bucket=other-bucket"], /is not what Materialize shows. It shows: externalId/],
  ] as const) {
    it(`refuses ${settings.join(" ")}`, async () => {
      const before = readFiles(folder);
      const { code, messages } = await runIn(folder, ["complete", "vendor-access/exports", ...settings]);
      assert.equal(code, 2);
      assert.match(messages, message);
      assert.deepEqual(readFiles(folder), before);
    });
  }

  it("refuses a vendor that has no second phase", async () => {
    await runIn(folder, ["new", "jfrog-ml", "--set", "bucket=features-2026", "--name", "jfrog"]);
    const { code, messages } = await runIn(folder, ["complete", "vendor-access/jfrog"]);
    assert.equal(code, 2);
    assert.match(messages, /nothing to complete/);
  });
});
