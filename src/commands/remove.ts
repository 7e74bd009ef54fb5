import * as vscode from "vscode";
import { UserError } from "../policy/userError";
import { resourceName } from "../sidebar/labels";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { confirmationDetail } from "./describePlan";
import { executePlan } from "./executePlan";
import { describe, readAndPlan, refuseImpossible } from "./readAndPlan";
import { requireTrust } from "./showError";

/** Takes an integration's access away: removes from AWS what it made there. The folder with the documents stays. */
export async function remove(context: CommandContext, argument: unknown): Promise<void> {
  requireTrust();
  const stored = await chooseIntegration(context, argument, "Remove access");
  const planned = await readAndPlan(context, stored, "remove");
  refuseImpossible(planned);
  const { plan, session, integration } = planned;
  context.store.setLive(stored.key, planned.live, integration);
  if (plan.steps.length === 0) {
    const nothing = `Nothing of ${integration.name} is in account ${plan.identity.account}.`;
    void vscode.window.showInformationMessage([nothing, ...plan.notes].join(" "));
    return;
  }
  const description = await describe(planned);
  const pressed = await vscode.window.showWarningMessage(
    `Take ${integration.definition.name}’s access away in AWS account ${plan.identity.account}?`,
    { modal: true, detail: `${confirmationDetail(description)}\n\nThe documents in your workspace stay.` },
    "Remove",
  );
  if (pressed !== "Remove") return;
  const { result } = await executePlan(context, session, plan, integration, stored.key);
  if (result.status !== "done")
    throw new UserError(
      "aws",
      `Not everything of ${integration.name} was removed: ${result.failure?.message ?? "it was cancelled."} Still there: ${result.notDone.map(resourceName).join(", ")}. Run Remove again to continue.`,
      result.failure ? { awsErrorName: result.failure.code } : {},
    );
  void vscode.window.showInformationMessage(
    [
      `${integration.definition.name}’s access is gone: ${integration.name} is removed from account ${plan.identity.account}.`,
      ...plan.notes,
    ].join(" "),
  );
}
