import * as vscode from "vscode";
import { requireAws } from "./accountReach";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { describe, readAndPlan } from "./readAndPlan";
import { refuseErrors, refuseKnownErrors, saveDocuments } from "./saveAndCheck";
import { showPlanChanges } from "./showPlanChanges";

/** Shows what Apply would do: the steps in a view, their differences in an editor. Changes nothing. */
export async function plan(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  const { planView, store } = context;
  const stored = await saveDocuments(context, await chooseIntegration(context, argument, "Plan"));
  refuseKnownErrors(stored.integration);
  const planned = await readAndPlan(context, stored, "apply");
  refuseErrors(planned.integration);
  const { key, integration } = stored;
  store.setLive(key, planned.live, integration);
  await planView.show({ ...(await describe(planned)), key, integration, live: planned.live });
  if (planned.plan.steps.length > 0) await showPlanChanges(context);
}

/** Plans the integration of the view again, after it or the account has changed. */
export async function planAgain(context: CommandContext): Promise<void> {
  const uri = shownUri(context);
  if (uri) await plan(context, uri);
}

/** Applies what the view shows: plans anew and asks, because the account can have changed. */
export async function applyPlan(context: CommandContext): Promise<void> {
  const uri = shownUri(context);
  if (uri) await vscode.commands.executeCommand("vendorAccess.apply", uri);
}

export function closePlan({ planView }: CommandContext): void {
  planView.close();
}

function shownUri({ planView }: CommandContext): vscode.Uri | undefined {
  const shown = planView.current();
  return shown && vscode.Uri.parse(shown.key, true);
}
