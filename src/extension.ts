import * as vscode from "vscode";
import { AccountConnection } from "./commands/accountConnection";
import { registerAccountStatusBar } from "./commands/accountStatusBar";
import { PlanPreview } from "./commands/planPreview";
import { registerCommands } from "./commands/registerCommands";
import { integrationsFolder } from "./editor/integrationFolder";
import { registerEditor } from "./editor/registerEditor";
import { workspaceFileSystem } from "./editor/workspaceFileSystem";
import { AccessKeySecrets } from "./sidebar/accessKeySecrets";
import { IntegrationStore } from "./sidebar/integrationStore";
import { IntegrationTree } from "./sidebar/integrationTree";
import { catalog } from "./vendors/catalog";

/** Builds the parts of the product and registers them. */
export function activate({ extensionUri, secrets: storage, subscriptions }: vscode.ExtensionContext): void {
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
  const tree = vscode.window.createTreeView("vendorAccess.integrations", { treeDataProvider, showCollapseAll: true });

  const planPreview = new PlanPreview();
  const commands = { vendors, store, tree, editor, account, secrets, planPreview, log, subscriptions };

  subscriptions.push(
    log,
    account,
    editor,
    store,
    treeDataProvider,
    tree,
    planPreview,
    registerAccountStatusBar(account, store),
    registerCommands(commands),
  );
}
