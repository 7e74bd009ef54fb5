import type { Plan, Step } from "../account/account";
import type { PlanDescription } from "./planDescription";

/** A row of the view of a plan. `icon` is a codicon, `color` a VS Code theme color. */
export type PlanRow =
  | { readonly kind: "group"; readonly title: string; readonly rows: readonly PlanRow[]; readonly collapsed?: boolean }
  | { readonly kind: "step"; readonly step: Step; readonly number: number }
  /** A command that takes the integration. */
  | { readonly kind: "command"; readonly title: string; readonly command: string; readonly icon: string }
  | { readonly kind: "sentence"; readonly text: string; readonly icon: string; readonly color?: string };

/** What stops the plan, what it goes on with, gives and takes, what it does, and what stays: in the order in which a person decides. */
export function planRows({ plan, grants, change, unfinished, warnings }: PlanDescription): readonly PlanRow[] {
  const { steps, refusals, notes } = plan;
  const widened = change?.widened ?? [];
  const narrowed = change?.narrowed ?? [];
  const isFirst = change === undefined;
  return [
    ...group("This can’t be done", sentences(refusals, "error", "list.errorForeground")),
    ...group("Left unfinished", unfinished === undefined ? [] : waysOut(unfinished)),
    ...group("More access than now", sentences(widened, "arrow-up", "list.warningForeground")),
    ...group("Less access than now", sentences(narrowed, "arrow-down", "testing.iconPassed")),
    ...group("Warnings", sentences(warnings, "warning", "list.warningForeground")),
    ...group(
      steps.length === 1 ? "1 step" : `${steps.length} steps`,
      steps.map((step, index) => ({ kind: "step", step, number: index + 1 })),
    ),
    ...group("Who gets what", sentences(grants, "person"), !isFirst),
    ...group("What you must be allowed to call", sentences(permissionsOf(plan), "key"), true),
    ...group("What stays as it is", sentences(notes, "circle-slash", "disabledForeground")),
  ];
}

function waysOut(unfinished: string): readonly PlanRow[] {
  return [
    ...sentences([unfinished], "debug-pause", "list.warningForeground"),
    { kind: "command", title: "Continue…", command: "vendorAccess.continue", icon: "debug-continue" },
    { kind: "command", title: "Roll Back…", command: "vendorAccess.rollBack", icon: "discard" },
  ];
}

/** What whoever applies it needs, each once. */
function permissionsOf({ steps }: Plan): readonly string[] {
  return [...new Set(steps.flatMap(({ permissions }) => permissions))].sort();
}

const stepSigns: { readonly [verb in Step["verb"]]: readonly [icon: string, color: string] } = {
  create: ["diff-added", "gitDecoration.addedResourceForeground"],
  update: ["diff-modified", "gitDecoration.modifiedResourceForeground"],
  delete: ["diff-removed", "gitDecoration.deletedResourceForeground"],
};

export function stepSign({ verb }: Step): readonly [icon: string, color: string] {
  return stepSigns[verb];
}

function group(title: string, rows: readonly PlanRow[], collapsed = false): readonly PlanRow[] {
  return rows.length === 0 ? [] : [{ kind: "group", title, rows, collapsed }];
}

function sentences(texts: readonly string[], icon: string, color?: string): readonly PlanRow[] {
  return texts.map((text) => ({ kind: "sentence", text, icon, ...(color && { color }) }));
}
