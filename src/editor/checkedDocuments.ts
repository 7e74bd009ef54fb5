import * as vscode from "vscode";
import { manifestName } from "../integration/recogniseManifest";

/** JSON that a person can change: no side of a source control comparison, no output. */
export function isChecked(document: vscode.TextDocument): boolean {
  return (
    (document.languageId === "json" ||
      document.languageId === "jsonc" ||
      document.uri.path.endsWith(`/${manifestName}`)) &&
    vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== false
  );
}
