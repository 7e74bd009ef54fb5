import * as vscode from "vscode";
import { mayBePolicy } from "../policy/readPolicy";
import { isChecked } from "./checkedDocuments";
import { integrationFolderOf, integrationsFolder } from "./integrationFolder";

/** Milliseconds without a keystroke before the changed texts are looked at. */
const quiet = 150;

/**
 * Waits for the first document that there is something to say about: JSON in an editor that may be a policy, opened
 * or typed, or a folder of integrations in the workspace. Tells once, in words for the log.
 */
export class DocumentWatch implements vscode.Disposable {
  private readonly changed = new Set<vscode.TextDocument>();
  private timer: NodeJS.Timeout | undefined;
  private watchers: readonly vscode.Disposable[] = [];
  private readonly disposables: vscode.Disposable[] = [];
  private isOver = false;

  constructor(private readonly found: (what: string) => void) {}

  start(): void {
    this.disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.look([document])),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lookSoon(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.watchFolders()),
      // In a workspace that is not trusted its setting of the folder does not count.
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.watchFolders()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration("vendorAccess.folder")) return;
        this.look(vscode.workspace.textDocuments);
        this.watchFolders();
      }),
    );
    this.look(vscode.workspace.textDocuments);
    this.watchFolders();
  }

  dispose(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    for (const disposable of [...this.disposables, ...this.watchers]) disposable.dispose();
  }

  private tell(what: string): void {
    if (this.isOver) return;
    this.dispose();
    this.found(what);
  }

  private look(documents: Iterable<vscode.TextDocument>): void {
    for (const document of documents) if (isOurs(document)) this.tell("an open document");
  }

  private lookSoon(document: vscode.TextDocument): void {
    if (!isChecked(document)) return;
    this.changed.add(document);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.look(this.changed);
      this.changed.clear();
    }, quiet);
  }

  private watchFolders(): void {
    for (const watcher of this.watchers) watcher.dispose();
    if (this.isOver) return;
    const tell = (): void => this.tell("a folder of integrations");
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

function isOurs(document: vscode.TextDocument): boolean {
  return isChecked(document) && (integrationFolderOf(document.uri) !== undefined || mayBePolicy(document.getText()));
}
