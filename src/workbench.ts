import * as vscode from "vscode";
import { AccountConnection } from "./commands/accountConnection";
import { registerAccountStatusBar } from "./commands/accountStatusBar";
import type { RunCommand } from "./commands/commandRunner";
import { PlanPreview } from "./commands/planPreview";
import { integrationsFolder } from "./editor/integrationFolder";
import { registerEditor } from "./editor/registerEditor";
import { workspaceFileSystem } from "./editor/workspaceFileSystem";
import { AccessKeySecrets } from "./sidebar/accessKeySecrets";
import { IntegrationStore } from "./sidebar/integrationStore";
import { IntegrationTree } from "./sidebar/integrationTree";
import type { TreeNode } from "./sidebar/treeNode";
import { catalog } from "./vendors/catalog";

/** What the entry point forwards to. */
export interface Workbench {
  readonly log: vscode.LogOutputChannel;
  readonly treeDataProvider: IntegrationTree;
  readonly runCommand: RunCommand;
}

/** Builds the parts of the product and registers them. */
export function openWorkbench(
  { extensionUri, secrets: storage, subscriptions }: vscode.ExtensionContext,
  tree: vscode.TreeView<TreeNode>,
): Workbench {
  const vendors = catalog;
  const log = vscode.window.createOutputChannel("Vendor Access", { log: true });
  const account = new AccountConnection(log);
  const secrets = new AccessKeySecrets(storage);
  const buckets = () => account.buckets();
  const { onDidLearnBuckets: onDidChangeBuckets } = account;

  const editor = registerEditor({ extensionUri, vendors, buckets, onDidChangeBuckets });

  const store = new IntegrationStore({
    vendors,
    buckets,
    onDidChangeBuckets,
    secrets,
    integrationsFolder,
    fileSystem: workspaceFileSystem,
    onError: (error) =>
      log.warn(`The integrations could not be read: ${error instanceof Error ? error.message : error}`),
  });
  const treeDataProvider = new IntegrationTree(store);
  const planPreview = new PlanPreview();
  const statusBar = registerAccountStatusBar(account, store);

  subscriptions.push(log, account, editor, store, treeDataProvider, planPreview, statusBar);
  const commands = { vendors, store, tree, editor, account, secrets, planPreview, log, subscriptions };
  const runCommand: RunCommand = async (id, argument) => {
    const { commandRunner } = await import("./commands/commandRunner");
    return commandRunner(commands)(id, argument);
  };
  return { log, treeDataProvider, runCommand };
}
