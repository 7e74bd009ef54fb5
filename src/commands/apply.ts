import * as vscode from "vscode";
import { bindAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { unchanged } from "../integration/sameIntegration";
import { isUserError, UserError } from "../policy/userError";
import { isUsable, type UsableIntegration } from "../sidebar/integrationStore";
import { resourceName } from "../sidebar/labels";
import { requireAws } from "./accountReach";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { handBackRoleArn } from "./copyRoleArn";
import { confirmationDetail } from "./describePlan";
import { type Execution, executePlan, stoppedAt } from "./executePlan";
import { notify } from "./notify";
import { offerKeyPolicy } from "./offerKeyPolicy";
import { describe, type PlannedIntegration, readAndPlan, refuseImpossible, replanOf } from "./readAndPlan";
import { rollBackRun } from "./rollBack";
import { refuseErrors, refuseKnownErrors, saveDocuments } from "./saveAndCheck";
import { showError } from "./showError";

const applyId = "vendorAccess.apply";

/** Checks, plans, asks, applies exactly what was confirmed, reads back, and hands over the role ARN. */
export async function apply(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  let stored = await chooseIntegration(context, argument, "Apply");
  let changes: readonly string[] | undefined = [];
  // What changes while the confirmation is open is said, planned anew and confirmed anew.
  for (;;) {
    changes = await applyOnce(context, await saveDocuments(context, stored), changes).catch(explainedBy(changes));
    if (!changes) return;
    stored = await chooseIntegration(context, stored.uri, "Apply");
  }
}

/** What changed while the confirmation was open may be why it can't be applied any more. */
function explainedBy(changes: readonly string[]): (error: unknown) => never {
  return (error) => {
    if (changes.length === 0 || !isUserError(error)) throw error;
    const { code, message, awsErrorName, awsAction } = error;
    throw new UserError(code, [...changes, message].join(" "), {
      ...(awsErrorName !== undefined && { awsErrorName }),
      ...(awsAction !== undefined && { awsAction }),
    });
  };
}

/** @returns what changed since the confirmation, when that keeps it from being applied */
async function applyOnce(
  context: CommandContext,
  stored: UsableIntegration,
  changes: readonly string[],
): Promise<readonly string[] | undefined> {
  refuseKnownErrors(stored.integration);
  const planned = await readAndPlan(context, stored, "apply");
  refuseErrors(planned.integration);
  refuseImpossible(planned);
  if (await offerKeyPolicy(planned))
    return ["The documents have a statement for the key's policy now: a step of its own."];
  const { plan, session, live, unfinished } = planned;
  if (plan.steps.length === 0) {
    const integration = await bindAccountOf(context, planned, stored.integration);
    // A run that stopped before its end is at its end when nothing is left to do.
    if (unfinished) await executePlan(context, session, plan, integration, stored.key);
    context.store.setLive(stored.key, live, integration);
    await handBackRoleArn(context, stored.key, live.handBack, integration, "is in sync: nothing to change.");
    return undefined;
  }
  if (!(await confirm(planned, changes))) return undefined;
  const now = await context.store.fresh(stored);
  if (!now || !isUsable(now) || !unchanged(stored.integration, now.integration))
    return [`The documents of ${stored.integration.name} changed while the confirmation was open.`];
  const integration = await bindAccountOf(context, planned, now.integration);
  const execution = await executePlan(context, session, plan, integration, stored.key, replanOf(planned));
  const { changed, status } = execution.result;
  if (changed) return changed.differences;
  if (status === "done") await finish(context, { ...planned, integration }, execution);
  else await reportUnfinished(context, { ...planned, integration }, execution);
  return undefined;
}

async function confirm(planned: PlannedIntegration, changes: readonly string[]): Promise<boolean> {
  const { plan, live } = planned;
  const description = await describe(planned);
  const role = live.resources.find(({ kind }) => kind === "role");
  const question =
    role?.status === "missing" || role === undefined
      ? `Give ${description.vendorName} access in AWS account ${plan.identity.account}?`
      : `Change ${description.vendorName}’s access in AWS account ${plan.identity.account}?`;
  const pressed = await notify.warning(
    question,
    { modal: true, detail: confirmationDetail(description, { unfinished: planned.unfinished?.sentence, changes }) },
    "Apply",
  );
  return pressed === "Apply";
}

/** The first apply writes the account into the files that the person has seen. */
function bindAccountOf(
  context: CommandContext,
  { stored, session }: PlannedIntegration,
  integration: Integration,
): Promise<Integration> {
  const { account, partition } = session.identity;
  const options = { vendors: context.vendors, buckets: context.account.buckets() };
  return bindAccount(stored.root.files, integration, account, partition, options);
}

async function finish(
  context: CommandContext,
  { stored, integration, plan }: PlannedIntegration,
  { result, live }: Execution,
): Promise<void> {
  if (!live)
    throw new UserError("aws", `${integration.name} is applied, but could not be read back. Verify it in a minute.`);
  const different = live.resources.filter(({ status }) => status !== "in-sync");
  if (different.length > 0)
    throw new UserError(
      "aws",
      `${integration.name} was applied, but what the account tells now differs: ${different.map((each) => `${resourceName(each)}${each.differences[0] ? ` (${each.differences[0]})` : ""}`).join(", ")}. AWS can need a minute to show a change; verify again.`,
    );
  const steps = plan.steps.length === 1 ? "1 step" : `${plan.steps.length} steps`;
  await handBackRoleArn(context, stored.key, result.handBack, integration, `is applied: ${steps} done and read back.`);
}

async function reportUnfinished(
  context: CommandContext,
  planned: PlannedIntegration,
  { result }: Execution,
): Promise<void> {
  const { status, failure, done, unfinished } = result;
  const { integration, session, stored } = planned;
  const created = done.filter(({ verb }) => verb === "create");
  // What is there now comes before the reason, which can be long.
  const what = `Applying ${integration.name} ${status === "cancelled" ? "was cancelled" : "stopped"}.`;
  const before =
    created.length === 0 ? "Nothing was created." : `Created before: ${created.map(resourceName).join(", ")}.`;
  const why = status === "cancelled" ? [] : [sentence(failure?.message ?? "AWS refused a step")];
  const again = () => Promise.resolve(vscode.commands.executeCommand<void>(applyId, stored.uri));
  const ways = unfinished
    ? [
        { title: "Roll Back", run: () => rollBackRun(context, session, unfinished, integration, stored.key) },
        { title: "Try Again", run: again },
      ]
    : [];
  await showError(context, stoppedAt(result, [what, before, ...why].join(" ")), ways, again);
}

/** AWS's own messages end with or without a full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
