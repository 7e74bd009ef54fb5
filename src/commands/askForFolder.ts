import { offerCommand } from "./offerCommand";

/** Without a folder there is nothing to work on: says so and opens one. */
export function askForFolder(): void {
  const message = "Open a folder first: an integration is a folder of AWS documents in your workspace.";
  offerCommand(message, "Open Folder", "vscode.openFolder");
}
