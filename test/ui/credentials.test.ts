import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { eventually } from "./eventually";
import { saveFailure, startUi, type Ui } from "./harness.mjs";
import { writeIntegration } from "./integrationFolder";

const screenshots = process.env.SCREENSHOTS;

describe("credentials as people have them", () => {
  const workspace = temporaryFolder("va-credentials-");
  const programs = temporaryFolder("va-programs-");
  const ran = path.join(programs, "ran.txt");
  let ui: Ui;
  before(async () => {
    await writeIntegration(workspace, "training");
    // Instead of the AWS CLI of this machine, which would open a browser.
    writeFileSync(path.join(programs, "aws"), `#!/bin/sh\necho "$@" > ${ran}\n`, { mode: 0o755 });
    ui = await startUi({ workspace, machineSettings: { "vendorAccess.profile": "careful" } });
    writeFileSync(path.join(ui.folder, "../.bashrc"), `PATH=${programs}:$PATH\n`);
    const endpoint = ui.proxy.endpoint;
    ui.writeAwsFiles({
      config: `[profile careful]
role_arn = arn:aws:iam::210987654321:role/analyst
source_profile = sandbox
mfa_serial = arn:aws:iam::210987654321:mfa/ann
region = us-east-1
endpoint_url = ${endpoint}

[profile sandbox]
region = us-east-1
endpoint_url = ${endpoint}

[profile expired]
sso_session = company
sso_account_id = 210987654321
sso_role_name = DataEngineer
region = us-east-1
endpoint_url = ${endpoint}

[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = us-east-1
`,
    });
  });
  afterEach(async function () {
    await saveFailure(ui, this.currentTest);
    ui.proxy.clear();
    await ui.page.keyboard.press("Escape");
    await ui.runCommand("Notifications: Clear All Notifications");
  });
  after(async () => {
    await ui?.stop();
    removeTemporaryFolder(workspace);
    removeTemporaryFolder(programs);
  });

  const codes = () => ui.proxy.calls.filter(({ action }) => action === "AssumeRole").length;
  const picture = async (name: string) => {
    if (screenshots) await ui.screenshot(name, screenshots);
  };

  it("asks for no MFA code because somebody opens the side bar", async () => {
    await ui.page.locator(".activitybar .action-label[aria-label^='Vendor Access']").click();
    await ui.page
      .locator(".pane-body .message", { hasText: "Not compared: profile careful can’t be used without you" })
      .waitFor();
    await picture("mfa-quiet");
    assert.equal(codes(), 0);
    assert.equal(await ui.page.locator(".quick-input-widget").isVisible(), false);
  });

  it("asks for the MFA code when it is needed, hidden, and takes only a code", async () => {
    await ui.runCommand("Vendor Access: Plan");
    const box = ui.page.locator(".quick-input-widget", { hasText: "MFA code for profile careful" });
    await box.waitFor();
    assert.equal(await box.locator("input[type='password']").count(), 1);
    await ui.type("12a456", "mfa/ann");
    await ui.page.locator(".quick-input-message", { hasText: "The code has 6 digits." }).waitFor();
    await picture("mfa-prompt");
    assert.equal(codes(), 0);
  });

  it("asks again when AWS does not accept the code, and only once in a session", async () => {
    ui.proxy.fail("AssumeRole", "wrongMfaCode", { times: 1 });
    await ui.runCommand("Vendor Access: Plan");
    await ui.type("111111", "mfa/ann");
    await ui.type("222222", "AWS did not accept that code");
    await ui.treeItem("Who gets what");
    assert.equal(codes(), 2);
    await ui.runCommand("Vendor Access: Verify");
    await ui.notification("training is not applied in account 210987654321");
    assert.equal(codes(), 2);
    await ui.page.locator(".pane-body .message", { hasText: "Not compared" }).waitFor({ state: "hidden" });
  });

  it("offers to sign in anew when the single sign-on has expired, in a terminal", async () => {
    ui.writeMachineSettings({ "vendorAccess.profile": "expired" });
    await ui.page.locator(".statusbar-item", { hasText: /^\s*expired/ }).waitFor();
    await ui.runCommand("Vendor Access: Plan");
    const message = await ui.notification("The sign-in of the profile expired has expired or was never made");
    assert.match(message, /aws sso login --profile expired/);
    await picture("sso-expired");
    await ui.button("Run aws sso login");
    await ui.page.locator(".panel", { hasText: "AWS sign-in" }).waitFor();
    await eventually("the command runs", () => existsSync(ran));
    assert.equal(readFileSync(ran, "utf8"), "sso login --profile expired\n");
    await ui.runCommand("Terminal: Kill All Terminals");
  });
});
