import assert from "node:assert/strict";
import * as vscode from "vscode";
import { currentPrincipal, manifest, permissions, retiredPrincipal, trust } from "./documents";
import {
  checkOf,
  clearWorkspace,
  eventually,
  findings,
  hasCheck,
  hasNone,
  inWorkspace,
  openFile,
  writeFile,
} from "./testWorkspace";

const run = (command: string, argument?: unknown) => vscode.commands.executeCommand(command, argument);
const undo = () => run("undo");

/** Answers the list that a command shows, as soon as it stands there, with its row of this number. */
async function answer(running: Thenable<unknown>, row = 0): Promise<void> {
  let over = false;
  void Promise.resolve(running).then(() => {
    over = true;
  });
  await eventually("the list is answered", async () => {
    await run("workbench.action.quickOpenFirst").then(undefined, () => undefined);
    for (let index = 0; index < row; index += 1) await run("workbench.action.quickOpenSelectNext");
    await run("workbench.action.acceptSelectedQuickOpenItem");
    return over;
  });
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

const template = (policy: unknown) =>
  `${JSON.stringify({ Resources: { Data: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: policy } } } }, null, 2)}\n`;

describe("policies within templates, in the editor", () => {
  afterEach(clearWorkspace);

  it("are checked, and repaired in the template", async () => {
    const wrong = permissions("my-data").replace('"Allow"', '"allow"');
    const { document } = await openFile("template.json", template(JSON.parse(wrong)));
    const [effect] = await findings(document.uri, "the effect is reported", hasCheck("effect-invalid"));
    assert.ok(effect);
    assert.equal(document.getText(effect.range), "allow");
    const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      effect.range,
    );
    assert.ok(fix?.edit, "a fix is offered");
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), template(JSON.parse(permissions("my-data"))));
    await findings(document.uri, "nothing is left", hasNone);
  });

  it("are checked in Terraform's JSON, where they are strings", async () => {
    const policy = permissions("BUCKET_NAME");
    const text = JSON.stringify({ resource: { aws_iam_policy: { data: { policy } } } });
    const { document } = await openFile("main.tf.json", text);
    const found = await findings(document.uri, "the placeholders are reported", hasCheck("placeholder-unfilled"));
    assert.deepEqual([...new Set(found.map(({ range }) => document.getText(range)))], ["BUCKET_NAME"]);
  });
});

describe("the layout of a policy", () => {
  afterEach(clearWorkspace);

  it("changes on request, with one undo", async () => {
    const expected = permissions("my-data");
    const compact = JSON.stringify(JSON.parse(expected));
    const { document } = await openFile("policy.json", compact);
    await run("vendorAccess.formatPolicy");
    await eventually("it is formatted", () => document.getText() === expected);
    await undo();
    await eventually("it is as before", () => document.getText() === compact);
  });

  it("keeps comments in JSON with comments while actions are sorted", async () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [\n  "s3:PutObject", // write\n  "s3:GetObject"\n], "Resource": "*"}]}';
    const { document } = await openFile("policy.jsonc", text);
    await run("vendorAccess.sortActions");
    await eventually("they are sorted", () =>
      document.getText().includes('[\n  "s3:GetObject",\n  "s3:PutObject" // write\n]'),
    );
    await undo();
    await eventually("it is as before", () => document.getText() === text);
  });

  it("is not what VS Code formats JSON with", async () => {
    const { document } = await openFile("policy.json", JSON.stringify(JSON.parse(permissions("my-data"))));
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatDocumentProvider",
      document.uri,
      { tabSize: 7, insertSpaces: true },
    );
    // VS Code's own keeps the tab size that is asked for.
    assert.ok(
      edits.some(({ newText }) => newText.includes("       ")),
      JSON.stringify(edits).slice(0, 300),
    );
  });
});

