import * as vscode from "vscode";
import { UserError } from "../policy/userError";
import { chooseIntegration, nodeOf } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";

/** Opens a resource, or an integration's role, in the AWS console. */
export async function openInConsole(context: CommandContext, argument: unknown): Promise<void> {
  const node = nodeOf(context, argument);
  const url = node?.kind === "resource" ? node.resource.consoleUrl : await roleUrl(context, argument);
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

async function roleUrl(context: CommandContext, argument: unknown): Promise<string> {
  const { live, integration } = await chooseIntegration(context, argument, "Open in AWS console");
  const url = live?.resources.find(({ kind }) => kind === "role")?.consoleUrl;
  if (!url)
    throw new UserError(
      "usage",
      `The role of ${integration.name} has not been seen in the account yet. Verify or apply the integration first.`,
    );
  return url;
}
