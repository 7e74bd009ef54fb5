import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
  /** Instead of IAM Identity Center: it gives keys to whoever has the token of the sign-in. */
  const portal = createServer((request, response) => {
    const isSignedIn = request.headers["x-amz-sso_bearer_token"] === "the-token";
    const keys = { accessKeyId: "ASIASSO", secretAccessKey: "secret", sessionToken: "token" };
    const roleCredentials = { ...keys, expiration: Date.now() + 3_600_000 };
    response.writeHead(isSignedIn ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isSignedIn ? { roleCredentials } : { __type: "UnauthorizedException" }));
  });
  const token = { accessToken: "the-token", expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
  const tokenFile = `$HOME/.aws/sso/cache/${createHash("sha1").update("company").digest("hex")}.json`;
  let ui: Ui;
  before(async () => {
    await writeIntegration(workspace, "training");
    await new Promise<void>((resolve) => portal.listen(0, "127.0.0.1", resolve));
    // Instead of the AWS CLI of this machine, which would open a browser: it registers itself, and later has the token.
    writeFileSync(
      path.join(programs, "aws"),
      `#!/bin/sh
echo "$@" >> ${ran}
mkdir -p "$HOME/.aws/sso/cache"
echo '{}' > "$HOME/.aws/sso/cache/registration.json"
sleep 3
echo '${JSON.stringify(token)}' > "${tokenFile}"
`,
      { mode: 0o755 },
    );
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
services = portal
region = us-east-1
endpoint_url = ${endpoint}

[services portal]
sso =
  endpoint_url = http://127.0.0.1:${(portal.address() as AddressInfo).port}

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
    portal.close();
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

  const statusBar = (text: RegExp) => ui.page.locator(".statusbar-item", { hasText: text }).waitFor();

  function signOut(): void {
    rmSync(path.join(ui.folder, "../.aws"), { recursive: true, force: true });
    rmSync(ran, { force: true });
  }

  it("offers to sign in anew when the single sign-on has expired, in a terminal, and then does what was asked for", async () => {
    ui.writeMachineSettings({ "vendorAccess.profile": "expired" });
    await statusBar(/^\s*expired/);
    await ui.runCommand("Vendor Access: Close the Plan");
    await ui.runCommand("Vendor Access: Plan");
    const message = await ui.notification("The sign-in of the profile expired has expired or was never made");
    assert.match(message, /aws sso login --profile expired/);
    await statusBar(/^\s*expired · signed out/);
    await picture("sso-expired");
    await ui.button("Run aws sso login");
    await ui.page.locator(".panel", { hasText: "AWS sign-in" }).waitFor();
    await eventually("the command runs", () => existsSync(ran));
    assert.equal(readFileSync(ran, "utf8"), "sso login --profile expired\n");
    await ui.treeItem("Who gets what");
    await statusBar(/^\s*expired · 210987654321/);
    await ui.page.locator(".panel", { hasText: "AWS sign-in" }).waitFor({ state: "hidden" });
  });

  it("recovers by itself after a sign-in elsewhere, and compares", async () => {
    signOut();
    ui.writeMachineSettings({ "vendorAccess.profile": "sandbox" });
    await statusBar(/^\s*sandbox/);
    ui.writeMachineSettings({ "vendorAccess.profile": "expired" });
    await statusBar(/^\s*expired\s*$/);
    await ui.runCommand("Vendor Access: Refresh");
    await ui.notification("The sign-in of the profile expired has expired or was never made");
    const message = ui.page.locator(".pane-body .message", { hasText: "the sign-in of profile expired has expired" });
    await message.waitFor();
    await statusBar(/^\s*expired · signed out/);
    mkdirSync(path.join(ui.folder, "../.aws/sso/cache"), { recursive: true });
    writeFileSync(tokenFile.replace("$HOME", path.join(ui.folder, "..")), JSON.stringify(token));
    await statusBar(/^\s*expired · 210987654321/);
    await message.waitFor({ state: "hidden" });
    await eventually("it is compared", () => ui.proxy.calls.some(({ action }) => action === "GetRole"));
    assert.equal(existsSync(ran), false, "no terminal was needed");
  });

  it("loads the list of buckets once somebody has signed in", async () => {
    signOut();
    ui.writeMachineSettings({});
    await statusBar(/Choose profile|expired/);
    await ui.runCommand("Vendor Access: Select AWS Profile…");
    await ui.pick("sandbox");
    await statusBar(/^\s*sandbox · 210987654321/);
    ui.writeMachineSettings({ "vendorAccess.profile": "expired" });
    await statusBar(/^\s*expired\s*$/);
    await ui.runCommand("Vendor Access: New Integration…");
    await ui.pick("Activeloop Deep Lake");
    await ui.pick(/Run aws sso login --profile expired(?!,)/);
    const row = ui.page.locator(".quick-input-widget .monaco-list-row", { hasText: "training-data" });
    await row.first().waitFor();
    await statusBar(/^\s*expired · 210987654321/);
    await ui.page.keyboard.press("Escape");
  });
});
