import * as vscode from "vscode";

const scheme = "vendor-access-plan";

/** Read-only pages of plans, shown as rendered Markdown. */
export class PlanPreview implements vscode.Disposable {
  private readonly pages = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly provider: vscode.Disposable;

  constructor() {
    this.provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.pages.get(uri.toString()) ?? "",
    });
  }

  /** Shows the plan of an integration; one page each, which a newer plan replaces. */
  async show(name: string, key: string, page: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/Plan of ${name}.md`, query: key });
    this.pages.set(uri.toString(), page);
    this.changed.fire(uri);
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      // VS Code's own Markdown extension can be switched off: the text says the same.
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }
}
