import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { accountAt } from "./account";
import { saveFailure, startUi, type Ui } from "./harness.mjs";
import { writeIntegration } from "./integrationFolder";

const program = path.join(__dirname, "../../dist/cli.js");

describe("what a crash has left unfinished", () => {
  const workspace = temporaryFolder("va-crash-");
  let ui: Ui;
  before(async () => {
    await writeIntegration(workspace, "continued");
    await writeIntegration(workspace, "undone");
    ui = await startUi({ workspace, machineSettings: { "vendorAccess.profile": "sandbox" } });
  });
  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
  });
  after(async () => {
    await ui?.stop();
    removeTemporaryFolder(workspace);
  });

  /** Applies on the command line, which dies before the last step is done. */
  async function crash(name: string): Promise<void> {
    const { XDG_STATE_HOME: _, ...env } = process.env;
    const words = [program, "apply", `vendor-access/${name}`, "--profile", "sandbox", "--yes"];
    const options = { cwd: ui.folder, env: { ...env, ...ui.env, HOME: path.dirname(ui.folder) } };
    const child = spawn(process.execPath, words, { ...options, stdio: "ignore" });
    ui.proxy.delay(1000, "AttachRolePolicy");
    const seen = ui.proxy.calls.length;
    const timer = setInterval(() => {
      if (ui.proxy.calls.slice(seen).some(({ action }) => action === "AttachRolePolicy")) child.kill("SIGKILL");
    }, 10);
    const signal = await new Promise((resolve) => child.once("close", (_code, killedBy) => resolve(killedBy)));
    clearInterval(timer);
    assert.equal(signal, "SIGKILL");
    await wait(1100); // what was under way reaches AWS all the same
    ui.proxy.heal();
  }

  /** A new window. */
  async function reopen(): Promise<void> {
    await ui.open(ui.folder);
    const item = ui.page.locator(".activitybar .action-label[aria-label^='Vendor Access']");
    await item.waitFor();
    const title = ui.page.locator(".part.sidebar .title-label", { hasText: "Vendor Access" });
    const opened = () => title.waitFor({ timeout: 5000 });
    // The window may open the side bar by itself, a little later, as it was: a click would close it then.
    await opened().catch(async () => {
      await item.click();
      await opened();
    });
  }

  it("is said when the side bar opens, and Continue does the rest", async () => {
    await crash("continued");
    await reopen();
    const message = await ui.notification("Applying continued in account 210987654321", { timeout: 60_000 });
    assert.match(message, /was interrupted .* ago: 2 of 3 steps done, 1 may be done or half done/);
    await ui.button("Continue…");
    // The last step had been done: nothing is left but to see that.
    await ui.notification("continued is in sync", { timeout: 60_000 });
    assert.ok((await accountAt(ui.emulator.endpoint).roles()).includes("continued"), "the role is there");
    await ui.runCommand("Notifications: Clear All Notifications");
  });

  it("is undone by Roll Back", async () => {
    await crash("undone");
    await reopen();
    await ui.notification("Applying undone in account 210987654321", { timeout: 60_000 });
    await ui.button("Roll Back…");
    const question = await ui.dialog("Roll back undone in AWS account 210987654321?");
    assert.match(question, /Delete the role undone, which was made by this run/);
    await ui.button("Roll Back");
    await ui.notification("undone in account 210987654321 is what it was before", { timeout: 60_000 });
    assert.ok(!(await accountAt(ui.emulator.endpoint).roles()).includes("undone"), "the role is gone");
  });
});
