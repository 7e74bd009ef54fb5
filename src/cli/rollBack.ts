import type { AccountSession, UnfinishedRun } from "../account/account";
import { rollBackChange } from "../integration/accessChange";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import type { Arguments } from "./command";
import { confirm } from "./confirm";
import type { CliContext } from "./context";
import { type Execution, executePlan } from "./executePlan";
import { describeIdentity, describePlan } from "./report/plan";
import { count } from "./report/pretty";

export interface RollBack {
  readonly status: "rolled-back" | "failed" | "cancelled";
  readonly execution: Execution;
  /** What is still not as it was, in words. */
  readonly left: readonly string[];
}

/**
 * Makes everything that a run has touched what it was before: shows how, asks, does it and reads it back.
 *
 * @throws UserError `not-ours` when it was in another account, `cancelled` when it is not confirmed
 */
export async function rollBack(
  session: AccountSession,
  run: UnfinishedRun,
  integration: Integration,
  args: Arguments,
  context: CliContext,
): Promise<RollBack> {
  const { say, style } = context;
  // Who stopped a run with Ctrl-C wants it to be undone all the same.
  const signal = context.signal.aborted ? new AbortController().signal : context.signal;
  const where = describeIdentity(session.identity);
  for (;;) {
    const plan = await session.planRollBack(run, signal);
    if (plan.refusals.length > 0) throw new UserError("not-ours", plan.refusals.join("\n"));
    if (plan.steps.length > 0) {
      say(`${describePlan(plan, [], style.messages, await rollBackChange(integration, plan))}\n`);
      await confirm(`Roll back with ${count(plan.steps.length, "step")} in ${where}?`, args, context);
    } else {
      for (const note of plan.notes) say(note);
    }
    const execution = await executePlan(session, plan, context, {
      signal,
      replan: () => session.planRollBack(run, signal),
      asked: !args.is("yes"),
    });
    const { status, failure, kept = [] } = execution.result;
    if (status === "changed") {
      say(style.messages.warning("What is in AWS changed since the plan was made. This is the plan now:"));
      continue;
    }
    for (const { sentence } of kept) say(sentence);
    if (status !== "done") {
      say(style.messages.error(failure ? `${failure.step.sentence}: ${failure.message}` : "Cancelled."));
      return { status, execution, left: execution.result.notDone.map(({ sentence }) => sentence) };
    }
    const left = (await session.verifyRollBack(run, { kept }, signal)).map(({ sentence }) => sentence);
    if (left.length > 0) {
      say(style.messages.error(["AWS still shows something else than before:", ...left].join("\n  ")));
    } else {
      say(style.messages.good(`Rolled back: ${run.integration.name} in ${where} is what it was before.`));
    }
    return { status: "rolled-back", execution, left };
  }
}

/** After an apply that did not end well: with `--roll-back` at once, and where somebody can be asked after a question. */
export async function offerRollBack(
  session: AccountSession,
  run: UnfinishedRun | undefined,
  integration: Integration,
  args: Arguments,
  context: CliContext,
): Promise<boolean> {
  if (!run) return false;
  const without: Arguments = { ...args, is: (flag) => flag === "yes" || args.is(flag) };
  if (args.is("roll-back"))
    return (await rollBack(session, run, integration, without, context)).status === "rolled-back";
  if (!context.interactive || args.is("yes")) return false;
  const answer = await context.ask("Undo what was done? [y/N] ");
  if (!/^y(es)?$/i.test(answer.trim())) return false;
  return (await rollBack(session, run, integration, args, context)).status === "rolled-back";
}
