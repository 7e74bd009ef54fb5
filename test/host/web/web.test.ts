import assert from "node:assert/strict";
import * as vscode from "vscode";
import { manifest, permissions, trust } from "../documents";
import {
  clearWorkspace,
  eventually,
  extensionId,
  findings,
  hasCheck,
  labelsAfter,
  openFile,
  workspaceRoot,
  writeFile,
} from "../testWorkspace";

describe("a window in a browser", () => {
  afterEach(clearWorkspace);

  it("is one: no Node, no remote, a folder that is not on a disk", () => {
    assert.ok(typeof process === "undefined" || !process.versions?.node, "there is no Node");
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
    assert.equal(vscode.env.remoteName, undefined);
    assert.equal(workspaceRoot().scheme, "memfs");
    assert.equal(vscode.extensions.getExtension(extensionId)?.extensionUri.scheme, "http");
  });

  it("completes with all actions of the service reference, and the vendor's principals", async () => {
    const { document } = await openFile(
      "permissions-policy.json",
      permissions("training-data").replace("s3:PutObject", "s3:PutObjectL"),
    );
    await eventually("actions are offered", async () =>
      (await labelsAfter(document, "s3:PutObjectL")).some((label) => label.includes("PutObjectLegalHold")),
    );
    const trusted = await openFile("trust-policy.json", trust(""));
    await eventually("principals are offered", async () =>
      (await labelsAfter(trusted.document, '"AWS": "')).some((label) => label.includes("597713067985")),
    );
  });

  it("leaves Plan and Apply out above a document", async () => {
    await writeFile("vendor-access/lake/integration.json", manifest("training-data"));
    const { document } = await openFile("vendor-access/lake/permissions-policy.json", permissions("BUCKET_NAME"));
    await findings(document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    const titles = lenses.map(({ command }) => command?.title);
    assert.match(titles[0] ?? "", /^Activeloop Deep Lake/);
    assert.deepEqual(titles.slice(1), ["Explain"]);
  });
});
