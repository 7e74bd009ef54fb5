import type * as vscode from "vscode";
import type { Editor } from "../editor/registerEditor";
import type { AccessKeySecrets } from "../sidebar/accessKeySecrets";
import type { IntegrationStore } from "../sidebar/integrationStore";
import type { PlanView } from "../sidebar/planView";
import type { TreeNode } from "../sidebar/treeNode";
import type { VendorDefinition } from "../vendors/definition";
import type { AccountConnection } from "./accountConnection";
import type { Comparisons } from "./comparisons";
import type { TextPages } from "./textPages";

/** What the commands work with. */
export interface CommandContext {
  readonly vendors: readonly VendorDefinition[];
  readonly store: IntegrationStore;
  readonly tree: vscode.TreeView<TreeNode>;
  readonly editor: Editor;
  readonly account: AccountConnection;
  readonly secrets: AccessKeySecrets;
  readonly planView: PlanView;
  readonly comparisons: Comparisons;
  readonly pages: TextPages;
  readonly log: vscode.LogOutputChannel;
  /** What ends with the extension. */
  readonly subscriptions: vscode.Disposable[];
}
