import type { UsableIntegration } from "../sidebar/integrationStore";
import { resourceName } from "../sidebar/labels";
import { requireAws } from "./accountReach";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { confirmationDetail } from "./describePlan";
import { executePlan, stoppedAt } from "./executePlan";
import { notify } from "./notify";
import { describe, readAndPlan, refuseImpossible, replanOf } from "./readAndPlan";

/** Takes an integration's access away: removes from AWS what it made there. The folder with the documents stays. */
export async function remove(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  const stored = await chooseIntegration(context, argument, "Remove access");
  // What changes while the confirmation is open is said, planned anew and confirmed anew.
  for (let changes: readonly string[] | undefined = []; changes; ) changes = await removeOnce(context, stored, changes);
}

/** @returns what changed since the confirmation, when that keeps it from being removed */
async function removeOnce(
  context: CommandContext,
  stored: UsableIntegration,
  changes: readonly string[],
): Promise<readonly string[] | undefined> {
  const planned = await readAndPlan(context, stored, "remove");
  refuseImpossible(planned);
  const { plan, session, integration, unfinished } = planned;
  context.store.setLive(stored.key, planned.live, stored.integration);
  if (plan.steps.length === 0) {
    // A run that stopped before its end is at its end when nothing is left of it.
    if (unfinished) await executePlan(context, session, plan, integration, stored.key);
    context.store.forgetApplied(plan.integration.id);
    const nothing = `Nothing of ${integration.name} is in account ${plan.identity.account}.`;
    void notify.information([nothing, ...plan.notes].join(" "));
    return undefined;
  }
  const description = await describe(planned);
  const pressed = await notify.warning(
    `Take ${integration.definition.name}’s access away in AWS account ${plan.identity.account}?`,
    {
      modal: true,
      detail: `${confirmationDetail(description, { unfinished: planned.unfinished?.sentence, changes })}\n\nThe documents in your workspace stay.`,
    },
    "Remove",
  );
  if (pressed !== "Remove") return undefined;
  const { result } = await executePlan(context, session, plan, integration, stored.key, replanOf(planned));
  if (result.changed) return result.changed.differences;
  if (result.status !== "done")
    throw stoppedAt(
      result,
      `Not everything of ${integration.name} was removed: ${result.failure?.message ?? "it was cancelled."} Still there: ${[...new Set(result.notDone.map(resourceName))].join(", ")}. Run Remove again to go on, or Roll Back to undo it.`,
    );
  void notify.information(
    [
      `${integration.definition.name}’s access is gone: ${integration.name} is removed from account ${plan.identity.account}.`,
      ...plan.notes,
    ].join(" "),
  );
  return undefined;
}
