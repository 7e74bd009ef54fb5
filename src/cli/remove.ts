import type { Plan } from "../account/account";
import { grantsOf } from "../integration/grantsOf";
import { UserError } from "../policy/userError";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { confirm, requireConfirmation } from "./confirm";
import { connectAccount } from "./connectAccount";
import type { CliContext } from "./context";
import { type Execution, executePlan, failureOf, sayFailure, stepsForJson } from "./executePlan";
import { openIntegration } from "./openIntegration";
import { describeIdentity, describePlan } from "./report/plan";
import { count } from "./report/pretty";

export const removeCommand: Command = {
  name: "remove",
  summary: "Remove from AWS what apply made.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Shows what is removed and what is kept, asks, and removes what was made for this integration. What was not made for it is kept, and so is the folder with the documents.",
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
  const { session, integration } = await connectAccount(opened.integration, args, context);
  const plan = session.planRemove(integration, await session.read(integration, signal));
  const where = describeIdentity(session.identity);
  if (plan.refusals.length > 0) {
    throw new UserError("not-ours", [`${integration.name} can't be removed:`, ...plan.refusals].join("\n  "));
  }
  if (plan.steps.length === 0) {
    printOutcome("nothing", plan, undefined, true, args, context);
    for (const note of plan.notes) say(note);
    say(style.messages.good(`Nothing of ${integration.name} is in ${where}.`));
    return exitCode.fine;
  }
  const grants = await grantsOf(integration, { limits: false });
  say(`${describePlan(plan, grants, style.messages)}\n`);
  await confirm(`Remove ${count(plan.steps.length, "resource")} from ${where}?`, args, context);
  const execution = await executePlan(session, plan, context);
  if (execution.result.status !== "done") {
    sayFailure(plan, execution.result, opened.shown, context);
    printOutcome(execution.result.status, plan, execution, false, args, context);
    return exitCode.error;
  }
  const left = session.planRemove(integration, await session.read(integration, signal)).steps;
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
    print(done.map(({ kind, name }) => `${kind.replaceAll("-", " ")} ${name}\n`).join(""));
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
