import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fakeAccount, step } from "./fakeAccount";
import { makeFolder, parsed, readFiles, removeFolder, runIn, writeFiles } from "./testContext";

const example = readFileSync(join(__dirname, "../../fixtures/vendors/example-vendor.json"), "utf8");
const setting = ["--set", "bucket=training-data", "--set", "externalId=ext-0123456789ab"];

describe("--vendors DIR before the command", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  it("adds the vendors that the files define, marked as such", async () => {
    writeFiles(folder, { "own/example.json": example, "own/notes.txt": "no definition" });
    const { code, output } = await runIn(folder, ["--vendors", "own", "vendors", "--json"]);
    assert.equal(code, 0);
    const vendors: { id: string; name: string }[] = JSON.parse(output);
    assert.equal(vendors.at(-1)?.name, "Example Vendor (workspace definition)");
  });

  it("makes, checks and explains their integrations", async () => {
    writeFiles(folder, { "own/example.json": example });
    const made = await runIn(folder, ["--vendors=own", "new", "example-vendor", ...setting, "--name", "acme"]);
    assert.equal(made.code, 0, made.messages);
    assert.match(made.messages, /Example Vendor \(workspace definition\)/);
    assert.match(readFiles(folder)["vendor-access/acme/trust-policy.json"] ?? "", /ext-0123456789ab/);
    const checked = await runIn(folder, ["--vendors", "own", "check", "vendor-access"]);
    assert.equal(checked.code, 0, checked.output + checked.messages);
    const without = await runIn(folder, ["check", "vendor-access"]);
    assert.equal(without.code, 1);
    assert.match(without.output, /manifest-vendor-unknown/);
  });

  it("plans, applies and verifies their integrations", async () => {
    writeFiles(folder, { "own/example.json": example });
    await runIn(folder, ["--vendors", "own", "new", "example-vendor", ...setting, "--name", "acme"]);
    for (const [command, code, status] of [
      [["plan"], 1, "changes"],
      [["apply", "--yes"], 0, "applied"],
      [["verify"], 0, "in-sync"],
    ] as const) {
      const { loadAccount } = fakeAccount({ applySteps: [step("create", "vendor-role")] });
      const words = ["--vendors", "own", ...command, "vendor-access/acme", "--json"];
      const outcome = await runIn(folder, words, { loadAccount });
      assert.equal(outcome.code, code, outcome.messages);
      assert.equal(parsed(outcome).status, status);
    }
    const without = await runIn(folder, ["plan", "vendor-access/acme"]);
    assert.equal(without.code, 2);
    assert.match(without.messages, /There is no vendor "example-vendor"(.|\n)*vendor-access --vendors DIR/);
  });

  it("refuses a definition that takes an official vendor's place, with the reason", async () => {
    writeFiles(folder, { "own/fake.json": example.replace('"id": "example-vendor"', '"id": "datadog"') });
    const { code, messages, output } = await runIn(folder, ["--vendors", "own", "vendors"]);
    assert.deepEqual([code, output], [2, ""]);
    assert.match(messages, /own.fake\.json: The id datadog is that of Datadog in the catalog/);
  });

  for (const [words, message] of [
    [["--vendors"], /--vendors needs a folder/],
    [["--vendors", "nowhere", "vendors"], /There is no folder nowhere/],
  ] as const) {
    it(`is refused as ${words.join(" ")}`, async () => {
      const { code, messages } = await runIn(folder, words);
      assert.equal(code, 2);
      assert.match(messages, message);
    });
  }
});
