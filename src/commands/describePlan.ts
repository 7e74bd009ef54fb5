import type { Plan, Step } from "../account/account";
import type { Comparison } from "../policy/explain/explanation";
import type { JsonValue } from "../policy/json";
import { escapeMarkdown } from "../policy/markdownText";
import { lineDiff } from "./lineDiff";

export interface PlanDescription {
  readonly plan: Plan;
  readonly vendorName: string;
  /** Who may do what, one sentence each. */
  readonly grants: readonly string[];
  /** What changes for who has access already; absent for a first apply and for a removal. */
  readonly change?: Comparison | undefined;
  /** Findings that do not block. */
  readonly warnings: readonly string[];
}

/** A plan as a Markdown page: what, who gets what, each step with its before and after, and what stays. */
export function planPage({ plan, vendorName, grants, change, warnings }: PlanDescription): string {
  const { identity, integration, steps, refusals, notes } = plan;
  return [
    `# Plan of ${escapeMarkdown(integration.name)}`,
    `**${escapeMarkdown(vendorName)}** in AWS account **${identity.account}**, with profile **${escapeMarkdown(identity.profile)}** (${escapeMarkdown(identity.arn)}).`,
    ...section("This can’t be done", list(refusals)),
    ...section(plan.action === "apply" ? "Who gets what" : "Who loses what", list(grants)),
    ...section("More access than now", list(change?.widened ?? [])),
    ...section("Less access than now", list(change?.narrowed ?? [])),
    ...section("Warnings", list(warnings)),
    steps.length === 0 ? "## No changes\n\nThe account is as the documents say." : `## ${count(steps)}`,
    ...steps.map((step, index) => stepText(step, index + 1)),
    ...section("What stays as it is", list(notes)),
    "",
  ].join("\n\n");
}

/** The text under the question of a confirmation; plain text. */
export function confirmationDetail({ plan, grants, change, warnings }: PlanDescription): string {
  const { identity, steps, notes, action } = plan;
  const bullets = (lines: readonly string[]): string => lines.map((line) => `• ${line}`).join("\n");
  const part = (title: string, lines: readonly string[], text = bullets(lines)): string[] =>
    lines.length === 0 ? [] : [`${title}\n${text}`];
  const numbered = steps.map(({ sentence }, index) => `${index + 1}. ${sentence}`).join("\n");
  return [
    `Account ${identity.account}, profile ${identity.profile}\n${identity.arn}`,
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

function stepText(step: Step, number: number): string {
  const heading = `### ${number}. ${escapeMarkdown(step.sentence)}`;
  const lines = changedLines(step);
  if (lines.length === 0) return heading;
  // A fence longer than any run of backticks in the text can't be closed from inside.
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${heading}\n\n${fence}diff\n${lines.join("\n")}\n${fence}`;
}

function changedLines({ before, after }: Step): readonly string[] {
  return lineDiff(linesOf(before), linesOf(after));
}

function linesOf(value: JsonValue | undefined): readonly string[] {
  return value === undefined ? [] : JSON.stringify(value, undefined, 2).split("\n");
}

function count(steps: readonly Step[]): string {
  return steps.length === 1 ? "1 step" : `${steps.length} steps`;
}

function section(title: string, content: string): readonly string[] {
  return content === "" ? [] : [`## ${title}`, content];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");
}
