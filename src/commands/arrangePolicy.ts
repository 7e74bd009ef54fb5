import * as vscode from "vscode";
import { applyEdits } from "../checks/applyFixes";
import { workspaceEdit } from "../editor/codeActions";
import { changedParts } from "../editor/textChanges";
import { type Arrangement, arrangePolicies, type Unarranged } from "../policy/arrange/arrangePolicies";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";

/** As the documents of an integration are laid out; comments stay. VS Code's own formatter is not replaced by this. */
export const formatPolicy = (_: CommandContext): Promise<void> => arrange("format");

export const sortActions = (_: CommandContext): Promise<void> => arrange("sort-actions");

export const sortStatements = (_: CommandContext): Promise<void> => arrange("sort-statements");

const already: Readonly<Record<Arrangement, string>> = {
  format: "The policy is formatted already.",
  "sort-actions": "The actions are sorted already.",
  "sort-statements": "The statements are sorted already: by their Sids, those without one at the end.",
};

const refused: Readonly<Record<Unarranged, string>> = {
  "no-policy": "The editor in front shows no IAM policy. Open one first.",
  broken: "The document is no JSON yet, so what belongs together can’t be told. Fix its errors first.",
};

/** One edit, and so one undo. */
async function arrange(arrangement: Arrangement): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText() ?? "";
  const offset = editor?.document.offsetAt(editor.selection.active) ?? 0;
  const edits = arrangePolicies(text, offset, arrangement);
  if (editor === undefined || typeof edits === "string") {
    void notify.warning(refused[typeof edits === "string" ? edits : "no-policy"]);
    return;
  }
  if (edits.length === 0) {
    vscode.window.setStatusBarMessage(already[arrangement], 4_000);
    return;
  }
  const changes = changedParts(text, applyEdits(text, edits));
  await vscode.workspace.applyEdit(workspaceEdit(editor.document.uri, text, changes));
}
