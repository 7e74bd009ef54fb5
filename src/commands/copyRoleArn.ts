import * as vscode from "vscode";
import type { HandBackItem } from "../account/account";
import { isPending } from "../integration/completion";
import { handBackPage } from "../integration/handBackPage";
import type { Integration } from "../integration/integration";
import { nextAtVendor } from "../integration/nextAtVendor";
import { UserError } from "../policy/userError";
import { roleArn } from "../sidebar/handBackValues";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";

/** Copies what every vendor wants in the end. */
export async function copyRoleArn(context: CommandContext, argument: unknown): Promise<void> {
  const stored = await chooseIntegration(context, argument, "Copy role ARN");
  const arn = roleArn(stored);
  if (!arn)
    throw new UserError(
      "usage",
      stored.integration.manifest.role === undefined
        ? `${stored.integration.definition.name} needs no role: there is no ARN to copy.`
        : `${stored.integration.name} has no role yet. Apply it first: that makes the role and copies its ARN.`,
    );
  await vscode.env.clipboard.writeText(arn);
  vscode.window.setStatusBarMessage(`$(check) Role ARN copied`, 4000);
}

/** The end of an apply: the ARN is on the clipboard, and the page where it is to be pasted is one click away. */
export async function handBackRoleArn(
  context: CommandContext,
  key: string,
  handBack: readonly HandBackItem[],
  integration: Integration,
  what: string,
): Promise<void> {
  const { name, definition } = integration;
  const arn = handBack.find((item) => item.name === "roleArn")?.value;
  if (arn) await vscode.env.clipboard.writeText(arn);
  // Whoever reads "applied" finds the rows of the side bar as they say.
  await context.store.ready();
  const openPage = `Open ${definition.name}’s Page`;
  const showInSideBar = "Show in Side Bar";
  const complete = "Complete Integration…";
  const pending = isPending(integration);
  const page = handBackPage(definition);
  const openButtons = page === undefined ? [] : [openPage];
  const buttons = pending ? [complete, ...openButtons] : [...openButtons, showInSideBar];
  const labels = handBack.filter(({ name: each }) => each !== "roleArn").map(({ label }) => label);
  const next = nextAtVendor(integration, labels, arn !== undefined);
  const pressed = await notify.information(`${name} ${what} ${next}`, ...buttons);
  if (pressed === complete)
    await vscode.commands.executeCommand("vendorAccess.completeIntegration", vscode.Uri.parse(key));
  if (pressed === openPage && page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
  const stored = context.store.get(key);
  if (pressed === showInSideBar && stored)
    await context.tree.reveal({ kind: "handBack", stored }, { select: true, focus: true, expand: true });
}
