import * as vscode from "vscode";
import { refuseCopies } from "../integration/refuseCopies";
import { UserError } from "../policy/userError";
import { isUsable, type StoredIntegration, type UsableIntegration } from "../sidebar/integrationStore";
import { integrationLabel } from "../sidebar/labels";
import type { TreeNode } from "../sidebar/treeNode";
import { askForFolder } from "./askForFolder";
import type { CommandContext } from "./commandContext";
import { comparedPlace } from "./comparisons";
import { uriInFront } from "./editorInFront";
import { offerCommand } from "./offerCommand";

type Shown = Pick<CommandContext, "store"> & { readonly tree: Pick<CommandContext["tree"], "selection"> };

/** What a keybinding of the side bar passes: the row that has the focus. */
const selectedRow = "selection";

/**
 * The integration that a command is for: that of the row or file it was run on, else that of the active editor, else
 * the only one, else the one that the person picks. It is read anew from its files.
 */
export async function chooseIntegration(context: Shown, argument: unknown, what: string): Promise<UsableIntegration> {
  await context.store.ready();
  const stored =
    argument instanceof vscode.Uri
      ? await integrationAt(context, argument)
      : (integrationOf(context, argument) ?? (await pick(context, what)));
  const fresh = await context.store.fresh(stored);
  if (!fresh) throw new UserError("file", goneMessage(stored.integration.name));
  if (!isUsable(fresh)) {
    const [finding] = fresh.integration.manifestFindings;
    throw new UserError(
      "manifest-invalid",
      `The integration.json of ${fresh.integration.name} can’t be used: ${finding?.message ?? "it is empty."}`,
    );
  }
  await refuseCopies(fresh.root.files, fresh.integration);
  return fresh;
}

/** The row that a command was run on, if any. */
export function nodeOf(context: Shown, argument: unknown): TreeNode | undefined {
  if (argument === selectedRow) return context.tree.selection[0];
  return isTreeNode(argument) ? argument : undefined;
}

/** What a button, a lens or an editor's title names: nothing else is meant when its folder is gone. */
async function integrationAt({ store }: Shown, uri: vscode.Uri): Promise<StoredIntegration> {
  const place = placeOf(uri);
  // It can be newer than the last reading of the files.
  if (!store.of(place)) await store.reload();
  const found = store.of(place);
  if (!found) throw new UserError("file", goneMessage(nameAt(place)));
  return found;
}

/** Of a compared text: the folder that it belongs to. */
function placeOf(uri: vscode.Uri): vscode.Uri {
  const compared = comparedPlace(uri);
  return compared ? vscode.Uri.parse(compared.integration) : uri;
}

function goneMessage(name: string): string {
  return `The integration ${name} is gone: its folder was removed or renamed.`;
}

/** The name of an integration from the place of its folder, or of a document in it. */
function nameAt({ path }: vscode.Uri): string {
  return (path.endsWith(".json") ? path.split("/").at(-2) : path.split("/").at(-1)) ?? "";
}

function integrationOf(context: Shown, argument: unknown): StoredIntegration | undefined {
  const { store } = context;
  const node = nodeOf(context, argument);
  if (node) return store.get(node.stored.key) ?? node.stored;
  const uri = uriInFront();
  const inEditor = uri && store.of(placeOf(uri));
  const [only, ...others] = store.all();
  return inEditor ?? (others.length === 0 ? only : undefined);
}

async function pick({ store, tree }: Shown, what: string): Promise<StoredIntegration> {
  if (!vscode.workspace.workspaceFolders?.length) {
    askForFolder();
    throw new UserError("cancelled", "No folder is open.");
  }
  if (store.all().length === 0) {
    const message = "There is no integration in this workspace yet.";
    offerCommand(message, "New Integration…", "vendorAccess.newIntegration");
    throw new UserError("cancelled", "There is no integration.");
  }
  // That of the selected row comes first: it was looked at last.
  const selected = tree.selection[0]?.stored.key;
  const sorted = store.all().toSorted((a, b) => Number(b.key === selected) - Number(a.key === selected));
  const items = sorted.map((stored) => {
    const { label, description, icon } = integrationLabel(stored, store.all());
    return { label: `$(${icon}) ${label}`, description, stored };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: what,
    placeHolder: "Which integration?",
    // The vendor, which a name often leaves out.
    matchOnDescription: true,
  });
  if (!picked) throw new UserError("cancelled", "No integration was picked.");
  return picked.stored;
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "kind" in value && "stored" in value;
}
