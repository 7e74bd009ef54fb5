import type { AccountSession, HandBackItem, KeyChange, UserAccessKey } from "../account/account";
import { handBackPlace } from "../integration/handBackPage";
import type { Integration } from "../integration/integration";
import { isUserError, UserError } from "../policy/userError";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { confirm, requireConfirmation } from "./confirm";
import { connectAccount } from "./connectAccount";
import type { CliContext } from "./context";
import { type Execution, executePlan, handBackWithSecret, sayFailure, sayUnfinished } from "./executePlan";
import { type OpenedIntegration, openIntegration } from "./openIntegration";
import { describeHandBack, describeIdentity, handBackForJson } from "./report/plan";

export const rotateCommand: Command = {
  name: "rotate",
  summary: "Give the vendor a new access key in place of the one it has, without a gap.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "For a vendor with an access key of yours. In three steps, with the vendor's own in between: makes a second key and prints what the vendor is given; when you say that the vendor has it, switches the first one off; when the vendor still works, deletes it. Shows when each was last used. At a terminal it goes on from step to step; it can be stopped after each, and the next run goes on from what is there.",
    "With two keys it must know which one the vendor has: it asks, or takes --vendor-has. The other one is switched off. So a new key whose secret was lost goes, and the next run makes another one.",
  ],
  flags: [
    profileFlag,
    { name: "vendor-has", value: "ID", description: "The id of the access key that the vendor has now." },
    { name: "activate", description: "The vendor does not work without it: switch the key on again." },
    yesFlag,
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "The step was done, or there is nothing to do." },
    { code: 1, meaning: "Waiting: which key the vendor has must be said." },
    {
      code: 2,
      meaning:
        "Wrong usage, no access key of yours, not confirmed, no credentials, AWS refused, cancelled, unreadable input.",
    },
  ],
  examples: [
    "vendor-access rotate vendor-access/dataloop --profile production",
    "vendor-access rotate vendor-access/dataloop --vendor-has AKIAIOSFODNN7EXAMPLE --yes",
  ],
  run: rotate,
};

interface Rotation {
  readonly session: AccountSession;
  readonly opened: OpenedIntegration;
  readonly integration: Integration;
  readonly args: Arguments;
  readonly context: CliContext;
}

const done = { make: "made", deactivate: "deactivated", activate: "activated", delete: "deleted" } as const;

async function rotate(args: Arguments, context: CliContext): Promise<ExitCode> {
  requireConfirmation(args, context, "rotate");
  const opened = await openIntegration(args.positionals[0] ?? ".", context);
  const { session, integration } = await connectAccount(opened, args, context);
  const rotation: Rotation = { session, opened, integration, args, context };
  // What stopped is gone on with from what there is: every state of the keys has a next step.
  if (await sayUnfinished(session, opened, context)) await carryOut(rotation, undefined);
  for (let steps = 0; ; steps++) {
    const keys = await session.accessKeys(integration, context.signal);
    sayKeys(keys, context);
    const change = await nextChange(rotation, keys, steps);
    if (change === "waiting" || change === undefined) {
      if (steps === 0 || !args.is("json")) tellEnd(rotation, keys, change ?? "unchanged");
      return change === "waiting" ? exitCode.findings : exitCode.fine;
    }
    const execution = await carryOut(rotation, change);
    if (args.is("json")) return await tellProgram(rotation, change, execution, keys);
    // Whatever went wrong after it was made: a secret is known only here.
    if (execution.secret !== undefined) tellNewKey(rotation, execution.items);
    if (execution.result.status !== "done") return exitCode.error;
    if (!context.interactive || args.is("yes") || change.change === "delete") return exitCode.fine;
  }
}

/** @returns undefined when nothing is left to do; waiting when the person must say what the vendor has */
async function nextChange(
  rotation: Rotation,
  keys: readonly UserAccessKey[],
  steps: number,
): Promise<KeyChange | "waiting" | undefined> {
  const { integration, args, context } = rotation;
  const [first, second] = keys;
  if (!first) {
    throw new UserError(
      "usage",
      `${integration.name} has no access key that could be rotated: either the vendor needs none of yours, or apply makes it.`,
    );
  }
  const named = args.text("vendor-has");
  if (named !== undefined && !keys.some(({ accessKeyId }) => accessKeyId === named)) {
    throw new UserError("usage", `There is no access key ${named}: choose one of ${idsOf(keys)}.`);
  }
  if (!second) return steps > 0 || named !== undefined ? undefined : { change: "make" };
  const off = keys.find(({ active }) => !active);
  if (off) return { change: args.is("activate") ? "activate" : "delete", accessKeyId: off.accessKeyId };
  const kept = named ?? (context.interactive && !args.is("yes") ? await askWhich(rotation, keys) : undefined);
  const old = keys.find(({ accessKeyId }) => accessKeyId !== kept);
  return kept === undefined || !old ? "waiting" : { change: "deactivate", accessKeyId: old.accessKeyId };
}

