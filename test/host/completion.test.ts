import assert from "node:assert/strict";
import * as vscode from "vscode";
import { currentPrincipal, manifest, permissions, trust } from "./documents";
import { clearWorkspace, eventually, openFile, writeFile } from "./testWorkspace";

/** An item of the list with its label as it is shown, without the quotes that VS Code's own JSON support shows. */
interface Offered {
  readonly label: string;
  readonly item: vscode.CompletionItem;
}

async function offered(document: vscode.TextDocument, offset: number): Promise<readonly Offered[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    document.positionAt(offset),
  );
  return list.items.map((item) => {
    const label = typeof item.label === "string" ? item.label : item.label.label;
    return { label: label.replace(/^"(.*)"$/, "$1"), item };
  });
}

/** Opens the text without its `|` and gives what is offered there, once `expected` is among it. */
async function offeredIn(path: string, marked: string, expected: string): Promise<readonly Offered[]> {
  const offset = marked.indexOf("|");
  const { document } = await openFile(path, marked.slice(0, offset) + marked.slice(offset + 1));
  return eventually(`${expected} is offered at ${marked.slice(Math.max(0, offset - 30), offset)}|`, async () => {
    const items = await offered(document, offset);
    return items.some(({ label }) => label === expected) && items;
  });
}

const statement = (text: string) => `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n${text}\n    }\n  ]\n}\n`;

