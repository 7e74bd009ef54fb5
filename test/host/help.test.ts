import assert from "node:assert/strict";
import * as vscode from "vscode";
import { awsOff } from "../../src/commands/accountReach";
import { currentPrincipal, manifest, permissions, trust } from "./documents";
import { clearWorkspace, eventually, inWorkspace, openFile, writeFile } from "./testWorkspace";

async function hover(document: vscode.TextDocument, place: string): Promise<string> {
  const offset = document.getText().indexOf(place) + 1;
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    document.positionAt(offset),
  );
  return hovers
    .flatMap(({ contents }) => contents.map((part) => (typeof part === "string" ? part : part.value)))
    .join("\n");
}

function lenses(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  return Promise.resolve(vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri));
}

const titles = (found: readonly vscode.CodeLens[]): readonly (string | undefined)[] =>
  found.map(({ command }) => command?.title);

async function integration(): Promise<vscode.TextEditor> {
  await writeFile("vendor-access/lake/integration.json", manifest("training-data"));
  await writeFile("vendor-access/lake/trust-policy.json", trust(currentPrincipal));
  return openFile("vendor-access/lake/permissions-policy.json", permissions("BUCKET_NAME"));
}

describe("help in a document", () => {
  afterEach(clearWorkspace);

  it("hovers over placeholders, parts of ARNs and accounts", async () => {
    const { document } = await integration();
    await eventually("the placeholder is explained", async () =>
      (await hover(document, "BUCKET_NAME")).includes("This integration has `training-data`"),
    );
    assert.match(await hover(document, "aws:s3"), /Partition/);
    assert.match(await hover(document, "2012-10-17"), /Version.*the current one/);
  });

  it("links an action to AWS's page, and in the manifest the documents to their files", async () => {
    const { document } = await integration();
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    const action = links.find(({ range }) => document.getText(range) === "s3:ListBucket");
    assert.match(action?.target?.toString(true) ?? "", /list_amazons3\.html#amazons3-actions-as-permissions/);
    const opened = await vscode.workspace.openTextDocument(inWorkspace("vendor-access/lake/integration.json"));
    const inManifest = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      opened.uri,
    );
    const targets = inManifest.map(({ target }) => target?.toString());
    assert.ok(targets.includes(document.uri.toString()), targets.join());
  });

  it("lists the statements as symbols", async () => {
    const { document } = await openFile("trust-policy.json", trust(currentPrincipal));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const statement = symbols.find(({ name }) => name === "AllowAssumeRoleFromActiveloopSaaS");
    assert.equal(statement?.detail, "Allow sts:AssumeRole");
  });

  // Where nothing reaches AWS less can be done: test/host/web/ has that.
  (awsOff() ? it.skip : it)("shows above a document whose it is, its errors and what can be done", async () => {
    const { document } = await integration();
    const found = await eventually("the errors are counted", async () => {
      const all = await lenses(document.uri);
      return /· \d+ errors?/.test(all[0]?.command?.title ?? "") && all;
    });
    assert.match(titles(found)[0] ?? "", /^Activeloop Deep Lake · permissions policy · /);
    assert.deepEqual(titles(found).slice(1), ["Plan", "Apply ▶", "Explain"]);
    const [target] = found[1]?.command?.arguments ?? [];
    assert.equal(String(target), inWorkspace("vendor-access/lake/integration.json").toString());
  });

  it("follows a repair, and a setting switches it off", async () => {
    const editor = await integration();
    const { document } = editor;
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, permissions("training-data")));
    await eventually("no problems are left", async () =>
      titles(await lenses(document.uri))[0]?.endsWith("· no problems"),
    );
    const settings = vscode.workspace.getConfiguration("vendorAccess");
    await settings.update("codeLens.enabled", false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lenses(document.uri), []);
    } finally {
      await settings.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("shows no lens outside of integrations", async () => {
    const { document } = await openFile("trust-policy.json", trust(currentPrincipal));
    assert.deepEqual(await lenses(document.uri), []);
  });

  it("explains the integration on a page that follows its documents", async () => {
    const editor = await integration();
    const [explain] = (await lenses(editor.document.uri)).slice(-1);
    assert.equal(explain?.command?.command, "vendorAccess.explainDocument");
    await vscode.commands.executeCommand(explain?.command?.command ?? "", ...(explain?.command?.arguments ?? []));
    const page = await eventually("the page is there", () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "vendor-access-explanation"),
    );
    await eventually("it says what is granted", () => /may .*read/s.test(page.getText()));
    const { document } = editor;
    const shown = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await shown.edit((edit) =>
      edit.replace(new vscode.Range(0, 0, document.lineCount, 0), permissions("another-bucket")),
    );
    await eventually("it follows", () => page.getText().includes("another-bucket"));
  });
});
