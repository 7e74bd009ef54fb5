import * as vscode from "vscode";
import { forwardCommands } from "./commands/forwardCommands";
import { DocumentWatch } from "./editor/documentWatch";
import { FolderWatch } from "./editor/folderWatch";
import { registerPolicyPaste } from "./editor/paste/policyPaste";
import type { SideBar } from "./sideBar";
import { LazyTree } from "./sidebar/lazyTree";
import type { Workbench } from "./workbench";

/**
 * What every window starts: a few kilobytes that wait for the first document, folder of integrations, look at the side
 * bar or command. These load `workbench.ts`, the product, and all but a document its side bar. Resolves when what is
 * already open has it loaded, and at once when nothing has.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  let workbench: Promise<Workbench> | undefined;

  const treeDataProvider = new LazyTree(async () => (await sideBar("the side bar")).treeDataProvider);
  const view = vscode.window.createTreeView("vendorAccess.integrations", { treeDataProvider, showCollapseAll: true });
  const documents = new DocumentWatch(() => void load("an open document"));
  const folders = new FolderWatch(() => void sideBar("a folder of integrations"));
  const commands = forwardCommands(context.extension, async (command) => (await sideBar(command)).runCommand);

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

  async function sideBar(what: string): Promise<SideBar> {
    folders.dispose();
    return (await load(what)).sideBar();
  }

  const paste = registerPolicyPaste([{ language: "json" }, { language: "jsonc" }]);

  context.subscriptions.push(treeDataProvider, view, documents, folders, commands, paste);
  documents.start();
  folders.start();
  await workbench;
}
