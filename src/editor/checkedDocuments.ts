import * as vscode from "vscode";
import { manifestName } from "../integration/recogniseManifest";
import { largestDocument } from "../policy/readPolicy";

/** JSON that a person can change (no side of a comparison, no output) and that may be ours by its length. */
export function isChecked(document: vscode.TextDocument): boolean {
  return (
    (document.languageId === "json" ||
      document.languageId === "jsonc" ||
      document.uri.path.endsWith(`/${manifestName}`)) &&
    vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== false &&
    // The sides of our own comparisons and VS Code's previews of changes are texts without a file system.
    !/^(vendor-access-|vscode-bulkeditpreview)/.test(document.uri.scheme) &&
    !isTooLarge(document)
  );
}

/** As many lines tell the length of the others. */
const looked = 500;

/**
 * Is it longer than any document of ours? Does not ask for the text, which VS Code puts together of all lines after each
 * keystroke (20 MB: 30 ms), so that a large file of others costs nothing. Of a document of many lines it estimates.
 */
export function isTooLarge(document: vscode.TextDocument): boolean {
  const step = Math.max(1, document.lineCount / looked);
  let length = 0;
  for (let line = 0; line < document.lineCount; line += step)
    length += (document.lineAt(Math.floor(line)).text.length + 1) * step;
  return length > 2 * largestDocument;
}
