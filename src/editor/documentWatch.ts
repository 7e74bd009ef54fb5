import * as vscode from "vscode";
import { mayBePolicy } from "../policy/readPolicy";
import { isChecked } from "./checkedDocuments";
import { integrationFolderOf } from "./integrationFolder";

/** Milliseconds without a keystroke before the changed texts are looked at. */
const quiet = 150;

/** Waits for the first JSON in an editor that may be a policy or is of an integration, opened or typed. Tells once. */
export class DocumentWatch implements vscode.Disposable {
  private readonly changed = new Set<vscode.TextDocument>();
  private timer: NodeJS.Timeout | undefined;
  private readonly disposables: vscode.Disposable[] = [];
  private isOver = false;

  constructor(private readonly found: () => void) {}

  start(): void {
    this.disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.look([document])),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lookSoon(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("vendorAccess.folder")) this.look(vscode.workspace.textDocuments);
      }),
    );
    this.look(vscode.workspace.textDocuments);
  }

  dispose(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private look(documents: Iterable<vscode.TextDocument>): void {
    if (this.isOver || ![...documents].some(isOurs)) return;
    this.dispose();
    this.found();
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
}

function isOurs(document: vscode.TextDocument): boolean {
  return isChecked(document) && (integrationFolderOf(document.uri) !== undefined || mayBePolicy(document.getText()));
}
