import * as vscode from "vscode";
import { notify } from "./notify";

/** Without a folder there is nothing to work on: says so and opens one. Not awaited: the command is over. */
export function askForFolder(): void {
  const openFolder = "Open Folder";
  const message = "Open a folder first: an integration is a folder of AWS documents in your workspace.";
  void notify.information(message, openFolder).then((pressed) => {
    if (pressed === openFolder) return vscode.commands.executeCommand("vscode.openFolder");
    return undefined;
  });
}
