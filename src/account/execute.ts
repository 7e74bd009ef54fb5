import type { JsonObject, JsonValue } from "../policy/json";
import { UserError } from "../policy/userError";
import type { ExecuteOptions, ExecutionResult, HandBackItem, Plan, Step } from "./account";
import { type Aws, absent, unless } from "./aws";
import { temporary } from "./awsError";
import type { CallerFacts } from "./errors";
import { toUserError } from "./errors";
import type { Journal } from "./journal/journal";
import { planChanges } from "./planChanges";
import { resourceOf } from "./resources";
import { nobodyTakesSecret } from "./resources/accessKey";
import type { Writing } from "./resources/resource";
import { schedule } from "./schedule";

/** More would only be throttled: IAM takes few writes a second. */
const concurrency = 6;

/** What a session remembers of its own writes. */
export interface WriteMemory {
  readonly created: Map<string, number>;
  readonly policyVersions: Map<string, string>;
  /** By "kind name": when it was written, and what a look at it should find. */
  readonly written: Map<string, { readonly at: number; readonly expected: "in-sync" | "missing" }>;
}

export function newMemory(): WriteMemory {
  return { created: new Map(), policyVersions: new Map(), written: new Map() };
}

/** What executing needs besides the plan. */
export interface Executing {
  readonly caller: CallerFacts;
  readonly memory: WriteMemory;
  readonly journal: Journal;
}

const doing = {
  apply: "applying",
  remove: "removing",
  rotate: "rotating the access key of",
  "roll-back": "rolling back",
} as const;

/**
 * Does what a plan says, no more, as the only one who works on the integration. A failed step does not throw: the result
 * says what is done and what is not.
 *
 * @throws UserError when nothing must be started: a plan with refusals, of another account, or for whose secret nobody is
 *   there; when another process works on the integration; when the journal can't be written
 */
export async function execute(
  plan: Plan,
  aws: Aws,
  executing: Executing,
  options: ExecuteOptions,
): Promise<ExecutionResult> {
  const { signal, onProgress, onSecret, replan, asked } = options;
  refuse(plan, aws, onSecret !== undefined);
  const [first] = plan.steps;
  const lock = await executing.journal.lock(plan.integration.id, {
    doing: `${doing[plan.action]} ${plan.integration.name}`,
    clock: aws.clock,
    signal,
    onWait: (who) =>
      first && onProgress?.({ step: first, state: "waiting", detail: who, done: 0, total: plan.steps.length }),
  });
  try {
    if (plan.action === "rotate") await refuseOtherRun(plan, executing.journal);
    // Who goes ahead without asking has just read that there is nothing yet.
    const nothingYet = asked === false && plan.steps.every(({ verb }) => verb === "create");
    const looks = replan !== undefined && (lock.waited || !nothingYet);
    if (looks) {
      const now = await replan();
      const differences = planChanges(plan, now);
      if (differences.length > 0) return nothingDone(plan, { plan: now, differences });
    }
    const readAt = looks || asked === false ? aws.clock.now() : Number.NEGATIVE_INFINITY;
    return await executeAlone(plan, readAt, aws, executing, options);
  } finally {
    await lock.release();
  }
}

function nothingDone(plan: Plan, changed: NonNullable<ExecutionResult["changed"]>): ExecutionResult {
  const handBack = handBackAfter(plan, []);
  return { status: "changed", changed, done: [], notDone: plan.steps, failure: undefined, handBack };
}

/** For so many milliseconds a look counts as made just now. */
const moment = 2000;

async function executeAlone(
  plan: Plan,
  readAt: number,
  aws: Aws,
  { caller, memory, journal }: Executing,
  { signal, onProgress, onSecret, keepsSecrets = false }: ExecuteOptions,
): Promise<ExecutionResult> {
  const total = plan.steps.length;
  let ended = 0;
  const kept: { readonly step: string; readonly sentence: string }[] = [];
  const run = await journal.begin(plan, keepsSecrets);
  try {
    const result = await schedule(
      plan.steps,
      async (step) => {
        const { id } = step;
        const { call, touched } = watchWrites(aws);
        const writing: Writing = {
          ...aws,
          call,
          created: memory.created,
          policyVersions: memory.policyVersions,
          signal,
          justRead: () => aws.clock.now() - readAt < moment,
          waiting: (detail) => onProgress?.({ step, state: "waiting", detail, done: ended, total }),
          keeps: (sentence) => kept.push({ step: id, sentence }),
          onSecret,
        };
        try {
          await run.write({ type: "started", step: id });
          onProgress?.({ step, state: "started", done: ended, total });
          const done = carryOut(step, writing);
          // Of what is to be removed, and is gone already, nothing needs to be changed first.
          const learned = await (plan.action === "remove" ? unless(absent, done) : done);
          remember(plan, step, memory, aws.clock.now());
          const written = run.write({ type: "done", step: id, ...(learned && { learned }) });
          // What AWS told only once must be on the disk; all else can be found out by looking, and shares the next line's write.
          if (learned) await written;
          else written.catch(() => undefined);
          ended += 1;
          const record = learned ? { ...step, after: { ...object(step.after), ...learned } } : step;
          onProgress?.({ step: record, state: "done", done: ended, total });
          return record;
        } catch (error) {
          const reason = toUserError(error, id, caller);
          onProgress?.({ step, state: "failed", detail: reason.message, done: ended, total });
          const { code, message } = reason;
          // A journal that takes no more lines has said "started": the next look finds out what became of it.
          await run.write({ type: "failed", step: id, code, message, touched: touched() }).catch(() => undefined);
          throw reason;
        }
      },
      { concurrency, signal },
    );
    // What was done is done, whether its end can be written down or not.
    const unfinished = await run.end(result.status).catch(() => undefined);
    return {
      ...result,
      failure: result.failure && describeFailure(result.failure),
      handBack: handBackAfter(plan, result.done),
      kept,
      ...(unfinished && { unfinished }),
    };
  } finally {
    await run.close();
  }
}

