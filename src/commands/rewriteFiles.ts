import * as vscode from "vscode";
import { UserError } from "../policy/userError";

/**
 * Writes files anew: one step of the undo history for all of them, which are then saved, because an apply reads them.
 *
 * @throws UserError `file` when one can't be changed
 */
export async function rewriteFiles(texts: readonly (readonly [file: vscode.Uri, text: string])[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const documents: vscode.TextDocument[] = [];
  for (const [file, text] of texts) {
    const document = await vscode.workspace.openTextDocument(file);
    const eol = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
    const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
    edit.replace(document.uri, whole, text.replace(/\r?\n/g, eol));
    documents.push(document);
  }
  const isApplied = await vscode.workspace.applyEdit(edit);
  // VS Code may save by itself in the meantime: then this does nothing, and answers false.
  for (const document of documents) await document.save();
  if (!isApplied || documents.some(({ isDirty }) => isDirty))
    throw new UserError("file", "The files could not be changed and saved. Are they read-only?");
}
