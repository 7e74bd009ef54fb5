import * as vscode from "vscode";
import { UserError } from "../policy/userError";
import { isUsable, type StoredIntegration, type UsableIntegration } from "../sidebar/integrationStore";
import { integrationLabel } from "../sidebar/labels";
import type { TreeNode } from "../sidebar/treeNode";
import { askForFolder } from "./askForFolder";
import type { CommandContext } from "./commandContext";
import { comparedPlace } from "./comparisons";
import { uriInFront } from "./editorInFront";

/** What a keybinding of the side bar passes: the row that has the focus. */
const selectedRow = "selection";

/**
 * The integration that a command is for: that of the row or file it was run on, else that of the active editor, else
 * the only one, else the one that the person picks. It is read anew from its files.
 */
export async function chooseIntegration(
  context: CommandContext,
  argument: unknown,
  what: string,
): Promise<UsableIntegration> {
  await context.store.ready();
  const stored = integrationOf(context, argument) ?? (await pick(context, what));
  const fresh = await context.store.fresh(stored);
  if (!fresh)
    throw new UserError("file", `The integration ${stored.integration.name} is gone: its folder was removed.`);
  if (!isUsable(fresh)) {
    const [finding] = fresh.integration.manifestFindings;
    throw new UserError(
      "manifest-invalid",
      `The integration.json of ${fresh.integration.name} can’t be used: ${finding?.message ?? "it is empty."}`,
    );
  }
  return fresh;
}

/** The row that a command was run on, if any. */
export function nodeOf(context: CommandContext, argument: unknown): TreeNode | undefined {
  if (argument === selectedRow) return context.tree.selection[0];
  return isTreeNode(argument) ? argument : undefined;
}

function integrationOf(context: CommandContext, argument: unknown): StoredIntegration | undefined {
  const { store } = context;
  const node = nodeOf(context, argument);
  if (node) return store.get(node.stored.key) ?? node.stored;
  if (argument instanceof vscode.Uri)
    return store.get(comparedPlace(argument)?.integration ?? "") ?? store.of(argument);
  const uri = uriInFront();
  const inEditor = uri && store.of(uri);
  const [only, ...others] = store.all();
  return inEditor ?? (others.length === 0 ? only : undefined);
}

async function pick({ store }: CommandContext, what: string): Promise<StoredIntegration> {
  if (!vscode.workspace.workspaceFolders?.length) {
    askForFolder();
    throw new UserError("cancelled", "No folder is open.");
  }
  if (store.all().length === 0)
    throw new UserError(
      "usage",
      "There is no integration in this workspace yet. Run “Vendor Access: New Integration…” first.",
    );
  const items = store.all().map((stored) => {
    const { label, description, icon } = integrationLabel(stored, store.all());
    return { label: `$(${icon}) ${label}`, description, stored };
  });
  const picked = await vscode.window.showQuickPick(items, { title: what, placeHolder: "Which integration?" });
  if (!picked) throw new UserError("cancelled", "No integration was picked.");
  return picked.stored;
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "kind" in value && "stored" in value;
}
