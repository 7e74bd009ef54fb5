import type { JsonObject, JsonValue } from "../policy/json";
import { normalizePolicy } from "../policy/normalizePolicy";
import type { Identity, Plan, ResourceState, UnfinishedRun } from "./account";
import type { ContentOf } from "./contents";
import { applyOrder, beforeOf, type StepWithoutOrder, withDependencies, withRoomForVersion } from "./plan";
import { deletion, removal, removeOrder } from "./planRemove";
import { resourceOf } from "./resources";

type Touched = UnfinishedRun["touched"][number];

/**
 * What has to be done so that everything that a run has touched is as it was before the run: what it changed is changed
 * back, what it deleted is made again, what it made is deleted, if it is ours. Pure over what is live now, so that it can be
 * planned and done again after a crash of its own.
 */
export function planRollBack(run: UnfinishedRun, live: readonly ResourceState[], identity: Identity): Plan {
  const { account, partition } = run.identity;
  const refusals =
    account === identity.account && partition === identity.partition
      ? []
      : [
          `What is to be rolled back is in the account ${account}, and the profile ${identity.profile} is in the account ${identity.account}. Choose a profile of ${account}.`,
        ];
  const parts = refusals.length > 0 ? [] : run.touched.map((each) => rollBackOf(each, live, run));
  const steps = parts.flatMap((part) => part.steps ?? []);
  const isDeletion = ({ verb }: { readonly verb: string }) => verb === "delete";
  const putBack = withDependencies(
    steps.filter((step) => !isDeletion(step)),
    applyOrder,
  );
  const deletions = withDependencies(steps.filter(isDeletion), removeOrder);
  // In reverse: what was made last and lets somebody in is deleted when what it replaced is back.
  const backIds = putBack.map(({ id }) => id);
  return {
    action: "roll-back",
    integration: run.integration,
    identity,
    resources: run.resources,
    steps: [...putBack, ...deletions.map((step) => ({ ...step, dependsOn: [...backIds, ...step.dependsOn] }))],
    refusals,
    notes: parts.flatMap(({ note }) => note ?? []),
    handBack: [],
    live,
  };
}

interface Part {
  readonly steps?: readonly StepWithoutOrder[];
  readonly note?: string;
}

function rollBackOf(touched: Touched, live: readonly ResourceState[], run: UnfinishedRun): Part {
  const { kind, name } = touched;
  const what = `${kind.replaceAll("-", " ")} ${name}`;
  const state = live.find((each) => each.kind === kind && each.name === name);
  if (!state) return {};
  if (state.status === "foreign") return { note: `The ${what} stays: it is not this integration's (any more).` };
  if (touched.before === undefined) return madeByRun(state, what, run);
  const now = beforeOf(state);
  const wanted = restored(kind, touched.before, touched.after, now);
  if (wanted === undefined) return now === undefined ? { note: lost(touched, what) } : {};
  const verb = now === undefined ? "create" : "update";
  const step = { id: `${verb} ${kind} ${name}`, verb, kind, name, before: now } as const;
  if (now === undefined) {
    const again = kind === "role" ? ", under a new unique id" : "";
    return { steps: [{ ...step, sentence: `Make the ${what} again as it was${again}`, after: wanted }] };
  }
  const present = restored(kind, now, undefined, now);
  if (writtenKeys(state).every((key) => same(wanted[key], present?.[key]))) return {};
  const after = kind === "managed-policy" ? withRoomForVersion(wanted, state) : wanted;
  return { steps: [{ ...step, sentence: `Change the ${what} back to what it was`, after }] };
}

/** Contents with their facts, of this kind: they were read and planned as such. */
function restored(
  kind: ResourceState["kind"],
  before: JsonValue,
  after: JsonValue | undefined,
  live: JsonValue | undefined,
): JsonObject | undefined {
  const { restore } = resourceOf(kind);
  const former = { before: before as never, after: after as never, live: live as never };
  return restore ? restore(former) : (before as JsonObject);
}

/** What was not there before goes as it would with a removal, and a bucket, too, as long as it is empty. */
function madeByRun(state: ResourceState, what: string, run: UnfinishedRun): Part {
  if (state.live === undefined) return {};
  switch (state.kind) {
    case "bucket":
      return { steps: [deletion(state, () => `Delete the ${what}, which was made by this run, if it is still empty`)] };
    case "public-access-block": {
      const bucketGoes = run.touched.some(
        ({ kind, name, before }) => kind === "bucket" && name === state.name && before === undefined,
      );
      return bucketGoes ? {} : { steps: [deletion(state, () => `Delete the ${what}, as before`)] };
    }
    default:
      return removal(state, ({ verb, kind }) => {
        if (verb === "delete") return `Delete the ${what}, which was made by this run`;
        return kind === "role"
          ? `Empty the trust policy of the ${what}, so that nobody can assume it any more`
          : `Take out of the ${what} what is ours`;
      });
  }
}

function lost({ before }: Touched, what: string): string {
  const { accessKeyIds = [] } = (before ?? {}) as { readonly accessKeyIds?: readonly string[] }; // an access key's facts
  return `The ${what}${accessKeyIds.length > 0 ? ` (${accessKeyIds.join(", ")})` : ""} can't be brought back: AWS shows a secret only once. The next apply makes a new one.`;
}

/** What a write of the kind can change: not the facts, not a path, and not what others have put there. */
function writtenKeys({ kind, live, desired }: ResourceState): readonly string[] {
  const keys = Object.keys({ ...(live as JsonObject | undefined), ...(desired as JsonObject | undefined) }); // contents
  const never: Partial<Record<ResourceState["kind"], readonly (keyof ContentOf["role"])[]>> = {
    role: ["otherPolicies", "path"],
  };
  return keys.filter((key) => !never[kind]?.some((each) => each === key));
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(normalizePolicy(a ?? null)) === JSON.stringify(normalizePolicy(b ?? null));
}