describe("fix all in the workspace", () => {
  afterEach(clearWorkspace);

  it("repairs every document with one edit, after a question that counts", async () => {
    const one = await writeFile("one/trust.json", trust(retiredPrincipal));
    const two = await writeFile("two/policy.json", permissions("my-data").replace('"Allow"', '"allow"'));
    const fine = await writeFile("three/policy.json", permissions("BUCKET_NAME"));
    await answer(run("vendorAccess.fixAllInWorkspace"));
    await eventually("both are repaired", async () => {
      const documents = [await vscode.workspace.openTextDocument(one), await vscode.workspace.openTextDocument(two)];
      const [first, second] = documents.map((document) => document.getText());
      return first === trust(currentPrincipal) && second === permissions("my-data");
    });
    assert.equal(await textOf(fine), permissions("BUCKET_NAME"), "what needs a choice stays");
  });
});

describe("the kind of a document", () => {
  afterEach(clearWorkspace);

  it("is remembered where the person selects it, and told to the checks", async () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*"}]}';
    const { document } = await openFile("unknown.json", text);
    await answer(run("vendorAccess.selectDocumentKind"), 1);
    await findings(document.uri, "it is no trust policy", hasCheck("document-misplaced"));
    await vscode.window.showTextDocument(document);
    await answer(run("vendorAccess.selectDocumentKind"), 4);
    await findings(document.uri, "it is what it is", hasNone);
  });
});

describe("findings as a person wants them", () => {
  const folder = "vendor-access/activeloop-training-data";
  afterEach(clearWorkspace);

  it("are accepted with a reason in the manifest, which one undo takes back", async () => {
    await writeFile(`${folder}/integration.json`, manifest("training-data"));
    await writeFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
    const all = permissions("training-data").replace('"s3:DeleteObject"', '"s3:DeleteObject", "s3:PutBucketPolicy"');
    const { document } = await openFile(`${folder}/permissions-policy.json`, all);
    const found = await findings(document.uri, "more than asked is reported", hasCheck("action-beyond-request"));
    const beyond = found.find((diagnostic) => checkOf(diagnostic) === "action-beyond-request");
    assert.ok(beyond);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      beyond.range,
    );
    const accept = actions.find(({ command }) => command?.command === "vendorAccess.acceptFinding");
    assert.equal(accept?.title, "Accept for this document…");
    const target = { ...accept?.command?.arguments?.[0], reason: "  The vendor asked for it.  " };
    await run("vendorAccess.acceptFinding", target);
    const accepted = await findings(document.uri, "it is a hint with the reason", (diagnostics) =>
      diagnostics.some(({ message }) => message.endsWith("Accepted: The vendor asked for it.")),
    );
    const hint = accepted.find((diagnostic) => checkOf(diagnostic) === "action-beyond-request");
    assert.equal(hint?.severity, vscode.DiagnosticSeverity.Hint);
    const written = JSON.parse(await textOf(inWorkspace(`${folder}/integration.json`)));
    assert.deepEqual(written.accepted, [
      { check: "action-beyond-request", document: "permissions", reason: "The vendor asked for it." },
    ]);
  });

  it("have the severity of the setting, or none", async () => {
    const settings = vscode.workspace.getConfiguration("vendorAccess");
    const { document } = await openFile("policy.json", permissions("BUCKET_NAME"));
    await findings(document.uri, "they are errors", (all) =>
      all.some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    try {
      await settings.update(
        "check.severity",
        { "placeholder-unfilled": "information" },
        vscode.ConfigurationTarget.Global,
      );
      await findings(
        document.uri,
        "they inform",
        (all) => all.length > 0 && all.every(({ severity }) => severity === vscode.DiagnosticSeverity.Information),
      );
      await settings.update("check.severity", { "placeholder-unfilled": "off" }, vscode.ConfigurationTarget.Global);
      await findings(document.uri, "they are gone", hasNone);
    } finally {
      await settings.update("check.severity", undefined, vscode.ConfigurationTarget.Global);
    }
    await findings(document.uri, "they are errors again", hasCheck("placeholder-unfilled"));
  });
});
