import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { accountAt } from "./account";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui } from "./harness.mjs";
import { writeJson } from "./integrationFolder";

const account = "210987654321";

describe("other ways through the workbench", () => {
  let ui: Ui | undefined;

  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    await ui?.stop();
    ui = undefined;
  });

  function textOf(name: string, file: string): string {
    return readFileSync(path.join(ui?.folder ?? "", "vendor-access", name, file), "utf8");
  }

  it("makes a new bucket for Dataloop by typing its name, in 7 interactions, and clears the copied secret", async () => {
    ui = await startUi({ settings: { "vendorAccess.clipboard.clearSecretAfter": 1 } });
    const { page, clipboard } = ui;
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Dataloop");
    await ui.pick("Read, write and delete");
    await ui.pick("sandbox");
    await ui.fill("labels-2031", "Pick a bucket");
    await ui.pick("Create the new bucket “labels-2031”");
    assert.match(await ui.notification("Wrote"), /Apply makes the bucket labels-2031/);
    await ui.button("Apply…");
    assert.match(await ui.dialog("Give Dataloop access"), /Create the bucket labels-2031 in us-east-1/);
    await ui.button("Apply");
    assert.ok(ui.interactions() <= 7, `${ui.interactions()} interactions`);
    await ui.notification("Role ARN copied", { timeout: 60_000 });
    const isBlocked = await accountAt(ui.emulator.endpoint).blocksPublicAccess("labels-2031");
    assert.ok(isBlocked, "public access to the new bucket is blocked");

    await (await ui.treeItem("Secret")).click();
    await page.locator(".statusbar", { hasText: "Secret copied; the clipboard is cleared in 1 s" }).waitFor();
    assert.match(await clipboard(), /^[\w/+]{40}$/);
    await eventually("the clipboard is cleared", async () => (await clipboard()) === "");
  });

  it("asks for the MFA code of a profile, and comes back to the list of buckets", async () => {
    ui = await startUi();
    const { page, proxy } = ui;
    const mfa = `arn:aws:iam::${account}:mfa/me`;
    ui.writeAwsFiles({
      config: `[profile sandbox]
region = us-east-1
endpoint_url = ${proxy.endpoint}
[profile production]
role_arn = arn:aws:iam::${account}:role/Admin
source_profile = sandbox
mfa_serial = ${mfa}
endpoint_url = ${proxy.endpoint}
`,
    });
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick("production");
    await ui.type("12345", mfa);
    await page.locator(".quick-input-widget", { hasText: "The code has 6 digits" }).waitFor();
    await ui.type("123456", "MFA code for profile production");
    await ui.pick("training-data");
    await ui.notification("Wrote");
    await ui.button("Apply…");
    assert.match(
      await ui.dialog("Give Activeloop Deep Lake access"),
      /profile production\s+arn:aws:sts::\d+:assumed-role\/Admin/,
    );
    const asked = proxy.calls.filter(({ action }) => action === "AssumeRole");
    assert.equal(asked.length, 1, "the code is asked for once");
  });

  it("asks which folder of a workspace holds the integration", async () => {
    ui = await startUi({ machineSettings: { "vendorAccess.profile": "sandbox" } });
    const second = path.join(ui.folder, "../second");
    const workspace = path.join(ui.folder, "../both.code-workspace");
    mkdirSync(second);
    writeJson(workspace, { folders: [{ path: "workspace" }, { path: "second" }] });
    await ui.open(workspace);
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("second");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick("training-data");
    await ui.notification("Wrote");
    assert.deepEqual(readdirSync(path.join(second, "vendor-access")), ["activeloop-deep-lake-training-data"]);
    assert.ok(!existsSync(path.join(ui.folder, "vendor-access")), "nothing is written into the other folder");
    await ui.treeItem(/training-data.*not applied/);
  });

  it("applies what was made without AWS: the first apply fills the account in, and learns of the bucket's key", async () => {
    // In a browser VS Code saves by itself a second after a change, which on a busy machine is before Apply asks about it.
    ui = await startUi({ settings: { "files.autoSave": "off" } });
    const { page } = ui;
    const name = "dataloop-encrypted-data";
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Dataloop");
    await ui.pick("Read, write and delete");
    await ui.pick("Continue without AWS");
    await ui.type("encrypted-data", "Pick a bucket");
    await ui.notification("Wrote");
    assert.deepEqual(ui.proxy.calls, [], "nothing reached AWS");
    assert.ok(!textOf(name, "trust-policy.json").includes(account), "the account is not known yet");

    await ui.button("Apply…");
    await ui.pick("sandbox");
    // The account is no error any more; that the key's permissions are missing is one, now that the bucket was seen.
    const refusal = await ui.notification("can’t be applied before its errors are repaired");
    assert.match(refusal, /permissions-policy\.json: .*kms:/s);
    assert.doesNotMatch(refusal, /And \d+ more/);
    assert.ok(!textOf(name, "integration.json").includes(account), "nothing is written before the confirmation");
    // A look at the account is of these documents, although they don't name it yet.
    await ui.runCommand("Vendor Access: Refresh");
    await ui.treeItem(/^\s*Role\s*missing/);
    await ui.openFile(`vendor-access/${name}/permissions-policy.json`);
    await page.locator(".squiggly-error").first().waitFor();
    // The problems of all files are counted when the first one is gone to, and not again.
    await page.locator("[id='status.problems']", { hasText: /^\s*2\b/ }).waitFor();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F8");
    await page.locator(".zone-widget", { hasText: "1 of 2 problems" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row", { hasText: "KMS" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "kms:Decrypt" }).waitFor();

    await ui.runCommand("Vendor Access: Apply…");
    await ui.dialog("has unsaved changes");
    await ui.button("Save and Continue");
    await ui.dialog("Give Dataloop access");
    await ui.button("Apply");
    await ui.notification("Role ARN copied", { timeout: 60_000 });
    assert.match(textOf(name, "trust-policy.json"), new RegExp(`arn:aws:iam::${account}:user/`));
    const live = accountAt(ui.emulator.endpoint);
    const role = `VendorAccess-${name}`;
    assert.deepEqual(await live.managedPermissionsOf(role), JSON.parse(textOf(name, "permissions-policy.json")));
    assert.deepEqual(await live.trustOf(role), JSON.parse(textOf(name, "trust-policy.json")));
    await ui.treeItem("in sync");
  });

  it("takes the profile from the machine's settings, never from the workspace's", async () => {
    ui = await startUi();
    const { page } = ui;
    writeJson(path.join(ui.folder, ".vscode/settings.json"), { "vendorAccess.profile": "expired" });
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("JFrog ML");
    await ui.pick("JFrog ML Cloud");
    await ui.pick("Continue without AWS");
    await ui.type("training-data", "Pick a bucket");
    await ui.notification("Wrote");
    const status = page.locator(".statusbar-item", { hasText: "Choose profile" });
    await status.waitFor();

    ui.writeMachineSettings({ "vendorAccess.profile": "sandbox" });
    await page.locator(".statusbar-item", { hasText: "sandbox" }).waitFor();
    await ui.button("Apply…");
    assert.match(await ui.dialog("Give JFrog ML access"), /profile sandbox/);
  });
});
