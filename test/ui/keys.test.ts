import assert from "node:assert/strict";
import { type IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { seeded } from "../sandbox/emulator.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { saveFailure, type Ui } from "./harness.mjs";
import { writeIntegration } from "./integrationFolder";
import { startSignedIn } from "./signedIn";

const screenshots = process.env.SCREENSHOTS;

describe("the access key of a vendor", () => {
  const workspace = temporaryFolder("va-keys-");
  let ui: Ui;
  let iam: IAMClient;
  before(async () => {
    await writeIntegration(workspace, "loop", { vendor: "dataloop", bucket: seeded.plainBucket });
    ({ ui, iam } = await startSignedIn(workspace));
  });
  afterEach(function () {
    return saveFailure(ui, this.currentTest);
  });
  after(async () => {
    await ui?.stop();
    removeTemporaryFolder(workspace);
  });

  const keys = async (): Promise<readonly string[]> => {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: "loop" }));
    return AccessKeyMetadata.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`);
  };
  const picture = async (name: string) => {
    if (screenshots) await ui.screenshot(name, screenshots);
  };

  it("is tried by Verify after a question, and what was written is gone", async () => {
    await ui.runCommand("Vendor Access: Apply…");
    await ui.dialog("Give Dataloop access in AWS account 210987654321?");
    await ui.button("Apply");
    await ui.notification("loop is applied", { timeout: 60_000 });
    await ui.runCommand("Notifications: Clear All Notifications");
    await ui.runCommand("Vendor Access: Verify");
    await ui.notification("Dataloop may do everything that it needs", { timeout: 60_000 });
    await picture("verify");
    await ui.button("Try the Access Key…");
    const question = await ui.dialog("as Dataloop will?");
    assert.match(question, /Account 210987654321, profile sandbox/);
    assert.match(question, /vendor-access-test\//);
    await picture("verify-try");
    await ui.button("Try It");
    await ui.notification("loop works: the access key took on the role", { timeout: 60_000 });
    await ui.button("Show Details");
    await ui.page.locator(".tab.active", { hasText: "Access of loop" }).waitFor();
    await picture("verify-details");
    assert.equal(ui.proxy.calls.filter(({ action }) => action === "PutObject").length, 1);
    await ui.runCommand("Notifications: Clear All Notifications");
  });

  it("is rotated in three steps, and can be left after each", async () => {
    const [first = ""] = (await keys()).map((line) => line.split(" ")[0] ?? "");
    await ui.runCommand("Vendor Access: Rotate Access Key…");
    const question = await ui.dialog("Make a second access key for Dataloop?");
    assert.match(question, new RegExp(`${first}: works`));
    await picture("rotate-make");
    await ui.button("Make New Key");
    await ui.page.locator(".quick-input-title", { hasText: "Which one does it have now?" }).waitFor();
    const [newer = "", older = ""] = await ui.choices();
    assert.ok(older.includes(first) && !newer.includes(first), `${newer} | ${older}`);
    await picture("rotate-which");
    await ui.page.keyboard.press("Escape");
    assert.equal((await keys()).length, 2);

    await ui.runCommand("Vendor Access: Rotate Access Key…");
    await ui.pick(/the newer one/);
    await ui.dialog(`Switch ${first} off?`);
    await ui.button("Switch Off");
    await ui.dialog(`Does Dataloop still work without ${first}?`);
    await picture("rotate-delete");
    await ui.button("Delete Old Key");
    await ui.notification("The access key of loop is rotated");
    const [left = "", ...others] = await keys();
    assert.deepEqual(others, []);
    assert.ok(left.endsWith(" Active") && !left.startsWith(first), left);
    await ui.runCommand("Notifications: Clear All Notifications");
  });

  it("is what the needed permissions are about, too", async () => {
    await ui.runCommand("Vendor Access: Show Needed Permissions…");
    await ui.pick(/Rotate/);
    await ui.page.locator(".tab.active", { hasText: "Permissions to rotate loop" }).waitFor();
    await ui.page.locator(".view-line", { hasText: "iam:UpdateAccessKey" }).waitFor();
    await picture("permissions");
  });
});
