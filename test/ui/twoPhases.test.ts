import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { accountAt } from "./account";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui } from "./harness.mjs";

const userArn = "arn:aws:iam::345678901234:user/abc";

describe("a vendor that answers only when it knows the role", () => {
  let ui: Ui | undefined;

  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    await ui?.stop();
    ui = undefined;
  });

  it("gets a role that nobody may assume, and may assume it once the integration is completed", async () => {
    ui = await startUi();
    const { page } = ui;
    const live = accountAt(ui.emulator.endpoint);
    const name = "snowflake-training-data";
    const role = `VendorAccess-${name}`;
    const trust = () =>
      JSON.parse(readFileSync(path.join(ui?.folder ?? "", "vendor-access", name, "trust-policy.json"), "utf8"));

    await ui.runCommand("Vendor Access: New Integration…");
    await ui.fill("snowf", "Who needs access");
    await ui.pick("Snowflake");
    await ui.pick("Read only");
    await ui.pick("Later: Snowflake shows it");
    await ui.pick("sandbox");
    await ui.pick("training-data");
    assert.match(await ui.notification("Wrote"), /Nobody can assume the role until Snowflake has answered/);
    await ui.button("Apply…");
    await ui.dialog("Give Snowflake access");
    await ui.button("Apply");
    assert.match(
      await ui.notification("Role ARN copied", { timeout: 60_000 }),
      /Snowflake then shows what completes it/,
    );
    assert.deepEqual(await live.trustOf(role), trust());
    assert.match(JSON.stringify(trust()), /"Deny"/);
    await ui.treeItem("to be completed");
    await ui.runCommand("Notifications: Clear All Notifications");

    await ui.runCommand("Vendor Access: Complete Integration…");
    await ui.pick("CREATE STORAGE INTEGRATION");
    const entered = `STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::210987654321:role/${role}'`;
    await eventually("the statement is copied", async () => (await ui?.clipboard())?.includes(entered) === true);
    await ui.pick("Enter what Snowflake shows");
    // Somebody edits the manifest meanwhile: that stays.
    const file = path.join(ui.folder, "vendor-access", name, "integration.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"tags": {}', '"tags": { "team": "data" }'));
    await page.locator(".view-line", { hasText: "team" }).waitFor();
    await ui.type(userArn, /STORAGE_AWS_IAM_USER_ARN/);
    await ui.type("AB12345_SFCRole=2_x7Q=", /STORAGE_AWS_EXTERNAL_ID/);
    await ui.notification("now lets Snowflake in");
    assert.doesNotMatch(JSON.stringify(trust()), /"Deny"/);
    const { parameters, role: named } = JSON.parse(readFileSync(file, "utf8"));
    assert.equal(parameters.snowflakeUserArn, userArn);
    assert.deepEqual(named.tags, { team: "data" });
    await ui.button("Apply…");
    await ui.dialog("Snowflake");
    await ui.button("Apply");
    await ui.notification("is applied", { timeout: 60_000 });
    assert.deepEqual(await live.trustOf(role), trust());
    await ui.treeItem("in sync");
    assert.ok(page.url().startsWith("http"), "the workbench is still there");
  });
});
