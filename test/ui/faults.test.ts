import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { accountAt } from "./account";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui, type UiOptions } from "./harness.mjs";
import { writeIntegration, writeJson } from "./integrationFolder";

/**
 * The tests of one workbench, one after the other; each leaves a clear screen.
 *
 * @param names of integrations that are there before it starts: what is made later, its file watcher can miss
 */
function inOneWorkbench(options: UiOptions, names: readonly string[]): () => Ui {
  const workspace = temporaryFolder("va-faults-");
  let ui: Ui | undefined;
  const current = (): Ui => {
    assert.ok(ui, "the workbench has started");
    return ui;
  };
  before(async () => {
    for (const name of names) await writeIntegration(workspace, name);
    ui = await startUi({ ...options, workspace });
    await ui.page.locator(".activitybar .action-label[aria-label^='Vendor Access']").click();
  });
  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    const { page, proxy, runCommand } = current();
    proxy.clear();
    for (let open = 0; open < 3; open++) await page.keyboard.press("Escape");
    await runCommand("Notifications: Clear All Notifications");
  });
  after(async () => {
    await ui?.stop();
    ui = undefined;
    removeTemporaryFolder(workspace);
  });
  return current;
}

/** Presses the ▶ of an integration. */
async function apply({ treeItem }: Ui, name: string): Promise<void> {
  const item = await treeItem(new RegExp(`^\\s*${name}`));
  await item.hover();
  await item.locator(".action-label[aria-label^='Apply']").click();
}

/** Waits for a message, and for it to be the only one: a fault is told once. @returns its text */
async function onlyMessage({ page, notification }: Ui, text: string | RegExp): Promise<string> {
  const message = await notification(text, { timeout: 60_000 });
  await page.locator(".notification-toast").nth(1).waitFor({ state: "detached" });
  return message;
}

function integrationsIn({ folder }: Ui): readonly string[] {
  const integrations = path.join(folder, "vendor-access");
  return existsSync(integrations) ? readdirSync(integrations) : [];
}

function writesOf({ proxy }: Ui): readonly string[] {
  return proxy.calls
    .map(({ action }) => action)
    .filter((action) => /^(Create|Put|Attach|Delete|Update|Tag)/.test(action));
}