async function askWhich(
  { integration, context }: Rotation,
  keys: readonly UserAccessKey[],
): Promise<string | undefined> {
  const answer = await context.ask(
    `Which key does ${integration.definition.name} have now? Its id or its end (empty: not yet) `,
  );
  const end = answer.trim().toUpperCase();
  const meant = keys.filter(({ accessKeyId }) => accessKeyId.endsWith(end));
  if (end === "") return undefined;
  if (meant.length === 1) return meant[0]?.accessKeyId;
  throw new UserError("usage", `"${answer.trim()}" is not one of ${idsOf(keys)}. Nothing was changed.`);
}

/** What a step did, with its secret if it made one: also when the step's end, or the look at the keys, went wrong. */
async function tellProgram(
  rotation: Rotation,
  { change }: KeyChange,
  { result, secret, items }: KeyExecution,
  before: readonly UserAccessKey[],
): Promise<ExitCode> {
  const { session, integration, context } = rotation;
  const { status, failure } = result;
  if (status !== "done" && secret === undefined) {
    if (!failure) throw new UserError("cancelled", "Cancelled.");
    const { code, message, awsErrorName } = failure;
    throw new UserError(code, message, { ...(awsErrorName !== undefined && { awsErrorName }) });
  }
  let now: readonly UserAccessKey[] | undefined;
  try {
    now = await session.accessKeys(integration, context.signal);
  } catch (error) {
    if (secret === undefined || !isUserError(error)) throw error;
    context.say(context.style.messages.error(`Made, but the keys could not be read again: ${error.message}`));
  }
  printOutcome(rotation, done[change], now ?? before, change === "make" ? items : []);
  return status === "done" && now !== undefined ? exitCode.fine : exitCode.error;
}

interface KeyExecution extends Execution {
  readonly items: readonly HandBackItem[];
}

/** @param change none: only says that what was stopped is at its end */
async function carryOut(
  { session, opened, integration, args, context }: Rotation,
  change: KeyChange | undefined,
): Promise<KeyExecution> {
  const look = async () => session.planRotation(integration, await session.read(integration, context.signal), change);
  const plan = await look();
  if (plan.refusals.length > 0) throw new UserError("not-ours", plan.refusals.join("\n"));
  for (const { sentence } of plan.steps) {
    await confirm(`${sentence} in ${describeIdentity(session.identity)}?`, args, context);
  }
  const execution = await executePlan(session, plan, context, { replan: look });
  const { status, handBack, changed } = execution.result;
  if (changed) {
    throw new UserError("documents-changed", `The keys changed meanwhile: ${changed.differences.join(" ")} Try again.`);
  }
  if (status !== "done") sayFailure(plan, execution.result, opened.shown, context);
  return { ...execution, items: handBackWithSecret(handBack, execution) };
}

function tellNewKey({ integration, context }: Rotation, items: readonly HandBackItem[]): void {
  const { definition } = integration;
  context.print(describeHandBack(items), { secret: true });
  context.say(`Give the new key to ${definition.name}: ${handBackPlace(definition)}. The first one goes on working.`);
}

function tellEnd(rotation: Rotation, keys: readonly UserAccessKey[], status: "waiting" | "unchanged"): void {
  const { args, context } = rotation;
  if (args.is("json")) printOutcome(rotation, status, keys, []);
  if (status === "waiting") {
    context.say(`Say which key the vendor has, when it has the new one: --vendor-has ${idsOf(keys)}`);
  } else {
    context.say(context.style.messages.good("The user has one access key, and the vendor has it: nothing to do."));
  }
}

function sayKeys(keys: readonly UserAccessKey[], { say }: CliContext): void {
  for (const { accessKeyId, active, createdAt, usage } of keys) {
    say(
      `${accessKeyId}  ${active ? "active" : "off"}, made ${createdAt?.slice(0, 10) ?? "at an unknown time"}, ${usage}`,
    );
  }
}

function printOutcome(
  { session, context }: Rotation,
  status: string,
  keys: readonly UserAccessKey[],
  handBack: readonly HandBackItem[],
): void {
  const { account, profile } = session.identity;
  const outcome = { status, account, profile, keys, handBack: handBackForJson(handBack) };
  context.print(`${JSON.stringify(outcome, null, 2)}\n`, { secret: status === "made" });
}

function idsOf(keys: readonly UserAccessKey[]): string {
  return keys.map(({ accessKeyId }) => accessKeyId).join(" or ");
}
