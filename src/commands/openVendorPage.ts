import * as vscode from "vscode";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";

/** Opens the page where the vendor wants the hand-back values. */
export async function openVendorPage(context: CommandContext, argument: unknown): Promise<void> {
  const { integration } = await chooseIntegration(context, argument, "Open the vendor’s page");
  await vscode.env.openExternal(vscode.Uri.parse(integration.definition.handBackTo.url, true));
}
