import * as vscode from "vscode";
import type { Plan, Step } from "../account/account";
import { UserError } from "../policy/userError";
import { resourceName } from "../sidebar/labels";
import type { CommandContext } from "./commandContext";
import { executePlan } from "./executePlan";
import type { PlannedIntegration } from "./readAndPlan";
import { withCancellableRead } from "./withProgress";

/** After an apply that stopped: removes what it created, and nothing that was there before it. */
export async function removeCreated(
  context: CommandContext,
  { session, stored, integration }: PlannedIntegration,
  created: readonly Step[],
): Promise<void> {
  const live = await withCancellableRead("Reading what was created…", (signal) => session.read(integration, signal));
  const plan = only(session.planRemove(integration, live), created);
  if (plan.steps.length === 0) {
    void vscode.window.showInformationMessage(["Nothing is left to remove.", ...plan.notes].join(" "));
    return;
  }
  const remove = "Remove";
  const pressed = await vscode.window.showWarningMessage(
    `Remove what was created for ${integration.name} in AWS account ${plan.identity.account}?`,
    { modal: true, detail: plan.steps.map(({ sentence }) => `• ${sentence}`).join("\n") },
    remove,
  );
  if (pressed !== remove) return;
  const { result } = await executePlan(context, session, plan, integration, stored.key);
  if (result.status !== "done")
    throw new UserError(
      "aws",
      `Not everything was removed: ${result.failure?.message ?? "it was cancelled."} Still there: ${result.notDone.map(resourceName).join(", ")}.`,
    );
  void vscode.window.showInformationMessage(`What was created for ${integration.name} is removed.`);
}

function only(plan: Plan, created: readonly Step[]): Plan {
  const isCreated = (step: Step): boolean => created.some(({ kind, name }) => kind === step.kind && name === step.name);
  const steps = plan.steps.filter(isCreated);
  const ids = new Set(steps.map(({ id }) => id));
  return { ...plan, steps: steps.map((step) => ({ ...step, dependsOn: step.dependsOn.filter((id) => ids.has(id)) })) };
}
