import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { CreatePolicyVersionCommand, type IAMClient, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { applied } from "./applied";
import { eventually } from "./eventually";
import { saveFailure, type Ui } from "./harness.mjs";
import { writeIntegration } from "./integrationFolder";
import { startSignedIn } from "./signedIn";

const screenshots = process.env.SCREENSHOTS;

describe("what drifted in the account", () => {
  const workspace = temporaryFolder("va-drift-");
  let ui: Ui;
  let iam: IAMClient;
  before(async () => {
    for (const name of ["training", "steady"]) await writeIntegration(workspace, name);
    ({ ui, iam } = await startSignedIn(workspace));
    await applied(ui, "training", "steady");
  });
  afterEach(function () {
    return saveFailure(ui, this.currentTest);
  });
  after(async () => {
    await ui?.stop();
    removeTemporaryFolder(workspace);
  });

  const file = (name: string): string => path.join(ui.folder, "vendor-access/training", name);
  const badge = () =>
    ui.page
      .locator(".activitybar .action-item", { has: ui.page.locator("[aria-label^='Vendor Access']") })
      .locator(".badge-content");
  const picture = async (name: string) => {
    if (screenshots) await ui.screenshot(name, screenshots);
  };

  /** Somebody adds an action in the console. */
  async function widenPermissions(): Promise<void> {
    const document = JSON.parse(readFileSync(file("permissions-policy.json"), "utf8"));
    document.Statement[0].Action = ["s3:DeleteBucket", ...[document.Statement[0].Action].flat()];
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: "arn:aws:iam::210987654321:policy/training",
        PolicyDocument: JSON.stringify({ Statement: [...document.Statement].reverse(), Version: document.Version }),
        SetAsDefault: true,
      }),
    );
  }

  it("is compared when the side bar opens, and nothing is written", async () => {
    await ui.page.locator(".activitybar .action-label[aria-label^='Vendor Access']").click();
    await ui.treeItem(/training.*in sync/);
    await ui.treeItem(/steady.*in sync/);
    assert.equal(await badge().filter({ hasText: /\d/ }).count(), 0);
  });

  it("is of an integration that is found by its vendor, too, where one is asked for", async () => {
    await ui.runCommand("Vendor Access: Copy Role ARN");
    await ui.fill("deep lake", "Which integration?");
    await eventually(
      "both are listed",
      async () => (await ui.choices()).filter((row) => /in sync/.test(row)).length === 2,
    );
    await ui.page.keyboard.press("Escape");
  });

  it("is counted on the activity bar after a refresh", async () => {
    await widenPermissions();
    await ui.runCommand("Vendor Access: Refresh");
    await ui.treeItem(/training.*differs/);
    await badge().filter({ hasText: "1" }).waitFor();
    await picture("drift-tree");
  });

  it("shows what differs, live on the left and the document on the right, and nothing else", async () => {
    await (await ui.treeItem(/training.*differs/)).click();
    const row = await ui.treeItem(/^\s*Policy.*differs/);
    await row.click();
    await ui.page.locator(".tab.active", { hasText: "policy training: live ↔ documents" }).waitFor();
    await ui.page.locator(".editor.original .view-line", { hasText: "s3:DeleteBucket" }).waitFor();
    assert.equal(await ui.page.locator(".editor.modified .view-line", { hasText: "s3:DeleteBucket" }).count(), 0);
    // Another order of statements is no difference: one line more, whose neighbour got its comma.
    await eventually(
      "the difference is marked",
      async () => (await ui.page.locator(".editor.original .line-delete").count()) > 0,
    );
    assert.equal(await ui.page.locator(".editor.original .line-delete").count(), 2);
    await picture("drift-diff");
  });

  it("is taken into the document in one step, with the manifest as it was, and Undo takes it back", async () => {
    const before = readFileSync(file("permissions-policy.json"), "utf8");
    const manifest = readFileSync(file("integration.json"), "utf8");
    await ui.page.locator(".editor-actions .action-label[aria-label^='Take What Is Live']").click();
    await ui.notification("permissions-policy.json of training now says what is live in account 210987654321");
    const taken = readFileSync(file("permissions-policy.json"), "utf8");
    const added = taken.split("\n").filter((line) => !before.split("\n").includes(line));
    assert.deepEqual(
      added.map((line) => line.trim()),
      ['"s3:DeleteObject",', '"s3:DeleteBucket"'],
    );
    assert.equal(readFileSync(file("integration.json"), "utf8"), manifest);
    await ui.runCommand("Vendor Access: Refresh");
    await ui.treeItem(/training.*in sync/);
    await picture("drift-taken");
    await ui.button("Undo");
    await eventually(
      "the document is as it was",
      () => readFileSync(file("permissions-policy.json"), "utf8") === before,
    );
  });

  it("is planned away: the steps in a view, their differences in an editor", async () => {
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "training",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }],
        }),
      }),
    );
    await ui.runCommand("Vendor Access: Plan");
    await ui.page.locator(".tab.active", { hasText: "Plan of training" }).waitFor();
    await ui.treeItem("More access than now");
    await ui.treeItem("Less access than now");
    await ui.treeItem("2 steps");
    await picture("plan");
    await (await ui.treeItem("Change the trust policy of the role training")).click();
    await ui.page.locator(".tab.active", { hasText: "role training: live ↔ documents" }).waitFor();
    await picture("plan-step");
  });

  it("is applied from the view, which is then done", async () => {
    await ui.page.locator(".pane-header[aria-label^='Plan']").hover();
    await ui.page.locator(".pane-header[aria-label^='Plan'] .action-label[aria-label^='Apply This Plan']").click();
    const question = await ui.dialog("Change Activeloop Deep Lake’s access in AWS account 210987654321?");
    assert.match(question, /More access than now:.*Less access than now:/s);
    await picture("plan-confirm");
    await ui.button("Apply");
    await ui.treeItem(/training.*in sync/);
    await ui.page.locator(".pane-header[aria-label^='Plan']").waitFor({ state: "hidden" });
    assert.equal(await badge().filter({ hasText: /\d/ }).count(), 0);
  });
});
