import * as vscode from "vscode";
import type { KnownKind } from "../policy/policyDocument";

const key = "vendorAccess.documentKinds";

/** What the person said a document is, where that can't be told from its text. Remembered for the workspace. */
export class DocumentKinds implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** Another kind was chosen for a document. */
  readonly onDidChange = this.changed.event;
  private readonly renames: vscode.Disposable;

  constructor(private readonly state: vscode.Memento) {
    this.renames = vscode.workspace.onDidRenameFiles(async ({ files }) => {
      for (const { oldUri, newUri } of files) {
        const kind = this.of(oldUri);
        if (kind === undefined) continue;
        await this.choose(oldUri, undefined);
        await this.choose(newUri, kind);
      }
    });
  }

  of(uri: vscode.Uri): KnownKind | undefined {
    return this.all()[uri.toString()];
  }

  /** @param kind undefined: as the text says */
  async choose(uri: vscode.Uri, kind: KnownKind | undefined): Promise<void> {
    const { [uri.toString()]: _, ...others } = this.all();
    await this.state.update(key, kind === undefined ? others : { ...others, [uri.toString()]: kind });
    this.changed.fire(uri);
  }

  dispose(): void {
    this.renames.dispose();
    this.changed.dispose();
  }

  private all(): Readonly<Record<string, KnownKind>> {
    return this.state.get(key, {});
  }
}