describe("completion", () => {
  before("VS Code's own JSON support is at work, with our schemas", async () => {
    const { document } = await openFile("permissions-policy.json", statement('      "Effect": "Allow"'));
    await eventually("it explains an element", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        document.positionAt(document.getText().indexOf("Effect")),
      );
      const words = hovers.flatMap(({ contents }) =>
        contents.map((part) => (typeof part === "string" ? part : part.value)),
      );
      return words.join().includes("Whether the statement allows or denies");
    });
    await clearWorkspace();
  });
  afterEach(clearWorkspace);

  const places: readonly (readonly [what: string, path: string, marked: string, expected: string])[] = [
    ["an element", "permissions-policy.json", statement('      "Effect": "Allow",\n      |'), "Action"],
    ["a key of the document", "permissions-policy.json", '{\n  "Version": "2012-10-17",\n  |\n}\n', "Statement"],
    ["an effect", "permissions-policy.json", statement('      "Effect": "|"'), "Allow"],
    ["an effect without quotes", "trust-policy.json", statement('      "Effect": |'), "Deny"],
    [
      "an action",
      "permissions-policy.json",
      statement('      "Effect": "Allow",\n      "Action": ["s3:|"]'),
      "s3:GetObject",
    ],
    ["a service", "bucket-policy.json", statement('      "Effect": "Allow",\n      "Action": "|"'), "s3:"],
    [
      "a type of principal",
      "trust-policy.json",
      statement('      "Effect": "Allow",\n      "Principal": { "|" }'),
      "AWS",
    ],
    [
      "a principal",
      "trust-policy.json",
      statement('      "Effect": "Allow",\n      "Principal": { "AWS": "|" }'),
      currentPrincipal,
    ],
    [
      "an operator",
      "trust-policy.json",
      statement('      "Effect": "Allow",\n      "Condition": { "|" }'),
      "StringEquals",
    ],
    [
      "a condition key",
      "trust-policy.json",
      statement(
        '      "Effect": "Allow",\n      "Action": "sts:AssumeRole",\n      "Condition": { "StringEquals": { "|" } }',
      ),
      "sts:ExternalId",
    ],
    [
      "a condition's value",
      "bucket-policy.json",
      statement('      "Effect": "Allow",\n      "Condition": { "Bool": { "aws:SecureTransport": "|" } }'),
      "true",
    ],
    ["the version", "permissions-policy.json", '{\n  "Version": "|",\n  "Statement": []\n}\n', "2012-10-17"],
    [
      "a vendor",
      "vendor-access/new/integration.json",
      manifest("training-data").replace('"activeloop-deep-lake"', '"|"'),
      "jfrog-ml",
    ],
    [
      "an access level",
      "vendor-access/new/integration.json",
      manifest("training-data").replace('"read-write"', '"|"'),
      "read-write",
    ],
    [
      "a parameter",
      "vendor-access/new/integration.json",
      manifest("training-data").replace('"buckets": [', '"|": true,\n    "buckets": ['),
      "kmsKeyArn",
    ],
    [
      "a role's name",
      "vendor-access/new/integration.json",
      manifest("training-data").replace(/"VendorAccess-[^"]*"/, '"|"'),
      "VendorAccess-activeloop-deep-lake-training-data",
    ],
  ];
  for (const [what, path, marked, expected] of places) {
    it(`completes ${what}, each once, although VS Code knows a schema`, async () => {
      const items = await offeredIn(path, marked, expected);
      const labels = items.map(({ label }) => label);
      assert.deepEqual(
        labels.filter((label, index) => labels.indexOf(label) !== index),
        [],
      );
    });
  }

  it("completes the buckets of the integration that the document belongs to", async () => {
    await writeFile("vendor-access/lake/integration.json", manifest("training-data", { account: "314159265358" }));
    const text = permissions("other").replace(/"arn:aws:s3:::other"/, '"|"');
    const items = await offeredIn("vendor-access/lake/permissions-policy.json", text, "arn:aws:s3:::training-data");
    assert.ok(
      items.some(({ label }) => label === "arn:aws:s3:::training-data/*"),
      "the objects, too",
    );
  });

  it("completes the accounts of other integrations", async () => {
    await writeFile("vendor-access/first/integration.json", manifest("training-data", { account: "314159265358" }));
    const text = manifest("training-data", { account: "" }).replace('"account": ""', '"account": "|"');
    await offeredIn("vendor-access/second/integration.json", text, "314159265358");
  });

  it("puts the action between the quotes when it is typed and taken", async () => {
    const editor = await openFile(
      "typed.permissions-policy.json",
      statement('      "Effect": "Allow",\n      "Action": ""'),
    );
    const { document } = editor;
    const place = document.positionAt(document.getText().indexOf('"Action": "') + '"Action": "'.length);
    editor.selection = new vscode.Selection(place, place);
    await eventually("the list has the action", async () =>
      (await offered(document, document.offsetAt(place))).some(({ label }) => label === "s3:GetObjectTagging"),
    );
    await vscode.commands.executeCommand("type", { text: "getobjtagg" });
    await vscode.commands.executeCommand("editor.action.triggerSuggest");
    await eventually("the action is taken", async () => {
      await vscode.commands.executeCommand("acceptSelectedSuggestion");
      return document.getText().includes('"Action": "s3:GetObjectTagging"');
    });
  });

  it("explains an action when it is looked at", async () => {
    const { document } = await openFile("explained.permissions-policy.json", statement('      "Action": ["s3:"]'));
    const offset = document.getText().indexOf("s3:") + 3;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      document.positionAt(offset),
      undefined,
      500,
    );
    const item = list.items.find(({ filterText }) => filterText === "s3:GetObject");
    const { documentation } = item ?? {};
    assert.match(documentation instanceof vscode.MarkdownString ? documentation.value : "", /retrieve objects/);
  });

  it("says nothing in other JSON", async () => {
    const { document } = await openFile("other.json", '{ "Effect": "" }\n');
    await openFile("trust-policy.json", trust(currentPrincipal));
    // VS Code itself offers the words of other documents, as plain text.
    const labels = (await offered(document, document.getText().indexOf('""') + 1))
      .filter(({ item }) => item.kind !== vscode.CompletionItemKind.Text)
      .map(({ label }) => label);
    assert.ok(!labels.includes("Allow"), labels.join());
  });
});
