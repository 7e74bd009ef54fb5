import { normalizePolicy } from "../policy/normalizePolicy";
import type { Plan, Step } from "./account";

/** What is different about a plan that was made again, one sentence each; none when it is what was confirmed. */
export function planChanges(confirmed: Plan, now: Plan): readonly string[] {
  const before = new Map(confirmed.steps.map((step) => [step.id, step]));
  const after = new Set(now.steps.map(({ id }) => id));
  return [
    ...now.refusals.filter((refusal) => !confirmed.refusals.includes(refusal)),
    ...now.steps.flatMap((step) => {
      const old = before.get(step.id);
      if (old === undefined) return [`Now needed, too: ${step.sentence}.`];
      const what = `${step.kind.replaceAll("-", " ")} ${step.name}`;
      if (!same(old, step, "before")) return [`The ${what} in AWS is not what it was when the plan was made.`];
      return same(old, step, "after") ? [] : [`The ${what} would now be made something else.`];
    }),
    ...confirmed.steps.filter(({ id }) => !after.has(id)).map(({ sentence }) => `No longer needed: ${sentence}.`),
  ];
}

function same(a: Step, b: Step, part: "before" | "after"): boolean {
  return JSON.stringify(normalizePolicy(a[part] ?? null)) === JSON.stringify(normalizePolicy(b[part] ?? null));
}
