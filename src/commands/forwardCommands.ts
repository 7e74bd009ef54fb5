import * as vscode from "vscode";
import type { RunCommand } from "./commandRunner";

/** Every command of package.json, from the start; the first that somebody runs loads what runs them all. */
export function forwardCommands(
  { packageJSON }: vscode.Extension<unknown>,
  load: (command: string) => Promise<RunCommand>,
): vscode.Disposable {
  const contributed: readonly { readonly command: string }[] = packageJSON.contributes.commands;
  return vscode.Disposable.from(
    ...contributed.map(({ command }) =>
      vscode.commands.registerCommand(command, async (argument: unknown) => {
        const runCommand = await load(command);
        return runCommand(command, argument);
      }),
    ),
  );
}
