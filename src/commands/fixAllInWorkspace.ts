import * as vscode from "vscode";
import { changedParts } from "../editor/textChanges";
import { sameLines, textPositions } from "../editor/textPositions";
import type { FixedFile } from "../editor/workspaceFixes";
import { UserError } from "../policy/userError";
import { askForFolder } from "./askForFolder";
import { runWorkspaceCheck } from "./checkWorkspace";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";

interface Choice extends vscode.QuickPickItem {
  readonly preview: boolean;
}

/** Makes every fix that needs no choice, in all documents of the workspace: one edit that one undo takes back. */
export async function fixAllInWorkspace({ editor, log }: CommandContext): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    askForFolder();
    return;
  }
  const result = await runWorkspaceCheck(editor, log, "Looking for what can be fixed");
  if (result.cancelled) return;
  const files = editor.fixedFiles();
  if (files.length === 0) {
    const left = result.errors + result.warnings;
    void notify.information(
      left === 0 ? "There is nothing to fix." : "There is nothing that can be fixed without a choice of yours.",
    );
    return;
  }
  const choice = await vscode.window.showQuickPick(choices(files), {
    title: "Fix All in Workspace",
    placeHolder: "Only fixes that need no choice are made",
  });
  if (choice === undefined) return;
  const edit = workspaceEditOf(await unchanged(files), choice.preview);
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function choices(files: readonly FixedFile[]): readonly Choice[] {
  const fixes = files.reduce((sum, file) => sum + file.fixes, 0);
  const names = files.map(({ uri }) => vscode.workspace.asRelativePath(uri));
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  const what = `${count(fixes, "fix", "fixes")} in ${count(files.length, "file", "files")}`;
  return [
    { label: `$(check-all) Make ${what}`, detail: `${names.slice(0, 3).join(", ")}${more}`, preview: false },
    { label: "$(diff) Look at each change first", detail: "Choose in the preview which are made", preview: true },
  ];
}

/** What was typed while the question stood there must not be written over. */
async function unchanged(files: readonly FixedFile[]): Promise<readonly FixedFile[]> {
  const documents = await Promise.all(files.map(({ uri }) => vscode.workspace.openTextDocument(uri)));
  const changed = files.find(({ text }, index) => !sameLines(documents[index]?.getText() ?? "", text));
  if (changed !== undefined) {
    const name = vscode.workspace.asRelativePath(changed.uri);
    throw new UserError("documents-changed", `${name} changed in the meantime. Run Fix All in Workspace again.`);
  }
  return files;
}

function workspaceEditOf(files: readonly FixedFile[], preview: boolean): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const metadata = { needsConfirmation: preview, label: "Vendor Access" };
  for (const { uri, text, fixedText } of files) {
    const rangeOf = textPositions(text);
    for (const { range, newText } of changedParts(text, fixedText))
      edit.replace(uri, rangeOf(range), newText, metadata);
  }
  return edit;
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
