import type { PlanRow } from "../sidebar/planRows";
import type { CommandContext } from "./commandContext";
import { comparedStep } from "./comparedContents";

/** All differences of the plan in one editor. */
export async function showPlanChanges({ planView, comparisons }: CommandContext): Promise<void> {
  const shown = planView.current();
  if (!shown) return;
  const { steps, integration } = shown.plan;
  await comparisons.showAll("plan", shown.key, `Plan of ${integration.name}`, steps.map(comparedStep));
}

/** The difference of one step of the plan: the row that was clicked. */
export async function showStep({ planView, comparisons }: CommandContext, argument: unknown): Promise<void> {
  const shown = planView.current();
  const row = argument as PlanRow | undefined; // only rows of the plan's view run this
  if (shown && row?.kind === "step") await comparisons.show("plan", shown.key, comparedStep(row.step));
}
