import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";

export const extensionId = "vendor-access.vendor-access";

/** The workspace folder of the run: a copy, which the tests may write to. */
export function workspaceRoot(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("The tests run without a workspace folder.");
  return folder.uri;
}

export function inWorkspace(path: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceRoot(), ...path.split("/"));
}

export async function writeFile(path: string, text: string): Promise<vscode.Uri> {
  const uri = inWorkspace(path);
  await watchedFolder(path.split("/").slice(0, -1));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/**
 * Makes a folder one level at a time, each once VS Code has told of the one above: of folders that are nested within
 * an instant its watcher sees only the outermost, then and later.
 */
async function watchedFolder(names: readonly string[]): Promise<void> {
  for (const depth of names.keys()) {
    const uri = inWorkspace(names.slice(0, depth + 1).join("/"));
    const there = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (there) continue;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(workspaceRoot(), "**"));
    const told = new Promise<void>((resolve) => {
      const hear = (changed: vscode.Uri): void => {
        if (changed.path === uri.path) resolve();
      };
      watcher.onDidCreate(hear);
      watcher.onDidChange(hear);
    });
    await vscode.workspace.fs.createDirectory(uri);
    await Promise.race([told, wait(2_000)]);
    watcher.dispose();
  }
}

export async function openFile(path: string, text: string): Promise<vscode.TextEditor> {
  const uri = await writeFile(path, text);
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  // A file that was deleted and written anew can be shown as it was, for an instant, and an editor is in front a little later.
  await eventually(`${path} is in front`, () => {
    return vscode.window.activeTextEditor?.document === editor.document && editor.document.getText() === text;
  });
  return editor;
}

/** The labels that VS Code offers behind the first place where a text stands. */
export async function labelsAfter(document: vscode.TextDocument, text: string): Promise<readonly string[]> {
  const offset = document.getText().indexOf(text) + text.length;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    document.positionAt(offset),
  );
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

/** Between two tests nothing stays: no editor with unsaved text, no file, no finding. */
export async function clearWorkspace(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    // VS Code's own settings are unsaved for an instant while it writes them: they are not ours to revert.
    if (!document.isDirty || !document.uri.path.startsWith(`${workspaceRoot().path}/`)) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const [name] of await vscode.workspace.fs.readDirectory(workspaceRoot()))
    if (name !== "README.md") await vscode.workspace.fs.delete(inWorkspace(name), { recursive: true });
}

/** Waits until `condition` gives something; fails with what it waits for. */
export async function eventually<Result>(
  what: string,
  condition: () => Result | undefined | false | Promise<Result | undefined | false>,
): Promise<Result> {
  for (const end = Date.now() + 10_000; ; await wait(20)) {
    const result = await condition();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
  }
}

/** Our findings in a file, once `expected` holds for them. */
export function findings(
  uri: vscode.Uri,
  what: string,
  expected: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return eventually(what, () => {
    const diagnostics = ours(uri);
    return expected(diagnostics) && diagnostics;
  });
}

export function ours(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "Vendor Access");
}

export function checkOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

export const hasCheck =
  (check: string) =>
  (diagnostics: readonly vscode.Diagnostic[]): boolean =>
    diagnostics.some((diagnostic) => checkOf(diagnostic) === check);

export const hasNone = (diagnostics: readonly vscode.Diagnostic[]): boolean => diagnostics.length === 0;
