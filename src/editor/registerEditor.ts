import type * as vscode from "vscode";
import type { BucketFacts } from "../checks/finding";
import type { VendorDefinition } from "../vendors/definition";
import { CheckDocumentation } from "./checkDocumentation";
import { registerCodeActions } from "./codeActions";
import { Diagnostics } from "./diagnostics";
import { DocumentKinds } from "./documentKinds";
import { checkWorkspace, type WorkspaceCheckResult } from "./workspaceCheck";
import { type FixedFile, fixedFiles } from "./workspaceFixes";

export interface EditorOptions {
  readonly extensionUri: vscode.Uri;
  /** What is remembered for the workspace. */
  readonly workspaceState: vscode.Memento;
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: () => readonly BucketFacts[];
  /** Accounts that are known without a call, and how. */
  readonly accounts: () => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Fires when a look at the account told something new about a bucket. */
  readonly onDidChangeBuckets: vscode.Event<void>;
}

export interface Editor extends vscode.Disposable {
  readonly kinds: DocumentKinds;
  checkWorkspace(
    onProgress: (done: number, total: number) => void,
    token: vscode.CancellationToken,
  ): Promise<WorkspaceCheckResult>;
  /** What the last check of everything found that can be fixed without a choice. */
  fixedFiles(): readonly FixedFile[];
}

const selector: vscode.DocumentSelector = [{ language: "json" }, { language: "jsonc" }];

/** The language features: findings as you type and their fixes, and help at the cursor. */
export function registerEditor(options: EditorOptions): Editor {
  const documentation = new CheckDocumentation(options.extensionUri);
  const kinds = new DocumentKinds(options.workspaceState);
  const diagnostics = new Diagnostics({ ...options, documentation, kinds });
  const parts = [
    diagnostics,
    kinds,
    kinds.onDidChange(() => diagnostics.checkAgain()),
    options.onDidChangeBuckets(() => diagnostics.checkAgain()),
    registerCodeActions(diagnostics, selector),
  ];
  let disposed = false;
  void import("./registerHelp").then(({ registerHelp }) => {
    if (!disposed) parts.push(registerHelp({ ...options, kinds }, diagnostics, selector));
  });
  return {
    kinds,
    checkWorkspace: (onProgress, token) => checkWorkspace(diagnostics, onProgress, token),
    fixedFiles: () => fixedFiles(diagnostics.all()),
    dispose() {
      disposed = true;
      for (const part of parts) part.dispose();
    },
  };
}
