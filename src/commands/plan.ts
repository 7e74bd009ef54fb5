import * as vscode from "vscode";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { planPage } from "./describePlan";
import { describe, readAndPlan } from "./readAndPlan";
import { refuseErrors, refuseKnownErrors, saveDocuments } from "./saveAndCheck";
import { requireTrust } from "./showError";

/** Shows what Apply would do, as a page. Changes nothing. */
export async function plan(context: CommandContext, argument: unknown): Promise<void> {
  requireTrust();
  const stored = await saveDocuments(context, await chooseIntegration(context, argument, "Plan"));
  refuseKnownErrors(stored.integration);
  const planned = await readAndPlan(context, stored, "apply");
  refuseErrors(planned.integration);
  const { name } = planned.integration;
  const { steps, refusals } = planned.plan;
  context.store.setLive(stored.key, planned.live, planned.integration);
  await context.planPreview.show(name, stored.key, planPage(await describe(planned)));
  if (refusals.length > 0) return;
  if (steps.length === 0) {
    void vscode.window.showInformationMessage(`${name} is in sync: nothing to change.`);
    return;
  }
  const apply = "Apply…";
  const question = `${name}: ${steps.length === 1 ? "1 step" : `${steps.length} steps`} to apply in account ${planned.plan.identity.account}.`;
  if ((await vscode.window.showInformationMessage(question, apply)) === apply)
    await vscode.commands.executeCommand("vendorAccess.apply", stored.uri);
}
