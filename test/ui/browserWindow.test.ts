import assert from "node:assert/strict";
import { type BrowserUi, saveFailure, startBrowserUi } from "./harness.mjs";

describe("a browser window without a machine behind it", () => {
  let ui: BrowserUi | undefined;

  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    await ui?.stop();
    ui = undefined;
  });

  it("writes, checks and explains an integration, and says why nothing reaches AWS", async () => {
    ui = await startBrowserUi();
    const { page } = ui;
    await page.locator(".activitybar .action-label[aria-label^='Vendor Access']").click();
    await page.locator(".sidebar .welcome-view", { hasText: "a browser window alone has no AWS profiles" }).waitFor();

    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.type("training-data", "Pick a bucket");
    assert.doesNotMatch(await ui.notification("Wrote"), /Apply/, "the message offers no Apply");

    await (await ui.treeItem("Activeloop")).click({ button: "right" });
    const menu = page.locator(".context-view .action-item");
    await menu.filter({ hasText: "Open the Vendor’s Page" }).waitFor();
    assert.deepEqual(
      (await menu.allInnerTexts()).filter((entry) => /Plan|Apply|Verify|Remove/.test(entry)),
      [],
    );
    await page.keyboard.press("Escape");

    await page.locator(".statusbar-item", { hasText: "AWS off" }).waitFor();
    for (const title of ["Plan", "Apply…", "Verify", "Remove Access…", "Select AWS Profile…"]) {
      await ui.runCommand(`Vendor Access: ${title}`);
      await ui.notification(/browser window alone.*Open the folder in VS Code on your computer/s);
      await ui.runCommand("Notifications: Clear All Notifications");
    }
  });
});
