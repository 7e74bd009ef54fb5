import type { Step } from "../account/account";
import type { PlanDescription } from "../sidebar/planDescription";

/** What a confirmation says besides its plan. */
export interface Background {
  /** What a run that stopped before its end was doing: this plan goes on with it. */
  readonly unfinished?: string | undefined;
  /** Why this plan takes the place of one that was seen before. */
  readonly changes?: readonly string[];
}

/** The text under the question of a confirmation; plain text. */
export function confirmationDetail(
  { plan, grants, change, warnings }: Pick<PlanDescription, "plan" | "grants" | "change" | "warnings">,
  { unfinished, changes = [] }: Background = {},
): string {
  const { identity, steps, notes, action } = plan;
  const bullets = (lines: readonly string[]): string => lines.map((line) => `• ${line}`).join("\n");
  const part = (title: string, lines: readonly string[], text = bullets(lines)): string[] =>
    lines.length === 0 ? [] : [`${title}\n${text}`];
  const numbered = steps.map(({ sentence }, index) => `${index + 1}. ${sentence}`).join("\n");
  return [
    `Account ${identity.account}, profile ${identity.profile}\n${identity.arn}`,
    ...part("Changed since you were asked:", changes),
    ...part("Left unfinished:", unfinished === undefined ? [] : [unfinished, goesOn]),
    ...part(action === "apply" ? "Who gets what:" : "Who loses what:", grants),
    ...part("More access than now:", change?.widened ?? []),
    ...part("Less access than now:", change?.narrowed ?? []),
    ...part("Warnings:", warnings),
    ...part(
      `${count(steps)}:`,
      steps.map(({ sentence }) => sentence),
      numbered,
    ),
    ...part("What stays:", notes),
  ].join("\n\n");
}

const goesOn = "This plan goes on with it. The command “Roll Back…” undoes it instead.";

function count(steps: readonly Step[]): string {
  return steps.length === 1 ? "1 step" : `${steps.length} steps`;
}
