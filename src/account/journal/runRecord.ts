import type { JsonObject } from "../../policy/json";
import type { UnfinishedRun } from "../account";
import { ago } from "../ago";
import type { JournalLine } from "./journalLine";

type PlanLine = Extract<JournalLine, { type: "plan" }>;

/** One plan of a run, and what became of its steps. */
interface Part {
  readonly plan: PlanLine;
  readonly states: ReadonlyMap<string, "started" | "done" | "touched">;
  readonly learned: ReadonlyMap<string, JsonObject>;
  readonly ended: "done" | "failed" | "cancelled" | undefined;
  readonly reason: string | undefined;
  /** When its last line was written. */
  readonly lastAt: string;
}

/**
 * What the lines of a run say is unfinished; undefined when nothing is: it ended well, or it ended and had changed nothing.
 */
export function unfinishedRun(id: string, lines: readonly JournalLine[]): UnfinishedRun | undefined {
  const parts = partsOf(lines);
  const last = parts.at(-1);
  if (!last || last.ended === "done") return undefined;
  const touched = touchedBy(parts);
  if (touched.length === 0) return undefined;
  const { action, integration, identity, steps } = last.plan;
  const inState = (...wanted: readonly (string | undefined)[]) =>
    steps.filter((step) => wanted.includes(last.states.get(step.id)));
  const done = inState("done");
  const uncertain = inState("started", "touched");
  const status = last.ended ?? "interrupted";
  return {
    id,
    integration,
    identity,
    action,
    status,
    sentence: describe(last, done.length, uncertain.length),
    done,
    uncertain,
    notBegun: inState(undefined),
    resources: resourcesOf(parts),
    touched,
    keptKeys: keptKeys(parts),
  };
}

function partsOf(lines: readonly JournalLine[]): readonly Part[] {
  const starts = lines.flatMap((line, index) => (line.type === "plan" ? [{ plan: line, index }] : []));
  return starts.map(({ plan, index }, number) => part(plan, lines.slice(index + 1, starts[number + 1]?.index)));
}

function part(plan: PlanLine, lines: readonly JournalLine[]): Part {
  const states = new Map<string, "started" | "done" | "touched">();
  const learned = new Map<string, JsonObject>();
  let ended: Part["ended"];
  let reason: string | undefined;
  for (const line of lines) {
    switch (line.type) {
      case "started":
      case "done":
        states.set(line.step, line.type);
        if (line.type === "done" && line.learned) learned.set(line.step, line.learned);
        break;
      case "failed":
        if (line.touched) states.set(line.step, "touched");
        else states.delete(line.step);
        reason ??= line.message;
        break;
      case "ended":
        ended = line.status;
    }
  }
  return { plan, states, learned, ended, reason, lastAt: (lines.at(-1) ?? plan).at };
}

/** Everything that the run may have changed, with what was there before the first change. Rolling back changes nothing anew. */
function touchedBy(parts: readonly Part[]): UnfinishedRun["touched"] {
  const touched = new Map<string, UnfinishedRun["touched"][number]>();
  for (const { plan, states } of parts) {
    if (plan.action === "roll-back") continue;
    for (const { id, kind, name, before, after } of plan.steps) {
      if (!states.has(id)) continue;
      const key = `${kind} ${name}`;
      const earlier = touched.get(key);
      touched.set(key, earlier ? { ...earlier, after } : { kind, name, before, after });
    }
  }
  return [...touched.values()];
}

function resourcesOf(parts: readonly Part[]): UnfinishedRun["resources"] {
  const all = parts.flatMap(({ plan }) => plan.resources);
  return [...new Map(all.map((each) => [`${each.kind} ${each.name}`, each])).values()];
}

/** A secret that is told at the end of a run is lost with a run that has no end. */
function keptKeys(parts: readonly Part[]): readonly string[] {
  return parts
    .filter(({ plan, ended }) => plan.keepsSecrets || ended !== undefined)
    .flatMap(({ learned }) => [...learned.values()])
    .flatMap(({ accessKeyId }) => (typeof accessKeyId === "string" ? [accessKeyId] : []));
}

const doing = {
  apply: "Applying",
  remove: "Removing",
  rotate: "Rotating the access key of",
  "roll-back": "Rolling back",
} as const;

function describe({ plan, ended, reason, lastAt }: Part, done: number, uncertain: number): string {
  const { account, profile } = plan.identity;
  const what = `${doing[plan.action]} ${plan.integration.name} in account ${account} (profile ${profile})`;
  const how = { failed: "failed", cancelled: "was cancelled", interrupted: "was interrupted" }[
    ended === "done" || ended === undefined ? "interrupted" : ended
  ];
  const total = plan.steps.length;
  const steps = `${done} of ${total} ${total === 1 ? "step" : "steps"} done${uncertain > 0 ? `, ${uncertain} may be done or half done` : ""}`;
  const why = ended === "failed" && reason ? ` ${reason}` : "";
  return `${what} ${how} ${ago(new Date(lastAt))}: ${steps}.${why}`;
}
