import * as vscode from "vscode";
import { type IntegrationStore, isUsable } from "../sidebar/integrationStore";
import type { TreeNode } from "../sidebar/treeNode";
import type { AccountConnection } from "./accountConnection";
import { awsOff } from "./accountReach";
import type { RunCommand } from "./commandRunner";
import { notify } from "./notify";

/**
 * Says once a window, when the side bar is first seen, what was left unfinished in AWS: by a crash, by another window, by the command
 * line. Only integrations that were applied once can have left anything, so that the others need no look.
 */
export function registerUnfinishedNotice(
  store: IntegrationStore,
  account: AccountConnection,
  tree: vscode.TreeView<TreeNode>,
  runCommand: RunCommand,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const lookedAt = new Set<string>();

  async function look(): Promise<void> {
    if (!tree.visible || awsOff()) return;
    await store.ready();
    for (const { integration, uri } of store.all().filter(isUsable)) {
      const { id, account: applied } = integration.manifest;
      if (applied === undefined || lookedAt.has(id)) continue;
      lookedAt.add(id);
      const [run] = await account.unfinishedRuns(id);
      if (run) void offer(run.sentence, run.action === "roll-back", uri);
    }
  }

  async function offer(sentence: string, isRollBack: boolean, uri: vscode.Uri): Promise<void> {
    log.warn(sentence);
    const goOn = "Continue…";
    const undo = "Roll Back…";
    const pressed = await notify.warning(sentence, ...(isRollBack ? [goOn] : [goOn, undo]));
    if (pressed === goOn) await runCommand("vendorAccess.continue", uri);
    if (pressed === undo) await runCommand("vendorAccess.rollBack", uri);
  }

  const lookAndLog = (): void => {
    look().catch((error: unknown) =>
      log.warn(`The journal could not be read: ${error instanceof Error ? error.message : error}`),
    );
  };
  const listeners = [
    tree.onDidChangeVisibility(lookAndLog),
    store.onDidChange(lookAndLog),
    vscode.workspace.onDidGrantWorkspaceTrust(lookAndLog),
  ];
  lookAndLog();
  return vscode.Disposable.from(...listeners);
}
