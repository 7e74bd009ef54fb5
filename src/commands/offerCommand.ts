import * as vscode from "vscode";
import { notify } from "./notify";

/** Says what is missing, with a button that runs the command for it. Not awaited: the command that needed it is over. */
export function offerCommand(message: string, title: string, command: string): void {
  void notify.information(message, title).then((pressed) => {
    if (pressed === title) return vscode.commands.executeCommand(command);
    return undefined;
  });
}
