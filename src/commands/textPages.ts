import * as vscode from "vscode";

const scheme = "vendor-access-page";

/** Read-only pages that a command shows: nothing of them is saved, and closing them asks nothing. */
export class TextPages implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? "",
  });

  /** @param name with the ending of its language: `Access of jfrog.md` is shown as rendered Markdown */
  async show(name: string, text: string): Promise<void> {
    const page = vscode.Uri.from({ scheme, path: `/${name}` });
    this.texts.set(page.path, text);
    this.changed.fire(page);
    if (name.endsWith(".md")) {
      try {
        await vscode.commands.executeCommand("markdown.showPreview", page);
        return;
      } catch {
        // VS Code's own Markdown extension can be switched off: the text says the same.
      }
    }
    await vscode.window.showTextDocument(page, { preview: true });
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }
}
