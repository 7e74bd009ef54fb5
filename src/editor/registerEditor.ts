import type * as vscode from "vscode";
import type { BucketFacts } from "../checks/finding";
import type { VendorDefinition } from "../vendors/definition";
import { CheckDocumentation } from "./checkDocumentation";
import { registerCodeActions } from "./codeActions";
import { Diagnostics } from "./diagnostics";
import { checkWorkspace, type WorkspaceCheckResult } from "./workspaceCheck";

export interface EditorOptions {
  readonly extensionUri: vscode.Uri;
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: () => readonly BucketFacts[];
  /** Fires when a look at the account told something new about a bucket. */
  readonly onDidChangeBuckets: vscode.Event<void>;
}

export interface Editor extends vscode.Disposable {
  checkWorkspace(
    onProgress: (done: number, total: number) => void,
    token: vscode.CancellationToken,
  ): Promise<WorkspaceCheckResult>;
}

const selector: vscode.DocumentSelector = [{ language: "json" }, { language: "jsonc" }];

/** The language features: findings as you type and their fixes, and help at the cursor. */
export function registerEditor(options: EditorOptions): Editor {
  const documentation = new CheckDocumentation(options.extensionUri);
  const diagnostics = new Diagnostics({ ...options, documentation });
  const parts = [
    diagnostics,
    options.onDidChangeBuckets(() => diagnostics.checkAgain()),
    registerCodeActions(diagnostics, selector),
  ];
  let disposed = false;
  void import("./registerHelp").then(({ registerHelp }) => {
    if (!disposed) parts.push(registerHelp(options, diagnostics, selector));
  });
  return {
    checkWorkspace: (onProgress, token) => checkWorkspace(diagnostics, onProgress, token),
    dispose() {
      disposed = true;
      for (const part of parts) part.dispose();
    },
  };
}
