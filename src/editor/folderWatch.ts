import * as vscode from "vscode";
import { integrationsFolder } from "./integrationFolder";

/** Waits for the first folder of integrations in the workspace. Tells once. */
export class FolderWatch implements vscode.Disposable {
  private watchers: readonly vscode.Disposable[] = [];
  private readonly disposables: vscode.Disposable[] = [];
  private isOver = false;

  constructor(private readonly found: () => void) {}

  start(): void {
    this.disposables.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.watch()),
      // In a workspace that is not trusted its setting of the folder does not count.
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.watch()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("vendorAccess.folder")) this.watch();
      }),
    );
    this.watch();
  }

  dispose(): void {
    this.isOver = true;
    for (const disposable of [...this.disposables, ...this.watchers]) disposable.dispose();
  }

  private tell(): void {
    if (this.isOver) return;
    this.dispose();
    this.found();
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    if (this.isOver) return;
    const tell = (): void => this.tell();
    this.watchers = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
      const folder = integrationsFolder(uri);
      // Not there is the usual answer. Not awaited: a folder far away may take its time.
      vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, folder)).then(tell, () => undefined);
      // Of a folder that comes as a whole, from a branch or another place, the only event may be its own.
      const pattern = new vscode.RelativePattern(uri, `{${folder},${folder}/**}`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      return [watcher, watcher.onDidCreate(tell), watcher.onDidChange(tell)];
    });
  }
}