describe("faults without a usable profile", () => {
  const started = inOneWorkbench({}, ["mine"]);
  let before: readonly string[] = [];
  beforeEach(() => {
    before = integrationsIn(started());
  });

  it("no profile at all: the documents can be written, and what needs AWS says how to make a profile", async () => {
    const ui = started();
    const restore = ui.writeAwsFiles({ config: "", credentials: "" });
    try {
      await ui.runCommand("Vendor Access: New Integration…");
      await ui.pick("Activeloop Deep Lake");
      await ui.page.locator(".quick-input-widget", { hasText: "No AWS profile on this machine" }).waitFor();
      await ui.type("training-data");
      await ui.notification("Wrote");
      assert.deepEqual(integrationsIn(ui), ["activeloop-deep-lake-training-data", ...before]);
      await ui.button("Apply…");
      assert.match(
        await onlyMessage(ui, "There is no AWS profile on this machine"),
        /Make one with `aws configure sso` or `aws configure`, then try again\./,
      );
      assert.deepEqual(ui.proxy.calls, []);
    } finally {
      restore();
    }
  });

  it("an unknown profile in the settings: names those that there are", async () => {
    const ui = started();
    ui.writeMachineSettings({ "vendorAccess.profile": "nobody" });
    await ui.page.locator(".statusbar-item", { hasText: "nobody" }).waitFor();
    await apply(ui, "mine");
    const message = await onlyMessage(ui, "The AWS profile nobody is not in");
    assert.match(message, /Choose one of: default, expired, sandbox\./);
    assert.match(message, /Select Profile/);
    assert.deepEqual(ui.proxy.calls, []);
    ui.writeMachineSettings({});
    await ui.page.locator(".statusbar-item", { hasText: "Choose profile" }).waitFor();
  });

  it("an expired sign-in: says so in the list of buckets and offers to sign in", async () => {
    const ui = started();
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick("expired");
    const notice = ui.page.locator(".quick-input-widget .monaco-list-row", {
      hasText: "has expired or was never made",
    });
    await notice.waitFor();
    await ui.pick(/Run aws sso login --profile expired(?!,)/);
    await ui.page.locator(".panel", { hasText: "AWS sign-in" }).waitFor();
    await ui.page.keyboard.press("Escape");
    await ui.runCommand("Terminal: Kill All Terminals");
    assert.deepEqual(integrationsIn(ui), before);
  });

  it("no network: says so in the list of buckets, and tries again when asked", async () => {
    const ui = started();
    ui.proxy.fail("*", "reset");
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick("default");
    const row = (text: string) => ui.page.locator(".quick-input-widget .monaco-list-row", { hasText: text });
    await row("could not be reached").waitFor();
    await row("Check the network connection, VPN and proxy").waitFor();
    ui.proxy.clear();
    await ui.pick(/^.?\s*Try again/);
    await row("training-data").waitFor();
    assert.deepEqual(integrationsIn(ui), before);
  });

  it("can't write into the folder: says so, and leaves nothing behind", async () => {
    const ui = started();
    const inTheWay = path.join(ui.folder, "vendor-access");
    rmSync(inTheWay, { recursive: true });
    writeFileSync(inTheWay, "not a folder\n");
    const restore = ui.writeAwsFiles({ config: "", credentials: "" });
    try {
      await ui.runCommand("Vendor Access: New Integration…");
      await ui.pick("Activeloop Deep Lake");
      await ui.type("training-data", "Pick a bucket");
      const message = await onlyMessage(ui, "Can’t create the folder");
      assert.match(message, /the folder vendor-access\/activeloop-deep-lake-training-data: .* Move that file away/s);
      assert.deepEqual(readdirSync(ui.folder), ["vendor-access"]);
      assert.equal(readFileSync(inTheWay, "utf8"), "not a folder\n");
    } finally {
      restore();
      rmSync(inTheWay);
    }
  });

  it("no folder open: asks for one", async () => {
    const ui = started();
    await ui.open();
    await ui.runCommand("Vendor Access: New Integration…");
    assert.match(await onlyMessage(ui, "Open a folder first"), /Open Folder/);
    await ui.runCommand("Notifications: Clear All Notifications");
    await ui.runCommand("Vendor Access: Apply…");
    await onlyMessage(ui, "Open a folder first");
    assert.deepEqual(ui.proxy.calls, []);
  });
});

