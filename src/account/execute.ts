import type { JsonObject, JsonValue } from "../policy/json";
import { UserError } from "../policy/userError";
import type { ExecuteOptions, ExecutionResult, HandBackItem, Plan, Step } from "./account";
import type { Aws } from "./aws";
import type { CallerFacts } from "./errors";
import { toUserError } from "./errors";
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

/**
 * Does what a plan says, no more. A failed step does not throw: the result says what is done and what is not.
 *
 * @throws UserError when nothing must be started: a plan with refusals, of another account, or for whose secret nobody is
 *   there
 */
export async function execute(
  plan: Plan,
  aws: Aws,
  caller: CallerFacts,
  memory: WriteMemory,
  { signal, onProgress, onSecret }: ExecuteOptions,
): Promise<ExecutionResult> {
  refuse(plan, aws, onSecret !== undefined);
  const total = plan.steps.length;
  let done = 0;
  const result = await schedule(
    plan.steps,
    async (step) => {
      onProgress?.({ step, state: "started", done, total });
      const writing: Writing = {
        ...aws,
        created: memory.created,
        policyVersions: memory.policyVersions,
        signal,
        waiting: (detail) => onProgress?.({ step, state: "waiting", detail, done, total }),
        onSecret,
      };
      try {
        const record = await carryOut(step, writing);
        const expected = step.verb === "delete" ? "missing" : "in-sync";
        memory.written.set(`${step.kind} ${step.name}`, { at: aws.clock.now(), expected });
        done += 1;
        onProgress?.({ step: record, state: "done", done, total });
        return record;
      } catch (error) {
        const reason = toUserError(error, step.id, caller);
        onProgress?.({ step, state: "failed", detail: reason.message, done, total });
        throw reason;
      }
    },
    { concurrency, signal },
  );
  return {
    ...result,
    failure: result.failure && describeFailure(result.failure),
    handBack: handBackAfter(plan, result.done),
  };
}

function refuse(plan: Plan, { identity }: Aws, takesSecret: boolean): void {
  if (plan.refusals.length > 0) throw new UserError("not-ours", plan.refusals.join("\n"));
  if (plan.identity.account !== identity.account || plan.identity.partition !== identity.partition) {
    throw new UserError(
      "wrong-account",
      `The plan was made for the account ${plan.identity.account} and the profile ${identity.profile} is in ${identity.account}. Plan again.`,
    );
  }
  if (!takesSecret && plan.steps.some(({ kind, verb }) => kind === "access-key" && verb === "create"))
    throw nobodyTakesSecret();
}

/** @returns the step with what AWS told: the id of a new access key is in its `after` */
async function carryOut(step: Step, aws: Writing): Promise<Step> {
  const { kind, name, verb } = step;
  const resource = resourceOf(kind);
  // Before and after are this kind's content: the planner put them there.
  const before = step.before as never;
  if (verb === "delete") {
    await resource.remove(aws, { name, before });
    return step;
  }
  const learned = await resource.write(aws, { name, before, after: step.after as never });
  return learned ? { ...step, after: { ...object(step.after), ...learned } } : step;
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
