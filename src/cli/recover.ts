import type { UnfinishedRun } from "../account/account";
import { UserError } from "../policy/userError";
import { applyCommand } from "./apply";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { requireConfirmation } from "./confirm";
import { connectAccount } from "./connectAccount";
import type { CliContext } from "./context";
import { failureOf, stepsForJson, waysOut } from "./executePlan";
import { type OpenedIntegration, openIntegration } from "./openIntegration";
import { removeCommand } from "./remove";
import { rollBack } from "./rollBack";
import { rotateCommand } from "./rotate";

export const recoverCommand: Command = {
  name: "recover",
  summary: "Go on with, or undo, what stopped before its end.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Every change in AWS is written into a journal before and after it is made, so that a crash at any instant loses nothing. Without a flag this says what an apply, a removal or a roll back has left unfinished on this machine, in a window of VS Code, too; that needs no credentials.",
    "--continue reads the account and goes on to what the documents say now. --roll-back makes what was changed what it was before and deletes what was made, if it is still this integration's; a bucket only while it is empty. Both show what they will do and ask, and both can be done again after a crash of their own. A deleted access key can't be brought back.",
  ],
  flags: [
    { name: "continue", description: "Go on with it." },
    { name: "roll-back", description: "Undo it." },
    profileFlag,
    yesFlag,
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "Nothing is unfinished (any more)." },
    { code: 1, meaning: "Something is unfinished, or what was read back is not what it was." },
    { code: 2, meaning: "Wrong usage, not confirmed, no credentials, AWS refused, cancelled, unreadable input." },
  ],
  examples: ["vendor-access recover vendor-access/jfrog --roll-back --profile production"],
  run: recover,
};

async function recover(args: Arguments, context: CliContext): Promise<ExitCode> {
  if (args.is("continue") && args.is("roll-back")) {
    throw new UserError("usage", "Give --continue or --roll-back, not both.");
  }
  const opened = await openIntegration(args.positionals[0] ?? ".", context);
  const account = await context.loadAccount();
  const runs = await account.unfinishedRuns(opened.integration.manifest.id);
  const [run] = runs;
  if (!run || !(args.is("continue") || args.is("roll-back"))) return tell(runs, opened, args, context);
  if (args.is("roll-back") || run.action === "roll-back") return undo(opened, args, context);
  const command = { apply: applyCommand, remove: removeCommand, rotate: rotateCommand }[run.action];
  return command.run(args, context);
}

function tell(
  runs: readonly UnfinishedRun[],
  { integration, shown }: OpenedIntegration,
  args: Arguments,
  { print, say, style }: CliContext,
): ExitCode {
  if (args.is("json")) {
    const told = runs.map(({ action, status, sentence, identity, done, uncertain, notBegun }) => ({
      action,
      status,
      sentence,
      account: identity.account,
      profile: identity.profile,
      done: done.map(({ id }) => id),
      uncertain: uncertain.map(({ id }) => id),
      notBegun: notBegun.map(({ id }) => id),
    }));
    print(`${JSON.stringify({ status: runs.length > 0 ? "unfinished" : "nothing", runs: told }, null, 2)}\n`);
  }
  if (runs.length === 0) {
    say(style.messages.good(`Nothing of ${integration.name} is unfinished.`));
    return exitCode.fine;
  }
  for (const { sentence, action, uncertain, notBegun } of runs) {
    say(style.messages.warning(sentence));
    for (const step of uncertain) say(`  may be done or half done: ${step.sentence}`);
    for (const step of notBegun) say(`  not begun: ${step.sentence}`);
    say(waysOut(action, shown));
  }
  return exitCode.findings;
}

async function undo(opened: OpenedIntegration, args: Arguments, context: CliContext): Promise<ExitCode> {
  requireConfirmation(args, context, "recover --roll-back");
  const { session, integration } = await connectAccount(opened, args, context);
  const run = await session.unfinishedRun(opened.integration.manifest.id);
  if (!run) {
    throw new UserError(
      "wrong-account",
      `What is unfinished is in another account than ${session.identity.account}, or another process works on it. Choose a profile of that account with --profile.`,
    );
  }
  const { status, execution, left } = await rollBack(session, run, integration, args, context);
  if (args.is("json")) {
    const failure = failureOf(execution);
    const { done, notDone } = execution.result;
    const { account, profile } = session.identity;
    const steps = stepsForJson({ steps: [...done, ...notDone] }, done);
    const verified = status === "rolled-back" && left.length === 0;
    print(context, { status, account, profile, steps, verified, ...(failure && { failure }) });
  }
  if (status !== "rolled-back") return exitCode.error;
  return left.length > 0 ? exitCode.findings : exitCode.fine;
}

function print(context: CliContext, outcome: object): void {
  context.print(`${JSON.stringify(outcome, null, 2)}\n`);
}
