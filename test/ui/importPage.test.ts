import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui } from "./harness.mjs";

const screenshots = process.env.SCREENSHOTS;
const pages = path.join(__dirname, "../fixtures/pages");

describe("importing a vendor's page", () => {
  const workspace = temporaryFolder("va-import-");
  let ui: Ui;
  before(async () => {
    for (const name of ["jfrog-ml.txt", "activeloop-v3.1.5.txt", "kestrel.md"]) {
      cpSync(path.join(pages, name), path.join(workspace, name));
    }
    ui = await startUi({ workspace, settings: { "workbench.colorTheme": "Default Dark Modern" } });
  });
  afterEach(function () {
    return saveFailure(ui, this.currentTest);
  });
  after(async () => {
    await ui?.stop();
    removeTemporaryFolder(workspace);
  });

  async function importFrom(file: string): Promise<FrameLocator> {
    await ui.openFile(file);
    await ui.runCommand("Vendor Access: Import Vendor Page…");
    await ui.pick("The open editor");
    const frame = ui.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await frame.locator("#create").waitFor();
    return frame;
  }

  it("shows each document with its repairs and placeholders, and writes the integration", async () => {
    const frame = await importFrom("jfrog-ml.txt");
    await frame.getByText("This is JFrog ML's page, updated 2 months ago. 2 documents found.").waitFor();
    const account = frame.getByLabel("JFrog ML's account");
    await account.waitFor();
    assert.equal(await account.inputValue(), "377488441568", "the page's own sentence gives the account");
    await frame.getByText("use 377488441568 as the").waitFor();

    await frame.locator("#create").click();
    await frame.getByText("A value is missing.").waitFor();
    await frame.getByLabel("Buckets").fill("Training_Data");
    await frame.getByText("A bucket name has only lower-case letters").waitFor();
    await frame.getByLabel("Buckets").fill("training-data");
    await frame.getByPlaceholder("jfrog-ml-training-data").waitFor();
    if (screenshots) await ui.screenshot("import-page", screenshots);
    await frame.locator("#create").click();

    await ui.notification("Wrote vendor-access/jfrog-ml-training-data for JFrog ML from its page");
    const folder = path.join(ui.folder, "vendor-access/jfrog-ml-training-data");
    const trust = readFileSync(path.join(folder, "trust-policy.json"), "utf8");
    assert.match(trust, /arn:aws:iam::377488441568:root/);
    await ui.treeItem("training-data");
  });

  it("says that a page is older than the catalog, and compares a document with what it was", async () => {
    const frame = await importFrom("activeloop-v3.1.5.txt");
    await frame.getByText("It is older than the catalog: Activeloop Deep Lake no longer names").waitFor();
    if (screenshots) {
      await frame.locator("#document-3").scrollIntoViewIfNeeded();
      await ui.screenshot("import-page-older", screenshots);
    }
    await frame.getByRole("button", { name: "Compare" }).click();
    await ui.page.locator(".tab.active", { hasText: "as on the page ↔ repaired" }).waitFor();
    await ui.runCommand("View: Close All Editors");
  });

  it("opens the documents by themselves, filled in as far as somebody did", async () => {
    const frame = await importFrom("kestrel.md");
    await frame.getByLabel("Buckets").fill("images");
    await frame.getByPlaceholder("new-vendor").waitFor();
    await frame.getByRole("button", { name: "Open Documents" }).click();
    await ui.page.locator(".tab", { hasText: "Untitled-2" }).waitFor();
    await ui.page.locator(".tab", { hasText: "Untitled-1" }).click();
    await ui.page.locator(".editor-instance .view-lines", { hasText: "arn:aws:s3:::images/*" }).waitFor();
    await ui.runCommand("View: Revert and Close Editor");
    await ui.runCommand("View: Revert and Close Editor");
    await ui.runCommand("View: Close All Editors");
  });

  it("makes a definition of a new vendor's page", async () => {
    const frame = await importFrom("kestrel.md");
    await frame.getByText("is of no vendor of the catalog").waitFor();
    const vendorName = frame.getByLabel("Name of the new vendor");
    await vendorName.fill("JFrog ML");
    const taken = frame.locator("[data-problem='name']", {
      hasText: "There is JFrog ML already: choose another name.",
    });
    await taken.waitFor();
    await vendorName.fill("Kestrel Labeling");
    await taken.waitFor({ state: "hidden" });
    await frame.getByLabel("Buckets").fill("images");
    await frame.getByLabel("External ID").fill("kestrel-4711");
    await frame.getByText("The definition goes to .vendor-access/vendors/kestrel-labeling.json.").waitFor();
    await frame.getByText("Its end is missing, and with it perhaps conditions or statements.").waitFor();
    if (screenshots) await ui.screenshot("import-page-new-vendor", screenshots);
    await frame.getByRole("button", { name: "Create Integration and Definition" }).click();
    await ui.notification("for Kestrel Labeling from its page");
    const definition = path.join(ui.folder, ".vendor-access/vendors/kestrel-labeling.json");
    await eventually("the definition is written", () => existsSync(definition));
    const made = readdirSync(path.join(ui.folder, "vendor-access"));
    assert.ok(made.includes("kestrel-labeling-images"), made.join());
    await ui.runCommand("Vendor Access: Open the Vendor’s Page");
    await ui.notification("does not say yet where its values are entered");
  });

  it("asks which folder of a workspace gets the integration, and which the definition of a new vendor", async () => {
    const second = path.join(ui.folder, "../second");
    const both = path.join(ui.folder, "../both.code-workspace");
    mkdirSync(second, { recursive: true });
    writeFileSync(both, JSON.stringify({ folders: [{ path: "workspace" }, { path: "second" }] }));
    await ui.open(both);
    const kestrel = readFileSync(path.join(pages, "kestrel.md"), "utf8");
    writeFileSync(path.join(second, "heron.md"), kestrel.replaceAll("418273645091", "518273645092"));
    const frame = await importFrom("jfrog-ml.txt");
    await frame.getByLabel("Buckets").fill("raw-data");
    await frame.getByPlaceholder("jfrog-ml-raw-data").waitFor();
    await frame.locator("#create").click();
    await ui.pick("second");
    await ui.notification("Wrote vendor-access/jfrog-ml-raw-data for JFrog ML from its page");
    assert.deepEqual(readdirSync(path.join(second, "vendor-access")), ["jfrog-ml-raw-data"]);
    assert.ok(
      !existsSync(path.join(ui.folder, "vendor-access/jfrog-ml-raw-data")),
      "the other folder has nothing of it",
    );

    const other = await importFrom("heron.md");
    await other.getByLabel("Name of the new vendor").fill("Heron");
    await other.getByRole("button", { name: "Write Vendor Definition Only" }).click();
    await ui.pick("second");
    const definition = path.join(second, ".vendor-access/vendors/heron.json");
    await eventually("the definition is written", () => existsSync(definition));
  });
});
