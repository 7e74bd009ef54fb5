import * as vscode from "vscode";
import { acceptEdits } from "../checks/acceptedFindings";
import { type AcceptArguments, workspaceEdit } from "../editor/codeActions";
import { integrationFolderOf } from "../editor/integrationFolder";
import { manifestName } from "../integration/recogniseManifest";
import { UserError } from "../policy/userError";
import type { CommandContext } from "./commandContext";

/** Asks why a finding is right in this document and writes that into integration.json, as one edit. */
export async function acceptFinding(_: CommandContext, argument: unknown): Promise<void> {
  if (!isAcceptArguments(argument)) return;
  const { uri, check, document } = argument;
  const folder = integrationFolderOf(vscode.Uri.parse(uri));
  if (folder === undefined) return;
  const reason = argument.reason ?? (await askForReason(check));
  if (reason === undefined || reason.trim() === "") return;
  const manifest = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, manifestName));
  const saved = !manifest.isDirty;
  const edits = acceptEdits(manifest.getText(), { check, document, reason: reason.trim() });
  if (edits.length === 0) {
    throw new UserError(
      "manifest-invalid",
      `${manifestName} can’t be read, so nothing can be written into it. Repair it first.`,
    );
  }
  await vscode.workspace.applyEdit(workspaceEdit(manifest.uri, manifest.getText(), edits));
  // What was saved stays so: an apply reads the file.
  if (saved) await manifest.save();
}

function askForReason(check: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Accept ${check} for this document`,
    prompt: "Why is it right here? The reason stands in integration.json and beside the finding.",
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === "" ? "Say why, for whoever reads this next." : undefined),
  });
}

function isAcceptArguments(value: unknown): value is AcceptArguments {
  return typeof value === "object" && value !== null && "uri" in value && "check" in value && "document" in value;
}
