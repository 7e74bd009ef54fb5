import * as vscode from "vscode";
import { AccountConnection } from "./commands/accountConnection";
import { registerEditor } from "./editor/registerEditor";
import { WorkspaceVendors } from "./editor/workspaceVendors";
import type { SideBar } from "./sideBar";
import type { TreeNode } from "./sidebar/treeNode";
import type { VendorDefinition } from "./vendors/definition";

export interface Workbench {
  readonly log: vscode.LogOutputChannel;
  /** The rest of the product, which a window with nothing but a policy in an editor does not need. */
  sideBar(): Promise<SideBar>;
}

/** Starts what checks documents. */
export function openWorkbench(
  context: vscode.ExtensionContext,
  tree: vscode.TreeView<TreeNode>,
  catalog: readonly VendorDefinition[],
): Workbench {
  const { extensionUri, workspaceState, subscriptions } = context;
  const log = vscode.window.createOutputChannel("Vendor Access", { log: true });
  const account = new AccountConnection(log);
  const known = new WorkspaceVendors(catalog, log);
  const vendors = known.list;
  // Whatever the documents are checked against has changed.
  const changed = new vscode.EventEmitter<void>();
  const onDidChangeBuckets = changed.event;
  const editor = registerEditor({
    extensionUri,
    workspaceState,
    vendors,
    buckets: () => account.buckets(),
    accounts: () => account.knownAccounts(),
    onDidChangeBuckets,
  });
  subscriptions.push(
    account.onDidLearnBuckets(() => changed.fire()),
    known.onDidChange(() => changed.fire()),
    changed,
    known,
    log,
    account,
    editor,
  );

  let sideBar: Promise<SideBar> | undefined;
  async function openSideBar(): Promise<SideBar> {
    const loaded = await import("./sideBar");
    return loaded.openSideBar({ context, tree, vendors, account, editor, onDidChangeBuckets, log });
  }
  return {
    log,
    sideBar() {
      sideBar ??= openSideBar();
      return sideBar;
    },
  };
}
