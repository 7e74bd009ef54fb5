import * as vscode from "vscode";
import { UserError } from "../policy/userError";
import { isUsable } from "../sidebar/integrationStore";
import type { TreeNode } from "../sidebar/treeNode";
import { nodeOf } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { copyRoleArn } from "./copyRoleArn";

/** Copies the value of a row; a secret only as long as the setting allows. */
export async function copyValue(context: CommandContext, argument: unknown): Promise<void> {
  const node = nodeOf(context, argument);
  if (!node) return;
  if (node.kind === "value" && node.value.state === "secret" && isUsable(node.stored))
    return copySecret(context, node.stored.integration.manifest.id, node.value.accessKeyId);
  if (node.kind === "integration") return copyRoleArn(context, node);
  const value = copyable(node);
  if (value === undefined) return;
  await vscode.env.clipboard.writeText(value);
  vscode.window.setStatusBarMessage(`$(check) ${node.kind === "value" ? node.value.label : "ARN"} copied`, 4000);
}

function copyable(node: TreeNode): string | undefined {
  if (node.kind === "resource") return node.resource.arn;
  return node.kind === "value" && node.value.state === "known" ? node.value.value : undefined;
}

/** For as long as the setting allows. */
export async function copySecret(
  { secrets, subscriptions }: CommandContext,
  integrationId: string,
  accessKeyId: string,
): Promise<void> {
  const secret = await secrets.get(integrationId, accessKeyId);
  if (secret === undefined)
    throw new UserError(
      "usage",
      `The secret of ${accessKeyId} is not kept on this machine, and AWS does not show it again. Remove the access and apply again to get a new key.`,
    );
  await vscode.env.clipboard.writeText(secret);
  const seconds = vscode.workspace.getConfiguration("vendorAccess").get<number>("clipboard.clearSecretAfter", 60);
  if (seconds <= 0) {
    vscode.window.setStatusBarMessage("$(check) Secret copied", 4000);
    return;
  }
  vscode.window.setStatusBarMessage(`$(check) Secret copied; the clipboard is cleared in ${seconds} s`, 4000);
  const clear = (): void => {
    clearTimeout(timer);
    void clearIfStill(secret);
  };
  const timer = setTimeout(clear, seconds * 1000);
  // A window that closes earlier does not leave it there either.
  subscriptions.push({ dispose: clear });
}

/** What somebody copied since is theirs. */
async function clearIfStill(secret: string): Promise<void> {
  if ((await vscode.env.clipboard.readText()) === secret) await vscode.env.clipboard.writeText("");
}
