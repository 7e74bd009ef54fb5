import * as vscode from "vscode";
import { documentUri } from "../sidebar/integrationTree";
import { nodeOf } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";

/** Opens the document of a row; for a finding, at its place. */
export async function openDocument(context: CommandContext, argument: unknown): Promise<void> {
  const node = nodeOf(context, argument);
  if (!node) return;
  const path = node.kind === "document" ? node.document.path : `${node.stored.integration.folder}/integration.json`;
  const document = await vscode.workspace.openTextDocument(documentUri(node.stored, path));
  const options: vscode.TextDocumentShowOptions = { preview: true };
  if (node.kind === "problem") {
    const { offset, length } = node.finding.range;
    options.selection = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  }
  await vscode.window.showTextDocument(document, options);
}
