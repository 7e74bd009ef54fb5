import * as vscode from "vscode";
import type { IntegrationTree } from "./integrationTree";
import type { TreeNode } from "./treeNode";

/** The side bar's tree, which is loaded when VS Code first asks for rows: when somebody looks at the side bar. */
export class LazyTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private tree: Promise<IntegrationTree> | undefined;

  constructor(private readonly load: () => Promise<IntegrationTree>) {}

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return (await this.loaded()).getChildren(node);
  }

  async getParent(node: TreeNode): Promise<TreeNode | undefined> {
    return (await this.loaded()).getParent(node);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    return (await this.loaded()).getTreeItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    return (await this.loaded()).resolveTreeItem(item, node);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private loaded(): Promise<IntegrationTree> {
    this.tree ??= this.load().then(async (tree) => {
      // Before the files are read there are no rows, which would show as the welcome of an empty workspace.
      await tree.ready();
      tree.onDidChangeTreeData(() => this.changed.fire());
      return tree;
    });
    return this.tree;
  }
}
