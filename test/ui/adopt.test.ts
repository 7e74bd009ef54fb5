import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { CreateRoleCommand, type IAMClient, ListRoleTagsCommand } from "@aws-sdk/client-iam";
import { seeded } from "../sandbox/emulator.mjs";
import { accountAt } from "./account";
import { saveFailure, type Ui } from "./harness.mjs";
import { startSignedIn } from "./signedIn";

const screenshots = process.env.SCREENSHOTS;

describe("access that a hand has given", () => {
  let ui: Ui;
  let iam: IAMClient;
  before(async () => {
    ({ ui, iam } = await startSignedIn());
    const Statement = [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }];
    await iam.send(
      new CreateRoleCommand({
        RoleName: "partner",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );
    await ui.page.locator(".activitybar .action-label[aria-label^='Vendor Access']").click();
  });
  afterEach(function () {
    return saveFailure(ui, this.currentTest);
  });
  after(() => ui?.stop());

  const picture = async (name: string) => {
    if (screenshots) await ui.screenshot(name, screenshots);
  };
  const writes = () =>
    ui.proxy.calls.map(({ action }) => action).filter((action) => !/^(Get|List|Head|Describe)/.test(action));

  it("is listed: vendors first, other accounts too, with what they reach", async () => {
    await ui.runCommand("Vendor Access: Find Existing Access…");
    const rows = (await ui.choices()).join("\n");
    assert.match(rows, /activeloop-legacy[\s\S]*Activeloop Deep Lake[\s\S]*retired[\s\S]*training-data/);
    assert.match(rows, /partner[\s\S]*account 111122223333/);
    assert.ok(rows.indexOf("activeloop-legacy") < rows.indexOf("partner"), rows);
    await picture("access-list");
  });

  it("is compared with the vendor's page, and stays as it is when the person says no", async () => {
    await ui.pick(seeded.legacyRole);
    const question = await ui.dialog(`Make an integration of the role ${seeded.legacyRole}`);
    assert.match(question, /210987654321/);
    assert.match(question, /profile sandbox/);
    assert.match(question, /gives more than Activeloop Deep Lake’s page asks for/);
    await picture("adopt-confirm");
    await ui.page.keyboard.press("Escape");
    await ui.page.locator(".tab.active", { hasText: "Activeloop Deep Lake’s page" }).waitFor();
    await picture("adopt-compare");
    assert.deepEqual(writes(), []);
    assert.ok(!existsSync(path.join(ui.folder, "vendor-access")), "nothing is written");
  });

  it("becomes an integration: documents as live, the tag set, nothing else changed", async () => {
    const live = accountAt(ui.emulator.endpoint);
    const before = await live.inlinePermissionsOf(seeded.legacyRole, "deeplake-s3");
    await ui.runCommand("Vendor Access: Find Existing Access…");
    await ui.pick(seeded.legacyRole);
    await ui.dialog(`Make an integration of the role ${seeded.legacyRole}`);
    await ui.button("Adopt");
    await ui.notification(`The role ${seeded.legacyRole} is the integration ${seeded.legacyRole} now`);
    const folder = path.join(ui.folder, "vendor-access", seeded.legacyRole);
    const document = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), "utf8"));
    assert.deepEqual(document("permissions-policy.json"), before);
    assert.deepEqual(document("trust-policy.json"), await live.trustOf(seeded.legacyRole));
    assert.deepEqual(writes(), ["TagRole"]);
    const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName: seeded.legacyRole }));
    assert.deepEqual(Tags?.map(({ Key }) => Key).sort(), ["vendor-access:integration", "vendor-access:vendor"]);
    await ui.treeItem(/^\s*Role.*in sync/);
    await picture("adopted");
  });

  it("is known from then on", async () => {
    await ui.runCommand("Notifications: Clear All Notifications");
    await ui.runCommand("Vendor Access: Find Existing Access…");
    const rows = (await ui.choices()).join("\n");
    assert.match(rows, /activeloop-legacy[\s\S]*integration activeloop-legacy/);
    assert.ok(rows.indexOf("partner") < rows.indexOf("activeloop-legacy"), rows);
    await ui.pick("Look at the policies of the buckets, too");
    await ui.page
      .locator(".quick-input-widget", { hasText: "No bucket policy lets anybody from outside in" })
      .waitFor();
    await ui.page.keyboard.press("Escape");
  });
});
