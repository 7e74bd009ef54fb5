import * as vscode from "vscode";
import type { LiveState } from "../account/account";
import type { Integration } from "../integration/integration";
import { unchanged } from "../integration/sameIntegration";
import { escapeMarkdown } from "../policy/markdownText";
import { type IntegrationStore, isUsable } from "./integrationStore";
import type { PlanDescription } from "./planDescription";
import { type PlanRow, planRows, stepSign } from "./planRows";

/** A plan and what it was made from. */
export interface ShownPlan extends PlanDescription {
  /** Of the integration in the store. */
  readonly key: string;
  readonly integration: Integration;
  readonly live: LiveState;
}

const shownContext = "vendorAccess.planShown";

/** The last plan, as a view of its own below the integrations. It says so when it is out of date. */
export class PlanView implements vscode.TreeDataProvider<PlanRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<PlanRow>;
  private readonly subscription: vscode.Disposable;
  private shown: ShownPlan | undefined;
  private rows: readonly PlanRow[] = [];

  constructor(private readonly store: IntegrationStore) {
    this.view = vscode.window.createTreeView("vendorAccess.planView", { treeDataProvider: this });
    this.subscription = store.onDidChange(() => this.follow());
  }

  /** The plan that is shown, if any. */
  current(): ShownPlan | undefined {
    return this.shown;
  }

  async show(plan: ShownPlan): Promise<void> {
    this.shown = plan;
    this.rows = planRows(plan);
    const { identity, steps, refusals, integration } = plan.plan;
    this.view.description = `${integration.name} · account ${identity.account}`;
    this.view.message = steps.length + refusals.length === 0 ? "No changes: the account is as the documents say." : "";
    this.changed.fire();
    await vscode.commands.executeCommand("setContext", shownContext, true);
    await vscode.commands.executeCommand("vendorAccess.planView.focus");
  }

  close(): void {
    this.shown = undefined;
    this.rows = [];
    this.changed.fire();
    void vscode.commands.executeCommand("setContext", shownContext, false);
  }

  getChildren(row?: PlanRow): PlanRow[] {
    if (!row) return [...this.rows];
    return row.kind === "group" ? [...row.rows] : [];
  }

  getTreeItem(row: PlanRow): vscode.TreeItem {
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    switch (row.kind) {
      case "group":
        return new vscode.TreeItem(row.title, row.collapsed ? Collapsed : Expanded);
      case "sentence": {
        const item = new vscode.TreeItem(row.text, None);
        item.iconPath = icon(row.icon, row.color);
        item.tooltip = plainText(row.text);
        return item;
      }
      case "command": {
        const { title, command } = row;
        const item = new vscode.TreeItem(title, None);
        item.iconPath = icon(row.icon);
        const uris = this.shown ? [vscode.Uri.parse(this.shown.key, true)] : [];
        item.command = { command, title, arguments: uris };
        return item;
      }
      case "step": {
        const { sentence } = row.step;
        const item = new vscode.TreeItem(sentence, None);
        item.iconPath = icon(...stepSign(row.step));
        item.tooltip = plainText(`${row.number}. ${sentence}`);
        item.accessibilityInformation = { label: `Step ${row.number}: ${sentence}` };
        item.contextValue = "step";
        item.command = { command: "vendorAccess.showStep", title: "Show the Difference", arguments: [row] };
        return item;
      }
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  /** The plan is of one look at the account and of the documents as they were. */
  private follow(): void {
    if (!this.shown) return;
    const { key, integration, live } = this.shown;
    const now = this.store.get(key);
    if (!now || !isUsable(now)) {
      this.close();
    } else if (now.live !== undefined && !sameResources(now.live, live)) {
      // After an apply there is nothing left to do, else there may be another plan.
      if (now.live.resources.every(({ status }) => status === "in-sync")) this.close();
      else this.view.message = "The account changed since. Plan again.";
    } else if (!unchanged(integration, now.integration)) {
      this.view.message = "The documents changed since. Plan again.";
    }
  }
}

function sameResources(a: LiveState, b: LiveState): boolean {
  return a === b || JSON.stringify(a.resources) === JSON.stringify(b.resources);
}

function icon(id: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color ? new vscode.ThemeColor(color) : undefined);
}

/** Texts of the workspace are text here, never markup. */
function plainText(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString(escapeMarkdown(text));
}
