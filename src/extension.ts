import * as vscode from "vscode";
import { forwardCommands } from "./commands/forwardCommands";
import { DocumentWatch } from "./editor/documentWatch";
import { registerPolicyPaste } from "./editor/paste/policyPaste";
import { LazyTree } from "./sidebar/lazyTree";
import type { Workbench } from "./workbench";

/**
 * What every window starts: a few kilobytes that wait for the first document, look at the side bar or command. That
 * loads `workbench.ts`, the product. Resolves when what is already open has it loaded, and at once when nothing has.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  let workbench: Promise<Workbench> | undefined;

  const treeDataProvider = new LazyTree(async () => (await load("the side bar")).treeDataProvider);
  const view = vscode.window.createTreeView("vendorAccess.integrations", { treeDataProvider, showCollapseAll: true });
  const documents = new DocumentWatch((what) => void load(what));
  const commands = forwardCommands(context.extension, async (command) => (await load(command)).runCommand);

  function load(what: string): Promise<Workbench> {
    workbench ??= loadWorkbench(what);
    documents.dispose();
    return workbench;
  }

  async function loadWorkbench(what: string): Promise<Workbench> {
    const start = performance.now();
    const [{ openWorkbench }, { catalog }] = await Promise.all([import("./workbench"), import("./vendors/catalog")]);
    const opened = openWorkbench(context, view, catalog);
    opened.log.info(`Loaded for ${what} in ${(performance.now() - start).toFixed(1)} ms.`);
    return opened;
  }

  const paste = registerPolicyPaste([{ language: "json" }, { language: "jsonc" }]);

  context.subscriptions.push(treeDataProvider, view, documents, commands, paste);
  documents.start();
  await workbench;
}
