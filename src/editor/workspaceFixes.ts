import * as vscode from "vscode";
import { applySafeFixes } from "../checks/applyFixes";
import { manifestName } from "../integration/recogniseManifest";
import type { CheckedFile } from "./checkedFile";

/** A file as it would be with every fix that needs no choice. */
export interface FixedFile {
  readonly uri: vscode.Uri;
  /** The text that was checked. */
  readonly text: string;
  readonly fixedText: string;
  readonly fixes: number;
}

/** Those of the workspace, in the order of their paths, each integration's manifest before its documents. */
export function fixedFiles(files: Iterable<readonly [uri: vscode.Uri, file: CheckedFile]>): readonly FixedFile[] {
  const inWorkspace = [...files].filter(([uri]) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
  const fixed = inWorkspace.map(([uri, { text, check }]) => {
    const result = applySafeFixes(text, check);
    return { uri, text, fixedText: result.text, fixes: result.fixed };
  });
  return fixed.filter(({ text, fixedText }) => text !== fixedText).sort((a, b) => (rank(a.uri) < rank(b.uri) ? -1 : 1));
}

function rank({ path }: vscode.Uri): string {
  return path.endsWith(`/${manifestName}`) ? path.slice(0, -manifestName.length) : path;
}
