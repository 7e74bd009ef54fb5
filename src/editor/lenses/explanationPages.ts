import * as vscode from "vscode";
import type { BucketFacts } from "../../checks/finding";
import { loadIntegration } from "../../integration/loadIntegration";
import { escapeMarkdown } from "../../policy/markdownText";
import { loadServiceReference } from "../../policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../../vendors/definition";
import { integrationFolderOf } from "../integrationFolder";
import { workspaceFileSystem } from "../workspaceFileSystem";
import { explanationPage } from "./explanationPage";

const scheme = "vendor-access-explanation";
const delay = 200;

export interface ExplanationOptions {
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: () => readonly BucketFacts[];
}

/** Read-only pages that say in words what an integration grants. A page that is open follows the documents. */
export class ExplanationPages implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly disposables: readonly vscode.Disposable[];

  constructor(private readonly options: ExplanationOptions) {
    this.disposables = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (page) => this.text(vscode.Uri.parse(page.query, true)),
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.documentChanged(document)),
    ];
  }

  /** Beside the document, as rendered Markdown. */
  async show(folder: vscode.Uri): Promise<void> {
    const page = pageOf(folder);
    this.changed.fire(page);
    try {
      await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
    } catch {
      // VS Code's own Markdown extension can be switched off: the text says the same.
      await vscode.window.showTextDocument(page, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    }
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async text(folder: vscode.Uri): Promise<string> {
    const { vendors, buckets } = this.options;
    const name = nameOf(folder);
    const title = `# ${escapeMarkdown(name)}`;
    try {
      const parent = vscode.Uri.joinPath(folder, "..");
      const [reference, integration] = await Promise.all([
        loadServiceReference(),
        loadIntegration(workspaceFileSystem(parent), name, { vendors, buckets: buckets() }),
      ]);
      if (!("broken" in integration)) return explanationPage(integration, reference);
      const [finding] = integration.manifestFindings;
      return `${title}\n\nIts integration.json can’t be used: ${escapeMarkdown(finding?.message ?? "it is empty.")}\n`;
    } catch (error) {
      return `${title}\n\n${escapeMarkdown(error instanceof Error ? error.message : String(error))}\n`;
    }
  }

  private documentChanged({ uri }: vscode.TextDocument): void {
    const folder = integrationFolderOf(uri);
    if (!folder) return;
    const page = pageOf(folder);
    const key = page.toString();
    if (!vscode.workspace.textDocuments.some((document) => document.uri.toString() === key)) return;
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.changed.fire(page);
    }, delay);
    this.timers.set(key, timer);
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function pageOf(folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/What ${nameOf(folder)} grants.md`, query: folder.toString() });
}
