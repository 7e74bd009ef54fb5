import * as vscode from "vscode";
import { handBackPage } from "../integration/handBackPage";
import { UserError } from "../policy/userError";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";

/** Opens the page where the vendor wants the hand-back values. */
export async function openVendorPage(context: CommandContext, argument: unknown): Promise<void> {
  const { integration } = await chooseIntegration(context, argument, "Open the vendor’s page");
  const { definition } = integration;
  const url = handBackPage(definition);
  if (url === undefined)
    throw new UserError(
      "usage",
      `The definition of ${definition.name} does not say yet where its values are entered: write the page into its handBackTo.`,
    );
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
