import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { accountAt } from "./account";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui } from "./harness.mjs";

/** `UPDATE_SCREENSHOTS=1 npm test -- ui` renews the pictures of the README. */
const pictures = process.env.UPDATE_SCREENSHOTS ? "media" : ".cache/screenshots";
const account = "210987654321";

describe("the whole story in the workbench", () => {
  let ui: Ui | undefined;

  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    await ui?.stop();
    ui = undefined;
  });

  function document(name: string, file: string): { readonly [key: string]: unknown } {
    return JSON.parse(readFileSync(path.join(ui?.folder ?? "", "vendor-access", name, file), "utf8"));
  }

  it("gives Activeloop Deep Lake an encrypted bucket, from F1 to the role ARN on the clipboard", async () => {
    ui = await startUi({ settings: { "workbench.colorTheme": "Default Light Modern" } });
    const { page } = ui;
    const name = "activeloop-deep-lake-encrypted-data";
    const role = `VendorAccess-${name}`;

    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick("sandbox");
    await page.locator(".quick-input-widget .monaco-list-row", { hasText: "encrypted-data" }).first().waitFor();
    await ui.screenshot("new-integration", pictures);
    await ui.pick("encrypted-data");
    assert.match(await ui.notification("Wrote"), /encrypted with a customer-managed key: found and added/);
    assert.deepEqual(document(name, "integration.json").parameters, {
      buckets: ["encrypted-data"],
      kmsKeyArn: ui.kmsKeyArn,
    });

    await ui.runCommand("Notifications: Clear All Notifications");
    const item = await ui.treeItem("encrypted-data");
    await item.hover();
    await item.locator(".action-label[aria-label^='Apply']").click();
    const question = await ui.dialog("Give Activeloop Deep Lake access");
    for (const part of [
      account,
      "sandbox",
      "activeloop_backend of account 597713067985",
      "encrypted-data",
      "3 steps",
    ]) {
      assert.ok(question.includes(part), `the confirmation names ${part}`);
    }
    await ui.screenshot("confirmation", pictures);
    assert.ok(!(await accountAt(ui.emulator.endpoint).roles()).includes(role), "nothing is written before the answer");
    await ui.button("Apply");
    // ▶ was pressed past the harness; clearing the notifications was for the picture.
    assert.ok(ui.interactions() <= 7, `${ui.interactions()} interactions`);

    await ui.notification("Role ARN copied", { timeout: 60_000 });
    const arn = `arn:aws:iam::${account}:role/${role}`;
    assert.equal(await ui.clipboard(), arn);
    await page.locator(".notification-toast", { hasText: "Applying" }).waitFor({ state: "detached" });
    await ui.screenshot("hand-back", pictures);
    const live = accountAt(ui.emulator.endpoint);
    assert.deepEqual(await live.trustOf(role), document(name, "trust-policy.json"));
    assert.deepEqual(await live.managedPermissionsOf(role), document(name, "permissions-policy.json"));

    await ui.treeItem("in sync");
    await page.keyboard.press("Escape");
    await ui.runCommand("Notifications: Clear All Notifications");
    await ui.screenshot("in-sync", pictures);
  });

  it("shows a finding where the document is broken, and repairs it with the quick fix", async () => {
    ui = await startUi({ settings: { "workbench.colorTheme": "Default Light Modern" } });
    const { page } = ui;
    const file = path.join(ui.folder, "vendor-access/activeloop-deep-lake-training-data/trust-policy.json");
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick("sandbox");
    await ui.pick("training-data");
    await ui.notification("Wrote");
    await ui.runCommand("Notifications: Clear All Notifications");
    const before = readFileSync(file, "utf8");

    await ui.openFile("vendor-access/activeloop-deep-lake-training-data/trust-policy.json");
    await page.locator(".monaco-editor .view-line").first().click();
    await page.keyboard.press("Control+H");
    const find = page.locator(".find-widget");
    await find.locator("textarea[aria-label='Find']").fill("597713067985");
    await find.locator("textarea[aria-label='Replace']").fill("574987031486");
    await page.keyboard.press("Control+Alt+Enter");
    await page.keyboard.press("Escape");
    const squiggle = page.locator(".squiggly-error").first();
    await squiggle.waitFor();
    await ui.treeItem("1 error");

    await page.locator(".view-line span", { hasText: "574987031486" }).last().hover();
    await page.locator(".monaco-hover", { hasText: "principal-retired" }).first().waitFor();
    await ui.screenshot("finding", pictures);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F8");
    await page.locator(".zone-widget", { hasText: "1 of 1 problem" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row", { hasText: "597713067985" }).first().waitFor();
    await page.keyboard.press("Enter");
    await squiggle.waitFor({ state: "detached" });
    await page.keyboard.press("Control+S");
    await eventually("the repaired document is saved", () => readFileSync(file, "utf8") === before);
  });

  it("gives JFrog ML Cloud a plain bucket, in the dark theme", async () => {
    ui = await startUi({ settings: { "workbench.colorTheme": "Default Dark Modern" } });
    const name = "jfrog-ml-training-data";
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("JFrog ML");
    await ui.pick("JFrog ML Cloud");
    await ui.pick("sandbox");
    await ui.pick("training-data");
    await ui.notification("Wrote");
    await ui.button("Apply…");
    assert.match(await ui.dialog("Give JFrog ML access"), /qwak-eks-base\* of account 377488441568/);
    await ui.button("Apply");
    assert.ok(ui.interactions() <= 7, `${ui.interactions()} interactions`);
    await ui.notification("Role ARN copied", { timeout: 60_000 });
    assert.equal(await ui.clipboard(), `arn:aws:iam::${account}:role/qwak-access-role`);
    const live = accountAt(ui.emulator.endpoint);
    assert.deepEqual(await live.trustOf("qwak-access-role"), document(name, "trust-policy.json"));
    assert.deepEqual(
      await live.inlinePermissionsOf("qwak-access-role", "qwak-access-role"),
      document(name, "permissions-policy.json"),
    );
    await ui.treeItem("in sync");
  });

  it("gives Dataloop a new bucket with a user and a key, whose secret is copied only on request, and takes all away", async () => {
    ui = await startUi();
    const { page } = ui;
    const name = "dataloop-labels-for-dataloop";
    const role = `VendorAccess-${name}`;
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Dataloop");
    await ui.pick("Read, write and delete");
    await ui.pick("sandbox");
    await page.locator(".quick-input-widget .monaco-list-row", { hasText: "encrypted-data" }).first().waitFor();
    await ui.fill("labels-for-dataloop");
    await ui.pick("Create the new bucket “labels-for-dataloop”");
    await ui.notification("Wrote");
    await ui.button("Apply…");
    await ui.dialog("Give Dataloop access");
    await ui.button("Apply");
    assert.ok(ui.interactions() <= 7, `${ui.interactions()} interactions`);
    await ui.notification("Role ARN copied", { timeout: 60_000 });
    assert.equal(await ui.clipboard(), `arn:aws:iam::${account}:role/${role}`);
    const live = accountAt(ui.emulator.endpoint);
    assert.equal(await live.userArn(role), `arn:aws:iam::${account}:user/${role}`);
    assert.deepEqual(await live.trustOf(role), document(name, "trust-policy.json"));
    assert.ok(await live.blocksPublicAccess("labels-for-dataloop"));

    await (await ui.treeItem("Secret")).click();
    await page.locator(".statusbar", { hasText: "Secret copied" }).waitFor();
    const secret = await ui.clipboard();
    assert.match(secret, /^[\w/+]{40}$/);
    assert.ok(!(await page.locator("body").innerText()).includes(secret), "the secret is not on the screen");
    const files = ["integration.json", "permissions-policy.json", "trust-policy.json"];
    for (const file of files) assert.ok(!JSON.stringify(document(name, file)).includes(secret));

    await ui.runCommand("Vendor Access: Remove Access…");
    assert.match(await ui.dialog("Take Dataloop’s access away"), /labels-for-dataloop/);
    await ui.button("Remove");
    await ui.notification("access is gone", { timeout: 60_000 });
    await ui.treeItem(/labels-for-dataloop.*not applied/);
    assert.ok(!(await live.roles()).includes(role));
    assert.ok(await live.blocksPublicAccess("labels-for-dataloop"), "the bucket stays");
    assert.ok(existsSync(path.join(ui.folder, "vendor-access", name, "integration.json")), "the documents stay");
  });
});
