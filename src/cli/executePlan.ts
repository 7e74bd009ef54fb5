import type {
  AccountSession,
  ExecuteOptions,
  ExecutionResult,
  HandBackItem,
  Plan,
  Step,
  UnfinishedRun,
} from "../account/account";
import type { CliContext } from "./context";
import type { OpenedIntegration } from "./openIntegration";
import { describeIdentity } from "./report/plan";
import { shellWord } from "./shellWord";

export interface Execution {
  readonly result: ExecutionResult;
  /** A secret that AWS gave: it is nowhere else and never given again. */
  readonly secret: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** Executes a plan and says on standard error how far it is. A secret is never said there. */
export async function executePlan(
  session: AccountSession,
  plan: Plan,
  context: CliContext,
  { signal = context.signal, ...again }: Pick<ExecuteOptions, "signal" | "replan" | "asked"> = {},
): Promise<Execution> {
  const { say, style } = context;
  let secret: Execution["secret"];
  const result = await session.execute(plan, {
    ...again,
    signal,
    onProgress: ({ step, state, detail, done, total }) => {
      if (state === "done") say(`${style.messages.good("✓")} [${done}/${total}] ${step.sentence}`);
      if (state === "failed") say(`${style.messages.error("✗")} ${step.sentence}`);
      if (state === "waiting") say(style.messages.faint(`  waiting: ${detail ?? step.sentence}`));
    },
    onSecret: async (received) => {
      secret = received;
    },
  });
  return { result, secret };
}

/** What went wrong, what was done before and how to get rid of it. */
export function sayFailure(plan: Plan, result: ExecutionResult, shown: string, { say, style }: CliContext): void {
  const { failure, done, notDone, unfinished } = result;
  if (failure) say(style.messages.error(`${failure.step.sentence}: ${failure.message}`));
  else say(style.messages.error("Cancelled."));
  const made = done.filter(({ verb }) => verb === "create");
  if (made.length > 0) {
    const names = made.map(({ kind, name }) => `  ${kind.replaceAll("-", " ")} ${name}`);
    say([`Made before that in ${describeIdentity(plan.identity)}:`, ...names].join("\n"));
  }
  if (notDone.length > 0) {
    say(["Not done:", ...notDone.map(({ sentence }) => `  ${sentence}`)].join("\n"));
  }
  if (unfinished) say(waysOut(plan.action, shown));
}

/** How to go on with what is unfinished, and how to undo it. */
export function waysOut(action: Plan["action"], shown: string): string {
  const recover = `vendor-access recover ${shellWord(shown)}`;
  return action === "roll-back"
    ? `Go on with it with: ${recover} --roll-back`
    : `Go on with it with: ${recover} --continue\nOr undo what was done with: ${recover} --roll-back`;
}

/** Says that what is planned now goes on with what stopped before its end. */
export async function sayUnfinished(
  session: AccountSession,
  { integration, shown }: OpenedIntegration,
  { say, style }: CliContext,
): Promise<UnfinishedRun | undefined> {
  const run = await session.unfinishedRun(integration.manifest.id);
  if (run) say(`${style.messages.warning(run.sentence)}\n${waysOut(run.action, shown)}\n`);
  return run;
}

/** The hand-back values, with the secret that only the execution knows. */
export function handBackWithSecret(
  items: readonly HandBackItem[],
  { result, secret }: Execution,
): readonly HandBackItem[] {
  const known = new Map<string, string | undefined>([
    ...result.handBack.map(({ name, value }) => [name, value] as const),
    // Only the execution itself tells the secret, and only once.
    ...Object.entries(secret ?? {}),
  ]);
  return items.map((item) => ({ ...item, value: item.value ?? known.get(item.name) }));
}

/** Steps as `--json` prints them, with what became of each. */
export function stepsForJson(plan: Pick<Plan, "steps">, done: readonly Step[]) {
  const ids = new Set(done.map(({ id }) => id));
  return plan.steps.map(({ id, verb, kind, name, sentence }) => ({
    id,
    verb,
    kind,
    name,
    sentence,
    done: ids.has(id),
  }));
}

export interface Failure {
  /** The step's id; absent when it was not a step that failed. */
  readonly step?: string;
  readonly code: string;
  readonly message: string;
  /** AWS's own name of the error, and the permission that the refused call needs. */
  readonly awsErrorName?: string;
  readonly awsAction?: string;
}

/** Why an execution stopped, as `--json` prints it. */
export function failureOf(execution: Execution | undefined): Failure | undefined {
  const failure = execution?.result.failure;
  if (!failure) return undefined;
  const { step, code, message, awsErrorName, awsAction } = failure;
  return {
    step: step.id,
    code,
    message,
    ...(awsErrorName !== undefined && { awsErrorName }),
    ...(awsAction !== undefined && { awsAction }),
  };
}
