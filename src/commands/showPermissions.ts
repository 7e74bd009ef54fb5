import * as vscode from "vscode";
import type { Purpose } from "../account/account";
import { formatJson } from "../policy/formatJson";
import { UserError } from "../policy/userError";
import { awsOff } from "./accountReach";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { loadAccount } from "./loadAccount";

const purposes: readonly { readonly label: string; readonly description: string; readonly purpose: Purpose }[] = [
  { label: "$(play) Apply", description: "make it in AWS, and change it later", purpose: "apply" },
  { label: "$(list-ordered) Plan", description: "only look", purpose: "plan" },
  { label: "$(verified) Verify", description: "look, and evaluate", purpose: "verify" },
  { label: "$(trash) Remove", description: "take the access away", purpose: "remove" },
  { label: "$(key) Rotate", description: "replace the access key", purpose: "rotate" },
];

/** The least policy that the person needs, to give to whoever manages the account. Asks nothing of AWS. */
export async function showPermissions(context: CommandContext, argument: unknown): Promise<void> {
  const off = awsOff();
  // What works them out is in the room that reaches AWS, which a browser can't load.
  if (off?.cause === "browser") throw new UserError("usage", off.reason);
  const { integration } = await chooseIntegration(context, argument, "Show needed permissions");
  const offered = purposes.filter(({ purpose }) => purpose !== "rotate" || integration.definition.user?.accessKey);
  const picked = await vscode.window.showQuickPick(offered, {
    title: `What do you need to be allowed for ${integration.name}?`,
    placeHolder: "What do you want to do?",
  });
  if (!picked) return;
  const { policy } = (await loadAccount()).neededPermissions(integration, picked.purpose);
  await context.pages.show(`Permissions to ${picked.purpose} ${integration.name}.json`, formatJson(policy));
}
