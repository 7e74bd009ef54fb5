import * as vscode from "vscode";
import { AccountConnection } from "./commands/accountConnection";
import { awsOff } from "./commands/accountReach";
import { registerAccountStatusBar } from "./commands/accountStatusBar";
import type { RunCommand } from "./commands/commandRunner";
import { Comparisons } from "./commands/comparisons";
import { TextPages } from "./commands/textPages";
import { registerUnfinishedNotice } from "./commands/unfinishedNotice";
import { integrationsFolder } from "./editor/integrationFolder";
import { registerEditor } from "./editor/registerEditor";
import { workspaceFileSystem } from "./editor/workspaceFileSystem";
import { WorkspaceVendors } from "./editor/workspaceVendors";
import { AccessKeySecrets } from "./sidebar/accessKeySecrets";
import { DriftWatch } from "./sidebar/driftWatch";
import { IntegrationStore } from "./sidebar/integrationStore";
import { IntegrationTree } from "./sidebar/integrationTree";
import { PlanView } from "./sidebar/planView";
import type { TreeNode } from "./sidebar/treeNode";
import type { VendorDefinition } from "./vendors/definition";

/** What the entry point forwards to. */
export interface Workbench {
  readonly log: vscode.LogOutputChannel;
  readonly treeDataProvider: IntegrationTree;
  readonly runCommand: RunCommand;
}

/** Builds the parts of the product and registers them. */
export function openWorkbench(
  { extensionUri, workspaceState, secrets: storage, subscriptions }: vscode.ExtensionContext,
  tree: vscode.TreeView<TreeNode>,
  catalog: readonly VendorDefinition[],
): Workbench {
  const log = vscode.window.createOutputChannel("Vendor Access", { log: true });
  const account = new AccountConnection(log);
  const known = new WorkspaceVendors(catalog, log);
  const vendors = known.list;
  const secrets = new AccessKeySecrets(storage);
  const buckets = () => account.buckets();
  // Whatever the documents are checked against has changed.
  const changed = new vscode.EventEmitter<void>();
  const onDidChangeBuckets = changed.event;
  subscriptions.push(
    account.onDidLearnBuckets(() => changed.fire()),
    known.onDidChange(() => changed.fire()),
    changed,
    known,
  );

  const editor = registerEditor({
    extensionUri,
    workspaceState,
    vendors,
    buckets,
    accounts: () => account.knownAccounts(),
    onDidChangeBuckets,
  });

  const store = new IntegrationStore({
    vendors,
    buckets,
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
  subscriptions.push(
    connected,
    log,
    account,
    editor,
    store,
    treeDataProvider,
    planView,
    comparisons,
    statusBar,
    driftWatch,
  );
  subscriptions.push(registerUnfinishedNotice(store, account, tree, runCommand, log));
  return { log, treeDataProvider, runCommand };
}
