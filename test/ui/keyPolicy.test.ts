import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { GetKeyPolicyCommand, type KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { seeded } from "../sandbox/emulator.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { saveFailure, type Ui } from "./harness.mjs";
import { writeIntegration } from "./integrationFolder";
import { startSignedIn } from "./signedIn";

const vendor = "arn:aws:iam::258327614892:role/external_s3";

interface Statement {
  readonly Sid: string;
  readonly Principal: { readonly AWS: string };
  readonly Action: readonly string[];
}

describe("the policy of the key that a bucket is encrypted with", () => {
  const workspace = temporaryFolder("va-key-policy-");
  let ui: Ui;
  let kms: KMSClient;
  before(async () => {
    await writeIntegration(workspace, "darwin", { vendor: "v7-darwin", bucket: seeded.encryptedBucket });
    ({ ui, kms } = await startSignedIn(workspace));
    await ui.page.locator(".activitybar .action-label[aria-label^='Vendor Access']").click();
  });
  afterEach(function () {
    return saveFailure(ui, this.currentTest);
  });
  after(async () => {
    await ui?.stop();
    removeTemporaryFolder(workspace);
  });

  const statements = async (): Promise<readonly Statement[]> => {
    const { Policy = "{}" } = await kms.send(new GetKeyPolicyCommand({ KeyId: ui.kmsKeyArn, PolicyName: "default" }));
    return JSON.parse(Policy).Statement;
  };
  const writes = () =>
    ui.proxy.calls.map(({ action }) => action).filter((action) => !/^(Get|List|Head|Describe)/.test(action));
  const document = (name: string): string => path.join(ui.folder, "vendor-access/darwin", name);
  const question = "Let V7 Darwin in by the policy of the KMS key, too?";

  it("is offered a statement for a vendor without a role, which names the vendor and the key", async () => {
    await ui.runCommand("Vendor Access: Apply…");
    const text = await ui.dialog(question);
    assert.ok(text.includes(ui.kmsKeyArn), text);
    assert.match(text, /does not let V7 Darwin in, which comes from another account/);
    assert.ok(text.includes(vendor), text);
    assert.match(text, /becomes a step of the plan/);
    await ui.page.keyboard.press("Escape");
    await ui.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
    assert.deepEqual(writes(), []);
    assert.ok(!existsSync(document("key-policy.json")), "nothing is written");
  });

  it("stays as it is for who goes on without, and the confirmation says what is lacking", async () => {
    await ui.runCommand("Vendor Access: Apply…");
    await ui.dialog(question);
    await ui.button("Go On Without");
    const text = await ui.dialog("Give V7 Darwin access in AWS account 210987654321?");
    assert.match(text, /does not let V7 Darwin in/);
    assert.doesNotMatch(text, /in by the policy of the KMS key/);
    await ui.page.keyboard.press("Escape");
    await ui.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
    assert.ok(!existsSync(document("key-policy.json")), "nothing is written");
  });

  it("gets the statement as a step that is confirmed like the others, beside what it has", async () => {
    const before = await statements();
    await ui.runCommand("Vendor Access: Apply…");
    await ui.dialog(question);
    await ui.button("Add the Statement");
    const text = await ui.dialog("Give V7 Darwin access in AWS account 210987654321?");
    assert.match(text, /The documents have a statement for the key's policy now: a step of its own/);
    assert.match(text, /V7 Darwin in by the policy of the KMS key/);
    assert.deepEqual(writes(), [], "nothing is done before the confirmation");
    await ui.button("Apply");
    await ui.notification("darwin is applied", { timeout: 60_000 });
    const after = await statements();
    assert.deepEqual(after.slice(0, before.length), before);
    const [own, ...more] = after.slice(before.length);
    assert.deepEqual(more, []);
    assert.deepEqual([own?.Principal.AWS, own?.Action], [vendor, ["kms:Decrypt", "kms:GenerateDataKey"]]);
    assert.equal(JSON.parse(readFileSync(document("integration.json"), "utf8")).documents.keyPolicy, "key-policy.json");
    await ui.treeItem(/darwin.*in sync/);
    await ui.runCommand("Notifications: Clear All Notifications");
  });

  it("of which only one is named lets the role in, too, when it is asked for", async () => {
    const admin = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::210987654321:user/admin" } };
    const Policy = { Version: "2012-10-17", Statement: [{ ...admin, Action: "kms:*", Resource: "*" }] };
    await kms.send(
      new PutKeyPolicyCommand({ KeyId: ui.kmsKeyArn, PolicyName: "default", Policy: JSON.stringify(Policy) }),
    );
    await writeIntegration(ui.folder, "training", { bucket: seeded.encryptedBucket, kmsKeyArn: ui.kmsKeyArn });
    await ui.treeItem(/training/);
    await ui.runCommand("Vendor Access: Apply…");
    await ui.pick("training");
    const text = await ui.dialog("Let the role in by the policy of the KMS key, too?");
    assert.ok(text.includes("arn:aws:iam::210987654321:role/training"), text);
    await ui.button("Add the Statement");
    await ui.dialog("Give Activeloop Deep Lake access in AWS account 210987654321?");
    await ui.button("Apply");
    await ui.notification("training is applied", { timeout: 60_000 });
    const [first, own] = await statements();
    assert.deepEqual(first?.Principal, admin.Principal);
    assert.equal(own?.Principal.AWS, "arn:aws:iam::210987654321:role/training");
    await ui.runCommand("Notifications: Clear All Notifications");
  });

  it("of another account is for its owner: the statement is copied", async () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:345678901234:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    await writeIntegration(ui.folder, "theirs", { bucket: seeded.plainBucket, kmsKeyArn });
    await ui.treeItem(/theirs/);
    await ui.runCommand("Vendor Access: Apply…");
    await ui.pick("theirs");
    const text = await ui.dialog("The KMS key’s owner has to let the role in");
    assert.match(text, /belongs to the account 345678901234/);
    await ui.button("Copy the Statement");
    await ui.dialog("Give Activeloop Deep Lake access in AWS account 210987654321?");
    assert.equal(JSON.parse(await ui.clipboard()).Principal.AWS, "arn:aws:iam::210987654321:role/theirs");
    await ui.page.keyboard.press("Escape");
    assert.ok(!existsSync(path.join(ui.folder, "vendor-access/theirs/key-policy.json")), "it is no document of ours");
  });
});