describe("faults with a profile", () => {
  const options = {
    machineSettings: { "vendorAccess.profile": "sandbox" },
    // In a browser it is on, and saves what is to stay unsaved.
    settings: { "files.autoSave": "off" },
  };
  const started = inOneWorkbench(options, [
    ...["broken", "cancelled", "changed", "denied", "misnamed", "offline", "unsaved"],
  ]);
  const file = (name: string, document: string): string => path.join(started().folder, "vendor-access", name, document);

  async function confirm(name: string): Promise<void> {
    await apply(started(), name);
    await started().dialog("Give Activeloop Deep Lake access");
    await started().button("Apply");
  }

  it("a bucket of another account: asks before anything is written", async () => {
    const ui = started();
    const before = integrationsIn(ui);
    ui.proxy.fail("HeadBucket", "accessDenied");
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.type("somebody-elses", "Pick a bucket");
    await ui.page.locator(".quick-input-widget", { hasText: "belongs to another account" }).waitFor();
    const row = ui.page.locator(".quick-input-widget .monaco-list-row");
    for (const text of [
      "Choose a bucket of the account, or a profile of the account that has the bucket",
      "Use somebody-elses anyway",
    ])
      await row.filter({ hasText: text }).waitFor();
    assert.deepEqual(integrationsIn(ui), before);
  });

  it("a new bucket whose name is taken: another one is asked for", async () => {
    const ui = started();
    const before = integrationsIn(ui);
    ui.proxy.fail("HeadBucket", "accessDenied");
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Dataloop");
    await ui.pick("Read, write and delete");
    await ui.fill("images", "Pick a bucket");
    await ui.pick("Create the new bucket “images”");
    await ui.page.locator(".quick-input-widget", { hasText: "The name images is taken" }).waitFor();
    assert.deepEqual(integrationsIn(ui), before);
  });

  it("AccessDenied: lists what was created by name, and rolls it back on request", async () => {
    const ui = started();
    const live = accountAt(ui.emulator.endpoint);
    ui.proxy.fail("CreatePolicy", "accessDenied");
    await confirm("denied");
    const message = await onlyMessage(ui, "Applying denied stopped");
    assert.match(message, /may not call iam:CreatePolicy .*Ask whoever manages the account/s);
    assert.match(message, /Created before: .*role denied/);
    assert.match(message, /Select Profile/);
    assert.ok((await live.roles()).includes("denied"), "the role was created");
    await ui.treeItem(/denied.*differs/);
    await ui.button("Roll Back");
    assert.match(
      await ui.dialog("Roll back denied in AWS account"),
      /Delete the role denied, which was made by this run/,
    );
    await ui.button("Roll Back");
    await onlyMessage(ui, "denied in account 210987654321 is what it was before");
    assert.ok(!(await live.roles()).includes("denied"), "the role is gone");
    await ui.treeItem(/denied.*not applied/);
  });

  it("AccessDenied on the first step: nothing was created, and nothing is offered to roll back", async () => {
    const ui = started();
    ui.proxy.fail(({ action }) => action.startsWith("Create"), "accessDenied");
    await confirm("denied");
    const message = await onlyMessage(ui, "Applying denied stopped");
    assert.match(message, /Nothing was created\./);
    assert.doesNotMatch(message, /Roll Back/);
  });

  it("cancelled in the middle: says what was created, and rolls it back on request", async () => {
    const ui = started();
    ui.proxy.delay(1500, "CreateRole");
    ui.proxy.delay(1500, "CreatePolicy");
    await confirm("cancelled");
    const progress = ui.page.locator(".notification-toast", { hasText: "Applying cancelled" });
    await progress.waitFor();
    await eventually("a step is under way", () => writesOf(ui).length > 0);
    await ui.button("Cancel");
    const message = await onlyMessage(ui, "Applying cancelled was cancelled");
    assert.match(message, /Created before: .*role cancelled/);
    await ui.button("Roll Back");
    await ui.dialog("Roll back cancelled in AWS account");
    await ui.button("Roll Back");
    await onlyMessage(ui, "cancelled in account 210987654321 is what it was before");
    assert.ok(!(await accountAt(ui.emulator.endpoint).roles()).includes("cancelled"), "the role is gone");
  });

  it("no network: says so, and nothing is written", async () => {
    const ui = started();
    ui.proxy.fail("*", "reset");
    await apply(ui, "offline");
    const message = await onlyMessage(ui, "could not be reached");
    assert.match(message, /Check the network connection, VPN and proxy, then try again/);
    assert.doesNotMatch(message, /Select Profile/);
    ui.proxy.clear();
    await ui.button("Try Again");
    await ui.dialog("Give Activeloop Deep Lake access");
  });

  it("AWS is out of order: the side bar says so, and compares when it is tried again", async () => {
    const ui = started();
    ui.proxy.fail("GetRole", "unavailable");
    ui.proxy.fail("GetAccountAuthorizationDetails", "unavailable");
    await ui.runCommand("Vendor Access: Refresh");
    const message = await onlyMessage(ui, "also after several attempts");
    assert.match(message, /Try again later;/);
    assert.match(message, /Try Again/);
    assert.doesNotMatch(message, /Select Profile/);
    const state = ui.page.locator(".pane-body .message", {
      hasText: "Not compared: AWS could not answer for now. Refresh tries again.",
    });
    await state.waitFor();
    ui.proxy.clear();
    await ui.button("Try Again");
    await state.waitFor({ state: "hidden" });
    await ui.treeItem(/offline.*not applied/);
  });

  it("what AWS refuses whoever asks: offers no other profile", async () => {
    const ui = started();
    ui.proxy.fail("CreateRole", "noSuchEntity");
    await confirm("offline");
    const message = await onlyMessage(ui, "Applying offline stopped");
    assert.match(message, /Somebody deleted it in the meantime: plan again\./);
    assert.doesNotMatch(message, /Select Profile/);
  });

  it("a document that changes on disk while the confirmation is open: what was not seen is not applied", async () => {
    const ui = started();
    await apply(ui, "changed");
    await ui.dialog("Give Activeloop Deep Lake access");
    const text = readFileSync(file("changed", "permissions-policy.json"), "utf8");
    writeFileSync(file("changed", "permissions-policy.json"), text.replaceAll("training-data", "everything"));
    await ui.button("Apply");
    // They are planned anew, and what they say now has an error.
    await onlyMessage(
      ui,
      /The documents of changed changed while the confirmation was open\. .*permissions-policy\.json/s,
    );
    assert.deepEqual(writesOf(ui), []);
  });

  it("unsaved text: is saved before it is applied, if the person agrees", async () => {
    const ui = started();
    const permissions = file("unsaved", "permissions-policy.json");
    const before = readFileSync(permissions, "utf8");
    await ui.openFile("vendor-access/unsaved/permissions-policy.json");
    await ui.page.locator(".monaco-editor .view-line").first().click();
    await ui.page.keyboard.press("Control+End");
    await ui.page.keyboard.press("Enter");
    await ui.runCommand("Vendor Access: Apply…");
    const question = await ui.dialog("unsaved has unsaved changes");
    assert.match(question, /permissions-policy\.json/);
    assert.equal(readFileSync(permissions, "utf8"), before);
    await ui.button("Cancel");
    assert.deepEqual(ui.proxy.calls, []);

    await ui.runCommand("Vendor Access: Apply…");
    await ui.dialog("unsaved has unsaved changes");
    await ui.button("Save and Continue");
    await ui.dialog("Give Activeloop Deep Lake access");
    assert.notEqual(readFileSync(permissions, "utf8"), before);
    await ui.page.keyboard.press("Escape");
    await ui.runCommand("View: Close All Editors");
  });

  it("a role name that AWS refuses: is found before AWS is asked", async () => {
    const ui = started();
    const manifest = JSON.parse(readFileSync(file("misnamed", "integration.json"), "utf8"));
    writeJson(file("misnamed", "integration.json"), {
      ...manifest,
      role: { ...manifest.role, name: "role of misnamed" },
    });
    await ui.treeItem(/misnamed.*can’t be read/);
    await ui.runCommand("Vendor Access: Apply…");
    await ui.pick("misnamed");
    const message = await onlyMessage(ui, "The integration.json of misnamed can’t be used");
    assert.match(message, /A role name has only .*, so AWS would refuse to create the role/s);
    assert.match(message, /Show Problems/);
    assert.deepEqual(ui.proxy.calls, []);
  });

  it("a broken integration.json: says what is wrong, in the side bar, too", async () => {
    const ui = started();
    const text = readFileSync(file("broken", "integration.json"), "utf8");
    writeFileSync(file("broken", "integration.json"), text.slice(0, text.length / 2));
    await ui.treeItem(/broken.*can’t be read/);
    await ui.runCommand("Vendor Access: Apply…");
    await ui.pick("broken");
    assert.match(await onlyMessage(ui, /The integration\.json of broken can’t be used: ./), /Show Problems/);
    assert.deepEqual(ui.proxy.calls, []);
  });
});

