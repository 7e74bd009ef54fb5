import type { Plan, Step } from "../account/account";
import { grantsOf } from "../integration/grantsOf";
import { UserError } from "../policy/userError";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { confirm, requireConfirmation } from "./confirm";
import { connectAccount } from "./connectAccount";
import type { CliContext } from "./context";
import { type Execution, executePlan, failureOf, sayFailure, sayUnfinished, stepsForJson } from "./executePlan";
import { openIntegration } from "./openIntegration";
import { describeIdentity, describePlan } from "./report/plan";
import { count } from "./report/pretty";

export const removeCommand: Command = {
  name: "remove",
  summary: "Remove from AWS what apply made.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Shows what is removed and what is kept, and when the role was last used; asks; and removes what was made for this integration. Access goes first: the role lets nobody in and the access key is deleted before anything else is cleaned up. What was not made for it is kept, and so is the folder with the documents. A bucket is never deleted.",
  ],
  flags: [profileFlag, yesFlag, jsonFlag],
  exitCodes: [
    { code: 0, meaning: "Nothing of the integration is left in AWS, apart from what is named as kept." },
    { code: 1, meaning: "Something is still there after all steps were done." },
    { code: 2, meaning: "Wrong usage, not confirmed, no credentials, AWS refused, cancelled, unreadable input." },
  ],
  examples: ["vendor-access remove vendor-access/jfrog --profile production"],
  run: remove,
};

async function remove(args: Arguments, context: CliContext): Promise<ExitCode> {
  requireConfirmation(args, context, "remove");
  const { say, style, signal } = context;
  const opened = await openIntegration(args.positionals[0] ?? ".", context);
  const { session, integration } = await connectAccount(opened, args, context);
  const unfinished = await sayUnfinished(session, opened, context);
  const look = async () => session.planRemove(integration, await session.read(integration, signal));
  const plan = await look();
  const where = describeIdentity(session.identity);
  if (plan.refusals.length > 0) {
    throw new UserError("not-ours", [`${integration.name} can't be removed:`, ...plan.refusals].join("\n  "));
  }
  // A run that stopped before its end is at its end when nothing is left of it.
  if (plan.steps.length === 0 && unfinished) await executePlan(session, plan, context);
  if (plan.steps.length === 0) {
    printOutcome("nothing", plan, undefined, true, args, context);
    for (const note of plan.notes) say(note);
    say(style.messages.good(`Nothing of ${integration.name} is in ${where}.`));
    return exitCode.fine;
  }
  const grants = await grantsOf(integration, { limits: false });
  say(`${describePlan(plan, grants, style.messages)}\n`);
  await confirm(`Remove ${count(resourcesOf(plan.steps).length, "resource")} from ${where}?`, args, context);
  const execution = await executePlan(session, plan, context, { replan: look, asked: !args.is("yes") });
  const { changed } = execution.result;
  if (changed) {
    say(
      style.messages.warning(["What is in AWS changed since the plan was made:", ...changed.differences].join("\n  ")),
    );
    return remove(args, context);
  }
  if (execution.result.status !== "done") {
    sayFailure(plan, execution.result, opened.shown, context);
    printOutcome(execution.result.status, plan, execution, false, args, context);
    return exitCode.error;
  }
  const left = session.planRemove(integration, await session.verify(integration, signal)).steps;
  printOutcome("removed", plan, execution, left.length === 0, args, context);
  if (left.length > 0) {
    say(
      style.messages.error(
        `Still there in ${where}: ${left.map(({ name }) => name).join(", ")}. Try again in a minute.`,
      ),
    );
    return exitCode.findings;
  }
  say(style.messages.good(`Removed from ${where}. The documents in ${opened.shown} are kept.`));
  return exitCode.fine;
}

/** "role X", each once, in the order of their last steps. */
function resourcesOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.map(({ kind, name }) => `${kind.replaceAll("-", " ")} ${name}`).reverse())].reverse();
}

function printOutcome(
  status: string,
  plan: Plan,
  execution: Execution | undefined,
  verified: boolean,
  args: Arguments,
  { print }: CliContext,
): void {
  const done = execution?.result.done ?? [];
  if (!args.is("json")) {
    print(
      resourcesOf(done)
        .map((each) => `${each}\n`)
        .join(""),
    );
    return;
  }
  const { account, profile } = plan.identity;
  const failure = failureOf(execution);
  const outcome = {
    status,
    account,
    profile,
    steps: stepsForJson(plan, done),
    kept: plan.notes,
    verified,
    ...(failure && { failure }),
  };
  print(`${JSON.stringify(outcome, null, 2)}\n`);
}
