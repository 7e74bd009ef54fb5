import type { AccountSession, ExecuteOptions, ExecutionResult, LiveState, Plan, Step } from "../account/account";
import type { Integration } from "../integration/integration";
import { UserError, type UserErrorCode } from "../policy/userError";
import type { CommandContext } from "./commandContext";
import { withProgress } from "./withProgress";

export interface Execution {
  readonly result: ExecutionResult;
  /** What is in the account afterwards; undefined when that could not be read. */
  readonly live: LiveState | undefined;
}

/**
 * Carries out a confirmed plan and reads back what came of it, with one progress notification; cancelling stops
 * between two steps. The side bar shows what was read.
 *
 * @param key of the integration in the store
 * @param replan makes the plan anew when nobody else works on the integration: the result is `changed` when it is another one
 */
export function executePlan(
  context: CommandContext,
  session: AccountSession,
  plan: Plan,
  integration: Integration,
  key: string,
  replan?: ExecuteOptions["replan"],
): Promise<Execution> {
  const doing = {
    apply: "Applying",
    remove: "Removing",
    rotate: "Rotating the access key of",
    "roll-back": "Rolling back",
  }[plan.action];
  const title = `${doing} ${integration.name} in account ${plan.identity.account}`;
  return withProgress(title, async ({ progress, signal }) => {
    let shown = 0;
    const result = await session.execute(plan, {
      signal,
      ...(replan && { replan }),
      keepsSecrets: true,
      onProgress({ step, state, detail, done, total }) {
        const message = { started: sentence(step), waiting: detail ?? sentence(step), done: "", failed: "" }[state];
        const increment = total === 0 ? 0 : ((done - shown) / total) * 100;
        shown = done;
        progress.report({ increment, ...(message && { message: `(${done}/${total}) ${message}` }) });
        context.log.info(`${step.id}: ${state}${detail ? `, ${detail}` : ""}`);
      },
      onSecret: async ({ accessKeyId, secretAccessKey }) => {
        await context.secrets.keep(plan.integration.id, accessKeyId, secretAccessKey);
      },
    });
    const { status, done } = result;
    if (status === "changed") return { result, live: undefined };
    context.log.info(
      `${plan.action} ${integration.name}: ${status}, ${done.length} of ${plan.steps.length} steps done.`,
    );
    await forgetDeletedKeys(context, plan, done);
    if (plan.action === "remove" || plan.action === "roll-back") context.store.forgetApplied(plan.integration.id);
    progress.report({ message: "Reading back…" });
    return { result, live: await readBack(context, session, integration, key, status === "done" ? signal : undefined) };
  });
}

/** An error of the kind of what a run stopped at: what can be done about it is the same. */
export function stoppedAt({ failure }: ExecutionResult, message: string): UserError {
  if (!failure) return new UserError("usage", message);
  const { code, awsErrorName, awsAction } = failure;
  return new UserError(code as UserErrorCode, message, {
    ...(awsErrorName !== undefined && { awsErrorName }),
    ...(awsAction !== undefined && { awsAction }),
  }); // the account room promises a UserErrorCode
}

/** The secret of a key that is gone is of no use to anybody. */
async function forgetDeletedKeys({ secrets }: CommandContext, plan: Plan, done: readonly Step[]): Promise<void> {
  const { id } = plan.integration;
  const kept = (await secrets.accessKeyIds()).get(id) ?? [];
  for (const { verb, kind, before, after } of done) {
    if (kind !== "access-key") continue;
    const { accessKeyIds = [] } = (before ?? {}) as { readonly accessKeyIds?: readonly string[] }; // an access key's facts
    const { keys, makes } = (after ?? {}) as { readonly keys?: object; readonly makes?: boolean }; // as planned
    if (verb === "delete") await secrets.forget(id, plan.action === "remove" ? kept : accessKeyIds);
    else if (keys && !makes)
      await secrets.forget(
        id,
        kept.filter((accessKeyId) => !(accessKeyId in keys)),
      );
  }
}

/** What was done is done: when it can't be read back, the result is still the thing to tell. */
async function readBack(
  { store, log }: CommandContext,
  session: AccountSession,
  integration: Integration,
  key: string,
  signal: AbortSignal | undefined,
): Promise<LiveState | undefined> {
  try {
    const live = await session.verify(integration, signal);
    store.setLive(key, live, integration);
    return live;
  } catch (error) {
    log.warn(`Could not read ${integration.name} back: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function sentence({ sentence: text }: Step): string {
  return text.endsWith(".") ? text : `${text}…`;
}
