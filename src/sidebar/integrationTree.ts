import * as vscode from "vscode";
import { awsOff } from "../commands/accountReach";
import { answersOf } from "../integration/completion";
import { escapeMarkdown } from "../policy/markdownText";
import { hasDrifted, integrationState } from "./integrationState";
import { type IntegrationStore, isUsable, type StoredIntegration } from "./integrationStore";
import { documentLabel, handBackLabel, integrationLabel, type RowLabel, resourceLabel } from "./labels";
import { childrenOf, nodeId, parentOf, type TreeNode } from "./treeNode";

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** The paragraphs of the tooltips that are not made yet. */
const tooltips = new WeakMap<vscode.TreeItem, readonly string[]>();

/** The side bar's tree: integrations, their documents, what is in AWS, and what the vendor gets. */
export class IntegrationTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly store: IntegrationStore) {
    this.subscription = store.onDidChange(() => this.changed.fire());
  }

  /** When the integrations have been read. */
  ready(): Promise<void> {
    return this.store.ready();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node) return [...childrenOf(node)];
    return this.store.all().map((stored) => ({ kind: "integration", stored }));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return parentOf(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = treeItem(node, this.store.all());
    item.id = nodeId(node);
    return item;
  }

  /** The tooltip of an integration says who may do what, which is worked out when somebody points at it. */
  async resolveTreeItem(item: vscode.TreeItem, { kind, stored }: TreeNode): Promise<vscode.TreeItem> {
    if (kind !== "integration") return item;
    const paragraphs = tooltips.get(item) ?? [];
    const { grantsOf } = await import("../integration/grantsOf");
    const grants = isUsable(stored) ? await grantsOf(stored.integration) : [];
    item.tooltip = tooltip([...paragraphs.slice(0, -1), ...grants, ...paragraphs.slice(-1)]);
    return item;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function treeItem(node: TreeNode, all: readonly StoredIntegration[]): vscode.TreeItem {
  const { stored } = node;
  switch (node.kind) {
    case "integration": {
      const broken = "broken" in stored.integration;
      const label = integrationLabel(stored, all);
      const item = labelled(label, broken ? Expanded : Collapsed);
      item.contextValue = broken ? "brokenIntegration" : "integration";
      if (hasDrifted(stored)) item.contextValue += " drifted";
      if (isUsable(stored) && answersOf(stored.integration).length > 0) item.contextValue += " inTwoPhases";
      if (integrationState(stored).id === "pending") item.contextValue += " pending";
      if (isUsable(stored) && stored.integration.manifest.role) item.contextValue += " withRole";
      if (isUsable(stored) && stored.integration.definition.user?.accessKey) item.contextValue += " accessKey";
      // VS Code asks for it only when there is none.
      delete item.tooltip;
      tooltips.set(item, label.tooltip);
      return item;
    }
    case "problem": {
      const item = new vscode.TreeItem(node.finding.message, None);
      item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
      item.tooltip = tooltip([node.finding.message]);
      item.command = openDocument(node);
      return item;
    }
    case "documents":
      return group("Documents", "files");
    case "resources":
      return group("AWS resources", "cloud");
    case "handBack":
      return group("Hand-back", "export");
    case "document": {
      const { role, path, findings } = node.document;
      const item = labelled(documentLabel(role, path.slice(stored.integration.folder.length + 1), findings), None);
      // The file's icon, and the colour and count of its problems, as everywhere in VS Code.
      item.resourceUri = documentUri(stored, path);
      item.iconPath = vscode.ThemeIcon.File;
      item.contextValue = "document";
      item.command = openDocument(node);
      return item;
    }
    case "not-compared": {
      const { isNew } = stored;
      const off = awsOff();
      const item = new vscode.TreeItem(isNew ? "Nothing yet" : "Not compared yet", None);
      item.iconPath = new vscode.ThemeIcon("circle-outline", new vscode.ThemeColor("disabledForeground"));
      item.description = off ? "AWS is off" : isNew ? "Apply makes them" : "click to compare";
      const what = isNew ? "Apply makes the resources." : "Reads the account with your profile; changes nothing.";
      item.tooltip = off?.reason ?? what;
      if (!isNew) item.command = { command: "vendorAccess.verify", title: "Compare", arguments: [node] };
      return item;
    }
    case "resource": {
      const item = labelled(resourceLabel(node.resource, stored.liveIsOutdated), None);
      item.contextValue = node.resource.consoleUrl ? "resource linked" : "resource";
      if (node.resource.arn) item.contextValue += " copyable";
      if (node.resource.status === "differs") {
        item.contextValue += " differs";
        item.command = { command: "vendorAccess.showDrift", title: "Show the Difference", arguments: [node] };
      }
      return item;
    }
    case "value": {
      const item = labelled(handBackLabel(node.value), None);
      if (node.value.state === "known" || node.value.state === "secret") {
        item.contextValue = "value copyable";
        item.command = { command: "vendorAccess.copyValue", title: "Copy", arguments: [node] };
      }
      return item;
    }
  }
}

function labelled(row: RowLabel, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  if (row.icon)
    item.iconPath = new vscode.ThemeIcon(row.icon, row.color ? new vscode.ThemeColor(row.color) : undefined);
  item.tooltip = tooltip(row.tooltip);
  item.accessibilityInformation = { label: row.accessibility };
  return item;
}

function group(label: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label, Expanded);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.accessibilityInformation = { label };
  return item;
}

/** Texts of the workspace are text here, never markup. */
function tooltip(paragraphs: readonly string[]): vscode.MarkdownString {
  return new vscode.MarkdownString(paragraphs.map(escapeMarkdown).join("\n\n"));
}

export function documentUri({ root }: StoredIntegration, path: string): vscode.Uri {
  return vscode.Uri.joinPath(root.workspaceFolder.uri, ...path.split("/"));
}

function openDocument(node: TreeNode): vscode.Command {
  return { command: "vendorAccess.openDocument", title: "Open Document", arguments: [node] };
}
