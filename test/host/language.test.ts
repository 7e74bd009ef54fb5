import * as vscode from "vscode";
import { manifest, permissions } from "./documents";
import { clearWorkspace, eventually, openFile } from "./testWorkspace";

async function completions(editor: vscode.TextEditor, after: string): Promise<readonly string[]> {
  const { document } = editor;
  const offset = document.getText().indexOf(after) + after.length;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    document.positionAt(offset),
  );
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

describe("what VS Code itself does with the schemas and snippets", () => {
  afterEach(clearWorkspace);

  it("completes the vendors of a manifest", async () => {
    const editor = await openFile(
      "vendor-access/new/integration.json",
      manifest("training-data").replace('"activeloop-deep-lake"', '""'),
    );
    await eventually("the vendors are offered", async () => {
      const labels = await completions(editor, '"vendor": "');
      return labels.some((label) => label.includes("jfrog-ml"));
    });
  });

  it("completes the elements of a statement", async () => {
    const text = permissions("training-data").replace('"Effect": "Allow"', '"Effect": ""');
    const editor = await openFile("permissions-policy.json", text);
    await eventually("Allow and Deny are offered", async () => {
      const labels = (await completions(editor, '"Effect": "')).join();
      return labels.includes("Allow") && labels.includes("Deny");
    });
  });

  it("validates a manifest against its schema", async () => {
    const { document } = await openFile(
      "vendor-access/new/integration.json",
      manifest("training-data", { role: { name: 7 } }),
    );
    await eventually("the wrong type is reported", () =>
      vscode.languages.getDiagnostics(document.uri).find(({ range }) => document.getText(range) === "7"),
    );
  });

  it("offers snippets for the documents of every vendor", async () => {
    const editor = await openFile("new.json", "\n");
    await eventually("the snippets are offered", async () => {
      const labels = (await completions(editor, "")).join(" ").toLowerCase();
      return ["activeloop", "jfrog", "dataloop"].every((vendor) => labels.includes(vendor));
    });
  });
});
