import type * as vscode from "vscode";
import type { AccountConnection } from "./commands/accountConnection";
import { awsOff } from "./commands/accountReach";
import { registerAccountStatusBar } from "./commands/accountStatusBar";
import type { RunCommand } from "./commands/commandRunner";
import { Comparisons } from "./commands/comparisons";
import { TextPages } from "./commands/textPages";
import { registerUnfinishedNotice } from "./commands/unfinishedNotice";
import { integrationsFolder } from "./editor/integrationFolder";
import type { Editor } from "./editor/registerEditor";
import { workspaceFileSystem } from "./editor/workspaceFileSystem";
import { AccessKeySecrets } from "./sidebar/accessKeySecrets";
import { DriftWatch } from "./sidebar/driftWatch";
import { IntegrationStore } from "./sidebar/integrationStore";
import { IntegrationTree } from "./sidebar/integrationTree";
import { PlanView } from "./sidebar/planView";
import type { TreeNode } from "./sidebar/treeNode";
import type { VendorDefinition } from "./vendors/definition";

export interface SideBarOptions {
  readonly context: vscode.ExtensionContext;
  readonly tree: vscode.TreeView<TreeNode>;
  readonly vendors: readonly VendorDefinition[];
  readonly account: AccountConnection;
  readonly editor: Editor;
  /** What the documents are checked against has changed. */
  readonly onDidChangeBuckets: vscode.Event<void>;
  readonly log: vscode.LogOutputChannel;
}

/** What the entry point forwards to. */
export interface SideBar {
  readonly treeDataProvider: IntegrationTree;
  readonly runCommand: RunCommand;
}

/** The integrations of the workspace: the side bar, the status bar, what watches them, and what runs the commands. */
export function openSideBar(options: SideBarOptions): SideBar {
  const { tree, vendors, account, editor, onDidChangeBuckets, log } = options;
  const { workspaceState, secrets: storage, subscriptions } = options.context;
  const secrets = new AccessKeySecrets(storage);
  const store = new IntegrationStore({
    vendors,
    buckets: () => account.buckets(),
    onDidChangeBuckets,
    secrets,
    integrationsFolder,
    fileSystem: workspaceFileSystem,
    memory: workspaceState,
    onError: (error) =>
      log.warn(`The integrations could not be read: ${error instanceof Error ? error.message : error}`),
  });
  const treeDataProvider = new IntegrationTree(store);
  const planView = new PlanView(store);
  const comparisons = new Comparisons();
  const pages = new TextPages();
  const statusBar = registerAccountStatusBar(account, store);

  const commands = { vendors, store, tree, editor, account, secrets, planView, comparisons, pages, log, subscriptions };
  const runCommand: RunCommand = async (id, argument) => {
    const { commandRunner } = await import("./commands/commandRunner");
    return commandRunner(commands)(id, argument);
  };
  const driftWatch = new DriftWatch({
    store,
    view: tree,
    canLook: () => !awsOff() && (account.profile() ?? account.identity()) !== undefined,
    look: () => runCommand("vendorAccess.refresh", "quietly"),
  });
  // Why a quiet comparison was not possible is no longer so once somebody has connected.
  const connected = account.onDidChange(() => {
    if (account.identity()) tree.message = "";
  });
  subscriptions.push(connected, store, treeDataProvider, planView, comparisons, statusBar, driftWatch);
  subscriptions.push(registerUnfinishedNotice(store, account, tree, runCommand, log));
  return { treeDataProvider, runCommand };
}