/** Notices whether a step may have changed something: a write that succeeded, or whose answer was lost. */
function watchWrites(aws: Aws): { readonly call: Aws["call"]; touched(): boolean } {
  let touched = false;
  return {
    touched: () => touched,
    call: (action, send, options) =>
      aws.call(
        action,
        async (http) => {
          const writes = !/:(Get|List|Head|Describe)/.test(action);
          try {
            const answer = await send(http);
            touched ||= writes;
            return answer;
          } catch (error) {
            touched ||= writes && temporary(error) === "unknown";
            throw error;
          }
        },
        options,
      ),
  };
}

/** What a look at the resource should find soon, where that is known. */
function remember({ action }: Plan, { verb, kind, name }: Step, { written }: WriteMemory, at: number): void {
  const key = `${kind} ${name}`;
  // Of a rotated key another one is there, too.
  if (action === "rotate") written.delete(key);
  else if (verb === "delete") written.set(key, { at, expected: "missing" });
  else if (action === "apply") written.set(key, { at, expected: "in-sync" });
  else written.delete(key);
}

function refuse(plan: Plan, { identity }: Aws, takesSecret: boolean): void {
  if (plan.refusals.length > 0) throw new UserError("not-ours", plan.refusals.join("\n"));
  if (plan.identity.account !== identity.account || plan.identity.partition !== identity.partition) {
    throw new UserError(
      "wrong-account",
      `The plan was made for the account ${plan.identity.account} and the profile ${identity.profile} is in ${identity.account}. Plan again.`,
    );
  }
  if (!takesSecret && plan.steps.some(({ permissions }) => permissions.includes("iam:CreateAccessKey")))
    throw nobodyTakesSecret();
}

/** A rotation changes nothing but keys: it would end a run of another kind without doing what that has left. */
async function refuseOtherRun({ integration, identity }: Plan, journal: Journal): Promise<void> {
  const run = await journal.unfinishedIn(integration.id, identity);
  if (!run || run.action === "rotate") return;
  throw new UserError("busy", `${run.sentence} Continue it or roll it back, then rotate the access key.`);
}

/** @returns what AWS told besides: the id of a new access key */
async function carryOut(step: Step, aws: Writing): Promise<JsonObject | undefined> {
  const { kind, name, verb } = step;
  const resource = resourceOf(kind);
  // Before and after are this kind's content: the planner put them there.
  const before = step.before as never;
  if (verb === "delete") {
    await resource.remove(aws, { name, before });
    return undefined;
  }
  return resource.write(aws, { name, before, after: step.after as never });
}

function describeFailure({
  step,
  error,
}: {
  readonly step: Step;
  readonly error: unknown;
}): ExecutionResult["failure"] {
  const { code, message, awsErrorName, awsAction } = error as UserError; // of `run` above
  return { step, message, code, awsErrorName, awsAction };
}

/** What can be given to the vendor after these steps. */
function handBackAfter(plan: Plan, done: readonly Step[]): readonly HandBackItem[] {
  const roleMissing = plan.steps.some(
    ({ id, kind, verb }) => kind === "role" && verb === "create" && !done.some((step) => step.id === id),
  );
  const newKey = done
    .map(({ kind, after }) => (kind === "access-key" ? object(after).accessKeyId : undefined))
    .find(Boolean);
  return plan.handBack.map((item) => {
    if (item.name === "roleArn" && roleMissing) return { ...item, value: undefined };
    return item.name === "accessKeyId" && typeof newKey === "string" ? { ...item, value: newKey } : item;
  });
}

function object(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
