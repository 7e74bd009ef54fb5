import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui } from "./harness.mjs";

describe("policies in the workbench", () => {
  let ui: Ui | undefined;

  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    await ui?.stop();
    ui = undefined;
  });

  const policy = (effect: string) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "${effect}",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::my-data/*"
    }
  ]
}
`;

  it("pastes one that was copied from a page as JSON, offers the copied text, and takes it back with one undo", async () => {
    ui = await startUi();
    const { page, folder } = ui;
    const file = path.join(folder, "pasted.json");
    const saved = () => readFileSync(file, "utf8").replaceAll("\r\n", "\n");
    writeFileSync(file, "");
    await ui.openFile("pasted.json");
    const copied = policy("Allow")
      .trim()
      .split("\n")
      .map((line, index) => `${index + 1} ${line.replace(/"([^"]*)"/g, "“$1”")}`)
      .join("\n");
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(copied)})`);
    await page.locator(".editor-instance .view-lines").first().click();
    const ways = page.locator(".post-edit-widget");
    // The extension starts a moment after the window.
    await eventually("the ways to paste are offered", async () => {
      await page.keyboard.press("Control+V");
      const offered = await ways.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
      if (!offered) await page.keyboard.press("Control+Z");
      return offered;
    });
    await page.keyboard.press("Control+S");
    await eventually("it is JSON", async () => saved().trim() === policy("Allow").trim());

    await ways.click();
    const choice = page.locator(".action-widget .monaco-list-row");
    await choice.filter({ hasText: "Insert Repaired Policy (line numbers, quotes)" }).waitFor();
    await choice.filter({ hasText: "Insert Plain Text" }).click();
    await page.keyboard.press("Control+S");
    await eventually("it is as it was copied", async () => saved() === copied);

    await page.locator(".editor-instance .view-lines").first().click();
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+S");
    await eventually("nothing is left", async () => saved() === "");
  });

  it("previews the fixes of the whole workspace, and makes those that are chosen", async () => {
    ui = await startUi();
    const { page, folder } = ui;
    const files = ["one.json", "two.json"].map((name) => path.join(folder, name));
    for (const file of files) writeFileSync(file, policy("allow"));
    await ui.runCommand("Vendor Access: Fix All in Workspace…");
    await ui.pick("Look at each change first");
    const preview = page.locator(".bulk-edit-panel");
    await preview
      .locator(".monaco-list-row", { hasText: "one.json" })
      .locator("input, .monaco-checkbox")
      .first()
      .click();
    await preview.getByText("Apply", { exact: true }).click();
    await eventually(
      "the chosen file is repaired",
      async () => readFileSync(files[0] ?? "", "utf8") === policy("Allow"),
    );
    assert.equal(readFileSync(files[1] ?? "", "utf8"), policy("allow"));
  });
});
