import * as vscode from "vscode";
import { withoutLinks } from "../policy/markdownText";

interface Show {
  <Item extends string>(message: string, ...buttons: Item[]): Thenable<Item | undefined>;
  <Item extends string>(
    message: string,
    options: vscode.MessageOptions,
    ...buttons: Item[]
  ): Thenable<Item | undefined>;
}

/**
 * Messages in which names and texts of files, vendors and AWS are only text. VS Code makes links of `[words](address)` in its
 * notifications, and runs the command of one whose address is `command:…`.
 */
export const notify = {
  information: ((message: string, ...rest: string[]) =>
    vscode.window.showInformationMessage(withoutLinks(message), ...rest)) as Show,
  warning: ((message: string, ...rest: string[]) =>
    vscode.window.showWarningMessage(withoutLinks(message), ...rest)) as Show,
  error: ((message: string, ...rest: string[]) =>
    vscode.window.showErrorMessage(withoutLinks(message), ...rest)) as Show,
};
