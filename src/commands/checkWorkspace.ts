import * as vscode from "vscode";
import type { Editor } from "../editor/registerEditor";
import type { WorkspaceCheckResult } from "../editor/workspaceCheck";
import { askForFolder } from "./askForFolder";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";

/** Checks every policy document of the workspace. */
export async function checkWorkspace({ editor, log }: CommandContext): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    askForFolder();
    return;
  }
  const result = await runWorkspaceCheck(editor, log, "Checking policy documents");
  if (result.cancelled) return;
  const { documents, errors, warnings, unreadable } = result;
  const files = count(documents, "document");
  if (documents === 0 && unreadable.length === 0) {
    void notify.information("There is no policy document in this workspace to check.");
    return;
  }
  const skipped =
    unreadable.length === 0 ? "" : ` ${count(unreadable.length, "file")} could not be read (see the log).`;
  if (errors + warnings === 0) {
    void notify.information(`Checked ${files}: nothing is wrong.${skipped}`);
    return;
  }
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  void notify.warning(`Checked ${files}: ${count(errors, "error")}, ${count(warnings, "warning")}.${skipped}`);
}

/** With its progress; what could not be read goes to the log. */
export async function runWorkspaceCheck(
  editor: Editor,
  log: vscode.LogOutputChannel,
  title: string,
): Promise<WorkspaceCheckResult> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const result = await vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    return editor.checkWorkspace((done, total) => {
      // A message for each of ten thousand files would cost more than the checks.
      if (done - shown < total / 50 && done < total) return;
      progress.report({ increment: ((done - shown) / total) * 100, message: `${done} of ${total} files` });
      shown = done;
    }, token);
  });
  for (const { uri, reason } of result.unreadable) log.warn(`Could not read ${uri.fsPath}: ${reason}`);
  return result;
}

function count(amount: number, word: string): string {
  return `${amount === 0 ? "no" : amount} ${word}${amount === 1 ? "" : "s"}`;
}
