import type { HandBackItem, LiveState, Plan } from "../account/account";
import { bindAccount } from "../integration/bindAccount";
import { handBackPlace } from "../integration/handBackPage";
import { loadIntegration } from "../integration/loadIntegration";
import { unchanged } from "../integration/sameIntegration";
import { isUserError, UserError } from "../policy/userError";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { confirm, requireConfirmation } from "./confirm";
import type { CliContext } from "./context";
import {
  type Execution,
  executePlan,
  type Failure,
  failureOf,
  handBackWithSecret,
  sayFailure,
  sayUnfinished,
  stepsForJson,
} from "./executePlan";
import { keyPolicyFlag, sayKeyAdvice, takeKeyPolicy } from "./keyPolicy";
import type { OpenedIntegration } from "./openIntegration";
import { type Prepared, prepare } from "./prepare";
import { describeFindings, findingsWithPaths } from "./report/findingsInFiles";
import { describeHandBack, describeIdentity, describePlan, describeResource, handBackForJson } from "./report/plan";
import { count } from "./report/pretty";
import { offerRollBack } from "./rollBack";

export const applyCommand: Command = {
  name: "apply",
  summary: "Make AWS what the documents say, and print what the vendor is given.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Shows the account, the profile, the access that the documents give and the steps; asks; then does the steps, reads everything back and prints the values that the vendor is given. A secret is printed once, on standard output, and kept nowhere.",
    "The first apply writes the account's id into integration.json. What exists in AWS and was not made for this integration is never changed. When the documents or the account change while the question is open, the plan is made and asked for anew. Ctrl-C stops after the running step.",
    "What was begun and not finished, after a crash, too, is known the next time: apply goes on with it, and `recover --roll-back` undoes it.",
  ],
  flags: [
    profileFlag,
    yesFlag,
    { name: "roll-back", description: "When a step fails, undo at once what was done before." },
    keyPolicyFlag,
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "AWS has what the documents say." },
    { code: 1, meaning: "Findings of severity error kept it from starting, or what was read back differs." },
    {
      code: 2,
      meaning:
        "Wrong usage, not confirmed, no credentials, AWS refused, cancelled, or another process works on it. What was made until then is listed.",
    },
  ],
  examples: ["vendor-access apply vendor-access/jfrog --profile production --yes --json"],
  run: apply,
};

async function apply(args: Arguments, context: CliContext): Promise<ExitCode> {
  requireConfirmation(args, context, "apply");
  // What changes while the question is open is shown and asked for anew; without a question nothing goes on changing for long.
  for (let attempt = 1; ; attempt++) {
    const code = await applyOnce(args, context);
    if (code !== "changed") return code;
    if (attempt === 5) {
      throw new UserError(
        "documents-changed",
        "The account or the documents go on changing. Try again when they don't.",
      );
    }
  }
}

async function applyOnce(args: Arguments, context: CliContext): Promise<ExitCode | "changed"> {
  const prepared = await prepare(args, context, (session, integration) => session.read(integration, context.signal));
  const { opened, session, integration, blocking, warnings, live, grants, keyAdvice, change } = prepared;
  const { say, style } = context;
  if (blocking.length > 0 || live === undefined) return sayBlocked(prepared, args, context);
  if (args.is("key-policy") && (await takeKeyPolicy(opened, keyAdvice, context))) return "changed";
  sayKeyAdvice(keyAdvice, context);
  const unfinished = await sayUnfinished(session, opened, context);
  const plan = session.planApply(integration, live);
  if (plan.refusals.length > 0) {
    throw new UserError("not-ours", [`${integration.name} can't be applied:`, ...plan.refusals].join("\n  "));
  }
  if (plan.steps.length > 0) {
    if (warnings.length > 0) say(describeFindings(warnings, opened.fs, style.messages));
    say(`${describePlan(plan, grants, style.messages, change)}\n`);
    await confirm(`Apply ${count(plan.steps.length, "step")} to ${describeIdentity(session.identity)}?`, args, context);
  }
  if (!(await isUnchanged(opened, context))) {
    say(
      style.messages.warning(
        `The documents changed since the plan was made: ${opened.shown}. Nothing was applied yet.`,
      ),
    );
    return "changed";
  }
  if (opened.integration.manifest.account === undefined) {
    const { account, partition } = session.identity;
    await bindAccount(opened.fs, opened.integration, account, partition, context);
  }
  // A run that stopped before its end is at its end when nothing is left to do.
  if (plan.steps.length === 0 && unfinished) await executePlan(session, plan, context);
  if (plan.steps.length === 0) return finish("unchanged", prepared, plan, live, undefined, args, context);
  const replan = async () => session.planApply(integration, await session.read(integration, context.signal));
  const execution = await executePlan(session, plan, context, { replan, asked: !args.is("yes") });
  const { changed } = execution.result;
  if (changed) {
    say(
      style.messages.warning(["What is in AWS changed since the plan was made:", ...changed.differences].join("\n  ")),
    );
    return "changed";
  }
  if (execution.result.status !== "done") {
    sayFailure(plan, execution.result, opened.shown, context);
    const rolledBack = await rollBackIfWanted(prepared, execution, args, context);
    const { status, handBack } = execution.result;
    const items = rolledBack ? [] : handBack;
    printOutcome(rolledBack ? "rolled-back" : status, prepared, plan, items, execution, false, args, context);
    return exitCode.error;
  }
  let after: LiveState;
  try {
    after = await session.verify(integration, context.signal);
  } catch (error) {
    if (!isUserError(error)) throw error;
    // The steps are done, and a secret is known only here: it must be printed all the same.
    const { code, message } = error;
    printOutcome("applied", prepared, plan, execution.result.handBack, execution, false, args, context, {
      code,
      message,
    });
    say(style.messages.error(`Applied, but it could not be read back: ${message}`));
    return exitCode.error;
  }
  return finish("applied", prepared, plan, after, execution, args, context);
}

