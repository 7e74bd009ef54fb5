import assert from "node:assert/strict";
import * as vscode from "vscode";
import { currentPrincipal, manifest, permissions, retiredPrincipal, trust } from "./documents";
import {
  checkOf,
  clearWorkspace,
  findings,
  hasCheck,
  hasNone,
  inWorkspace,
  openFile,
  ours,
  writeFile,
} from "./testWorkspace";

const folder = "vendor-access/activeloop-training-data";

describe("findings in the editor", () => {
  afterEach(clearWorkspace);

  it("reports a placeholder at its place, with severity, source and a link to its explanation", async () => {
    const { document } = await openFile("policies/deep-lake.json", permissions("BUCKET_NAME"));
    const isExplained = ({ code }: vscode.Diagnostic): boolean =>
      typeof code === "object" && code.value === "placeholder-unfilled" && /^L\d+$/.test(code.target.fragment);
    // The line of the explanation is known a moment after the start.
    const found = await findings(document.uri, "a placeholder is reported", (all) => all.some(isExplained));
    const first = found.find(isExplained);
    assert.ok(first);
    assert.equal(document.getText(first.range), "BUCKET_NAME");
    assert.equal(first.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(first.source, "Vendor Access");
    assert.ok(typeof first.code === "object");
    assert.match(first.code.target.path, /\/docs\/checks\.md$/);
  });

  it("strikes a retired principal through", async () => {
    const { document } = await openFile("trust.json", trust(retiredPrincipal));
    const found = await findings(document.uri, "the retired principal is reported", hasCheck("principal-retired"));
    const [first] = found.filter((diagnostic) => checkOf(diagnostic) === "principal-retired");
    assert.deepEqual(first?.tags, [vscode.DiagnosticTag.Deprecated]);
    assert.match(document.getText(first?.range), /574987031486/);
  });

  it("follows the typing", async () => {
    const editor = await openFile("policy.json", permissions("training-data"));
    const { document } = editor;
    await findings(document.uri, "the document is fine", hasNone);
    const start = document.positionAt(document.getText().indexOf("training-data"));
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 13)), "YOUR_BUCKET"));
    // Its twin, the ARN of the objects, still names the bucket.
    await findings(document.uri, "the typed placeholder is reported", hasCheck("placeholder-partly-filled"));
    await vscode.commands.executeCommand("undo");
    await findings(document.uri, "the finding is gone with its cause", hasNone);
  });

  it("says nothing about JSON that is no policy", async () => {
    const { document } = await openFile("settings.json", '{ "bucket": "BUCKET_NAME" }\n');
    const marker = await openFile("marker.json", permissions("BUCKET_NAME"));
    await findings(marker.document.uri, "a file opened later is checked", hasCheck("placeholder-unfilled"));
    assert.deepEqual(ours(document.uri), []);
  });

  it("forgets a file outside every integration when it is closed", async () => {
    const uri = await writeFile("opened-from-explorer.json", permissions("BUCKET_NAME"));
    // As from the explorer: a document that an extension opens is kept for minutes after its editor is closed.
    await vscode.commands.executeCommand("vscode.open", uri);
    await findings(uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await findings(uri, "nothing is reported for the closed file", hasNone);
  });

  it("checks the files of an integration while they are closed", async () => {
    await writeFile(`${folder}/permissions-policy.json`, permissions("training-data"));
    const uri = await writeFile(`${folder}/trust-policy.json`, trust(retiredPrincipal));
    await writeFile(`${folder}/integration.json`, manifest("training-data"));
    await findings(uri, "the closed trust policy is reported", hasCheck("principal-retired"));
    await writeFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
    await findings(uri, "the repaired file is checked again", hasNone);
  });

  it("checks integrations whose folder comes as a whole, as from a branch", async () => {
    const later = "elsewhere/moved";
    await writeFile(`${later}/permissions-policy.json`, permissions("training-data"));
    await writeFile(`${later}/trust-policy.json`, trust(retiredPrincipal));
    await writeFile(`${later}/integration.json`, manifest("training-data"));
    await vscode.workspace.fs.rename(inWorkspace("elsewhere"), inWorkspace("vendor-access"));
    const uri = inWorkspace("vendor-access/moved/trust-policy.json");
    await findings(uri, "the trust policy that came is reported", hasCheck("principal-retired"));
    await vscode.workspace.fs.rename(inWorkspace("vendor-access"), inWorkspace("elsewhere"));
    await findings(uri, "what is gone is reported no more", hasNone);
  });

  it("checks an integration's documents again when its manifest changes, saved or not", async () => {
    await writeFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
    const uri = await writeFile(`${folder}/permissions-policy.json`, permissions("training-data"));
    const editor = await openFile(`${folder}/integration.json`, manifest("training-data"));
    await findings(uri, "the documents are fine", hasNone);
    const { document } = editor;
    const bucket = document.positionAt(document.getText().indexOf('"training-data"'));
    await editor.edit((edit) => edit.insert(bucket.translate(0, 1), "other-"));
    assert.equal(document.isDirty, true);
    await findings(uri, "the policy names another bucket than the manifest", hasCheck("resource-bucket-mismatch"));
  });

  it("reports a broken manifest in the manifest", async () => {
    const { document } = await openFile(`${folder}/integration.json`, manifest("training-data", { vendor: "nobody" }));
    const found = await findings(document.uri, "the unknown vendor is reported", (all) => all.length > 0);
    assert.ok(found.some((diagnostic) => checkOf(diagnostic).startsWith("manifest-")));
  });

  it("is silent while the setting says so", async () => {
    const settings = vscode.workspace.getConfiguration("vendorAccess");
    const { document } = await openFile("policy.json", permissions("BUCKET_NAME"));
    await findings(document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    try {
      await settings.update("check.enabled", false, vscode.ConfigurationTarget.Global);
      await findings(document.uri, "nothing is reported", hasNone);
    } finally {
      await settings.update("check.enabled", undefined, vscode.ConfigurationTarget.Global);
    }
    await findings(document.uri, "the placeholder is reported again", hasCheck("placeholder-unfilled"));
  });

  it("checks the whole workspace on command", async () => {
    const closed = await writeFile("deep/er/policy.json", permissions("BUCKET_NAME"));
    const ignored = await writeFile("node_modules/some/policy.json", permissions("BUCKET_NAME"));
    await vscode.commands.executeCommand("vendorAccess.checkWorkspace");
    await findings(closed, "a file that was never open is reported", hasCheck("placeholder-unfilled"));
    assert.deepEqual(ours(ignored), []);
  });
});
