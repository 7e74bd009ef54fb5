import type { AccountSession, UnfinishedRun } from "../account/account";
import { rollBackChange } from "../integration/accessChange";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import { resourceName } from "../sidebar/labels";
import { requireAws } from "./accountReach";
import { chooseProfile } from "./askForProfile";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { confirmationDetail } from "./describePlan";
import { executePlan, stoppedAt } from "./executePlan";
import { notify } from "./notify";
import { withCancellableRead } from "./withProgress";

/** Undoes what an apply, a removal or a roll back has left unfinished. */
export async function rollBack(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  const { integration, key } = await chooseIntegration(context, argument, "Roll back");
  const [left] = await context.account.unfinishedRuns(integration.manifest.id);
  if (!left) {
    void notify.information(`Nothing of ${integration.name} is left unfinished on this machine.`);
    return;
  }
  const profile = await chooseProfile(context);
  const session = await withCancellableRead(`Connecting with profile ${profile}…`, (signal) =>
    context.account.connect(profile, signal),
  );
  const run = await session.unfinishedRun(integration.manifest.id);
  if (!run)
    throw new UserError(
      "wrong-account",
      `What was left unfinished of ${integration.name} is in account ${left.identity.account}, and profile ${profile} is of account ${session.identity.account}. Choose a profile of account ${left.identity.account}.`,
    );
  await rollBackRun(context, session, run, integration, key);
}

/** Makes everything that a run has touched what it was before: shows how, asks, does it and reads it back. */
export async function rollBackRun(
  context: CommandContext,
  session: AccountSession,
  run: UnfinishedRun,
  integration: Integration,
  key: string,
): Promise<void> {
  const { account } = session.identity;
  for (let changes: readonly string[] = []; ; ) {
    const plan = await withCancellableRead("Reading what can be rolled back…", (signal) =>
      session.planRollBack(run, signal),
    );
    if (plan.refusals.length > 0) throw new UserError("wrong-account", plan.refusals.join(" "));
    if (plan.steps.length > 0) {
      const change = await rollBackChange(integration, plan);
      const detail = confirmationDetail({ plan, grants: [], change, warnings: [] }, { changes });
      const pressed = await notify.warning(
        `Roll back ${integration.name} in AWS account ${account}?`,
        { modal: true, detail },
        "Roll Back",
      );
      if (pressed !== "Roll Back") return;
    }
    const replan = () => session.planRollBack(run);
    const { result } = await executePlan(context, session, plan, integration, key, replan);
    if (result.changed) {
      changes = result.changed.differences;
      continue;
    }
    if (result.status !== "done")
      throw stoppedAt(
        result,
        `Not everything was rolled back: ${result.failure?.message ?? "it was cancelled."} Not done: ${[...new Set(result.notDone.map(resourceName))].join(", ")}. Run Roll Back again to go on.`,
      );
    const left = await withCancellableRead("Reading back…", (signal) => session.verifyRollBack(run, result, signal));
    if (left.length > 0)
      throw new UserError(
        "aws",
        `${integration.name} was rolled back, but AWS still shows: ${left.map(resourceName).join(", ")}. It can need a minute to show a change; verify again.`,
      );
    const kept = (result.kept ?? []).map(({ sentence }) => sentence);
    const said = `${integration.name} in account ${account} is what it was before.`;
    void notify.information([said, ...kept, ...plan.notes].join(" "));
    return;
  }
}