/** That it goes wrong, too, is said, and no reason to keep back what is known only here: a secret, and what was done. */
async function rollBackIfWanted(
  { session, integration }: Prepared,
  { result }: Execution,
  args: Arguments,
  context: CliContext,
): Promise<boolean> {
  const { say, style } = context;
  try {
    return await offerRollBack(session, result.unfinished, integration, args, context);
  } catch (error) {
    if (!isUserError(error)) throw error;
    say(error.code === "cancelled" ? "Nothing was undone." : style.messages.error(error.message));
    return false;
  }
}

/** Who confirmed has seen what was read in the beginning; nothing else may be applied. */
async function isUnchanged({ fs, integration }: OpenedIntegration, context: CliContext): Promise<boolean> {
  const now = await loadIntegration(fs, integration.folder, context);
  return !("broken" in now) && unchanged(integration, now);
}

function finish(
  status: "applied" | "unchanged",
  prepared: Prepared,
  plan: Plan,
  live: LiveState,
  execution: Execution | undefined,
  args: Arguments,
  context: CliContext,
): ExitCode {
  const { say, style } = context;
  const different = live.resources.filter((resource) => resource.status !== "in-sync");
  const verified = different.length === 0;
  printOutcome(status, prepared, plan, live.handBack, execution, verified, args, context);
  const where = describeIdentity(prepared.session.identity);
  if (!verified) {
    say(style.messages.error(`What was read back from ${where} is not what the documents say:`));
    for (const resource of different) say(describeResource(resource, style.messages));
    return exitCode.findings;
  }
  say(style.messages.good(status === "unchanged" ? `No changes in ${where}.` : `Applied and verified in ${where}.`));
  const { definition } = prepared.integration;
  say(`Give the values to ${definition.name}: ${handBackPlace(definition)}`);
  return exitCode.fine;
}

function printOutcome(
  status: string,
  { opened, session, warnings }: Prepared,
  plan: Plan,
  items: readonly HandBackItem[],
  execution: Execution | undefined,
  verified: boolean,
  args: Arguments,
  { print }: CliContext,
  failure: Failure | undefined = failureOf(execution),
): void {
  const { account, profile } = session.identity;
  const handBack = execution ? handBackWithSecret(items, execution) : items;
  const secret = execution?.secret !== undefined;
  if (!args.is("json")) {
    const failed = status === "failed" || status === "cancelled" || status === "rolled-back";
    print(describeHandBack(failed ? handBack.filter(({ value }) => value !== undefined) : handBack), { secret });
    return;
  }
  const outcome = {
    status,
    account,
    profile,
    steps: stepsForJson(plan, execution?.result.done ?? []),
    handBack: handBackForJson(handBack),
    verified,
    findings: findingsWithPaths(warnings, opened.fs),
    ...(failure && { failure }),
  };
  print(`${JSON.stringify(outcome, null, 2)}\n`, { secret });
}

function sayBlocked({ opened, session, blocking }: Prepared, args: Arguments, context: CliContext): ExitCode {
  const { print, say, style } = context;
  const { account, profile } = session.identity;
  if (args.is("json")) {
    const findings = findingsWithPaths(blocking, opened.fs);
    const nothing = { steps: [], handBack: [], verified: false };
    print(`${JSON.stringify({ status: "blocked", account, profile, ...nothing, findings }, null, 2)}\n`);
  } else {
    print(`${describeFindings(blocking, opened.fs, style.output)}\n`);
  }
  say(
    style.messages.error(
      "Errors in the documents keep it from being applied. Nothing was changed. Correct them first.",
    ),
  );
  return exitCode.findings;
}
