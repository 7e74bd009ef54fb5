import assert from "node:assert/strict";
import * as vscode from "vscode";
import { currentPrincipal, manifest, permissions, retiredPrincipal, trust } from "./documents";
import { checkOf, clearWorkspace, eventually, findings, hasCheck, hasNone, openFile, writeFile } from "./testWorkspace";

const folder = "vendor-access/activeloop-training-data";

async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: string,
): Promise<readonly vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    kind,
  );
  return actions.filter((action): action is vscode.CodeAction => "kind" in action || "edit" in action);
}

function everything(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
}

describe("fixes in the editor", () => {
  afterEach(clearWorkspace);

  it("repairs a typographic quote", async () => {
    const broken = permissions("training-data").replace('arn:aws:s3:::training-data"', "arn:aws:s3:::training-data”");
    const { document } = await openFile("policy.json", broken);
    const found = await findings(document.uri, "the quote is reported", hasCheck("typographic-quote"));
    const quote = found.find((diagnostic) => checkOf(diagnostic) === "typographic-quote");
    assert.ok(quote);
    const preferred = (await actionsAt(document, quote.range)).find(({ isPreferred, edit }) => isPreferred && edit);
    assert.ok(preferred?.edit, "no preferred fix is offered");
    await vscode.workspace.applyEdit(preferred.edit);
    assert.equal(document.getText(), permissions("training-data"));
    await findings(document.uri, "nothing is left to report", hasNone);
  });

  it("replaces a retired principal by the current one", async () => {
    const { document } = await openFile("trust.json", trust(retiredPrincipal));
    const found = await findings(document.uri, "the principal is reported", hasCheck("principal-retired"));
    const retired = found.find((diagnostic) => checkOf(diagnostic) === "principal-retired");
    assert.ok(retired);
    const [fix] = (await actionsAt(document, retired.range)).filter(({ edit }) => edit);
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.ok(document.getText().includes(currentPrincipal));
    await findings(document.uri, "the finding is gone", (all) => !hasCheck("principal-retired")(all));
  });

  it("fixes all on save, when the setting of VS Code says so", async () => {
    const broken = `\uFEFF${trust(retiredPrincipal)}`.replace('"sts:AssumeRole"', "“sts:AssumeRole”").slice(1);
    const { document } = await openFile("trust.json", broken);
    await findings(document.uri, "both are reported", (all) => hasCheck("typographic-quote")(all));
    const actions = await eventually("fix all is offered", async () => {
      const offered = await actionsAt(document, everything(document), "source.fixAll.vendorAccess");
      return offered.length > 0 && offered;
    });
    assert.equal(actions.length, 1);
    assert.ok(actions[0]?.edit);
    await vscode.workspace.applyEdit(actions[0].edit);
    assert.equal(document.getText(), trust(currentPrincipal));
  });

  it("offers to fill a placeholder in, and to fill it from the integration", async () => {
    await writeFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
    await writeFile(`${folder}/integration.json`, manifest("training-data"));
    const { document } = await openFile(`${folder}/permissions-policy.json`, permissions("BUCKET_NAME"));
    const found = await findings(document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    const placeholder = found.find((diagnostic) => checkOf(diagnostic) === "placeholder-unfilled");
    assert.ok(placeholder);
    const offered = await actionsAt(document, placeholder.range);
    const fill = offered.find(({ edit, title }) => edit && title.includes("training-data"));
    assert.ok(fill?.edit, `offered are: ${offered.map(({ title }) => title).join(" | ")}`);
    await vscode.workspace.applyEdit(fill.edit);
    await findings(document.uri, "nothing is left", hasNone);
    assert.equal(document.getText(), permissions("training-data"));
  });

  it("asks for a value with a command where only the person knows it", async () => {
    const { document } = await openFile("policy.json", permissions("BUCKET_NAME"));
    const found = await findings(document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    const [first] = found;
    assert.ok(first);
    const ask = (await actionsAt(document, first.range)).find(
      ({ command }) => command?.command === "vendorAccess.fillPlaceholder",
    );
    assert.equal(ask?.title, "Fill in BUCKET_NAME…");
    assert.deepEqual(ask?.command?.arguments?.[0].fill.placeholder, "BUCKET_NAME");
  });

  it("offers nothing for a text that was not checked yet", async () => {
    const editor = await openFile("policy.json", permissions("BUCKET_NAME"));
    await findings(editor.document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    await vscode.workspace
      .getConfiguration("vendorAccess")
      .update("check.delay", 5000, vscode.ConfigurationTarget.Global);
    try {
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "\n\n"));
      const offered = await actionsAt(editor.document, everything(editor.document));
      assert.deepEqual(
        offered.filter(({ title }) => title.startsWith("Fill in")),
        [],
      );
    } finally {
      await vscode.workspace
        .getConfiguration("vendorAccess")
        .update("check.delay", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
