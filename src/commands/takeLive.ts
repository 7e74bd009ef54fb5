import * as vscode from "vscode";
import { documentsToTake, type LiveDocument } from "../integration/liveDocument";
import { formatJson } from "../policy/formatJson";
import { UserError } from "../policy/userError";
import type { UsableIntegration } from "../sidebar/integrationStore";
import { documentUri } from "../sidebar/integrationTree";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { rewriteFiles } from "./rewriteFiles";
import { chooseDrifted } from "./showDrift";

/**
 * Takes what is live in the account into the documents: those that differ are written anew, formatted, in one step that
 * Undo takes back. The manifest stays, and nothing in AWS is touched.
 */
export async function takeLive(context: CommandContext, argument: unknown): Promise<void> {
  const { stored, resource } = await chooseDrifted(context, argument, "Take what is live into the documents");
  const { name } = stored.integration;
  if (!stored.live)
    throw new UserError(
      "usage",
      `${name} was not compared with the account yet. Refresh first, then take what is live.`,
    );
  const found = documentsToTake(resource ? [resource] : stored.live.resources, stored.integration);
  if (found.length === 0)
    throw new UserError("usage", `No document of ${name} differs from what is live, so there is nothing to take.`);
  const files = found.map(({ path }) => path.slice(stored.integration.folder.length + 1)).join(" and ");
  await write(stored, found);
  await context.store.reload();
  const undo = "Undo";
  const shown = `${files} of ${name} now ${found.length === 1 ? "says" : "say"} what is live in account ${stored.live.identity.account}. Look through it before you commit.`;
  if ((await notify.information(shown, undo)) === undo) await takeBack(stored, found);
}

async function write(stored: UsableIntegration, found: readonly LiveDocument[]): Promise<void> {
  await rewriteFiles(found.map(({ path, taken }) => [documentUri(stored, path), formatJson(taken)]));
  // Shown, so that they can be read and Undo has an editor to work in.
  for (const [index, { path }] of found.entries())
    await vscode.window.showTextDocument(documentUri(stored, path), { preview: false, preserveFocus: index > 0 });
}

async function takeBack(stored: UsableIntegration, found: readonly LiveDocument[]): Promise<void> {
  for (const { path } of found) {
    const document = await vscode.workspace.openTextDocument(documentUri(stored, path));
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.commands.executeCommand("undo");
    await document.save();
  }
}