describe("an untrusted workspace", () => {
  const options = { workspaceTrust: true, machineSettings: { "vendorAccess.profile": "sandbox" } };
  const started = inOneWorkbench(options, ["mine"]);

  it("is checked and scaffolded, but nothing reaches AWS", async () => {
    const ui = started();
    const { page } = ui;
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("JFrog ML");
    await ui.pick("JFrog ML Cloud");
    await ui.type("training-data", "Pick a bucket");
    assert.doesNotMatch(await onlyMessage(ui, "Wrote"), /Apply…/);
    assert.deepEqual(integrationsIn(ui), ["jfrog-ml-training-data", "mine"]);

    // Neither the palette nor the side bar has what would reach AWS.
    await page.keyboard.press("F1");
    await ui.fill(">Vendor Access: ");
    await page.locator(".quick-input-widget .monaco-list-row", { hasText: "Check Workspace" }).first().waitFor();
    const commands = (await ui.choices()).join("\n");
    assert.doesNotMatch(commands, /Apply|Plan|Verify|Remove|Select AWS Profile/);
    await page.keyboard.press("Escape");
    await page.locator(".statusbar-item", { hasText: "AWS off" }).waitFor();
    const row = await ui.treeItem(/^mine/);
    await row.hover();
    await row.locator(".action-label.disabled[aria-label^='Apply']").waitFor();
    await ui.treeItem("AWS is off");
    await ui.runCommand("Vendor Access: Refresh");
    assert.deepEqual(ui.proxy.calls, []);
  });
});
