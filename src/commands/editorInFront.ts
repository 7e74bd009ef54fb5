import * as vscode from "vscode";

/**
 * The file of the editor in front. A tab shows it before VS Code has read the file, its text editor only then: until
 * that moment the active text editor is none, or the one before.
 */
export function uriInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : vscode.window.activeTextEditor?.document.uri;
}
