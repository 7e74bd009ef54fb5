import * as vscode from "vscode";
import { bindAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { unchanged } from "../integration/sameIntegration";
import { UserError, type UserErrorCode } from "../policy/userError";
import { isUsable } from "../sidebar/integrationStore";
import { resourceName } from "../sidebar/labels";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { handBackRoleArn } from "./copyRoleArn";
import { confirmationDetail } from "./describePlan";
import { type Execution, executePlan } from "./executePlan";
import { describe, type PlannedIntegration, readAndPlan, refuseImpossible } from "./readAndPlan";
import { removeCreated } from "./removeCreated";
import { refuseErrors, refuseKnownErrors, saveDocuments } from "./saveAndCheck";
import { requireTrust, showError } from "./showError";

/** Checks, plans, asks, applies exactly what was confirmed, reads back, and hands over the role ARN. */
export async function apply(context: CommandContext, argument: unknown): Promise<void> {
  requireTrust();
  const stored = await saveDocuments(context, await chooseIntegration(context, argument, "Apply"));
  refuseKnownErrors(stored.integration);
  const planned = await readAndPlan(context, stored, "apply");
  refuseErrors(planned.integration);
  refuseImpossible(planned);
  if (planned.plan.steps.length === 0) {
    const integration = await writeAccount(context, planned);
    context.store.setLive(stored.key, planned.live, integration);
    await handBackRoleArn(context, stored.key, planned.live.handBack, integration, "is in sync: nothing to change.");
    return;
  }
  if (!(await confirm(planned))) return;
  const integration = await writeAccount(context, planned);
  const execution = await executePlan(context, planned.session, planned.plan, integration, stored.key);
  if (execution.result.status === "done") await finish(context, { ...planned, integration }, execution);
  else await reportUnfinished(context, { ...planned, integration }, execution);
}

async function confirm(planned: PlannedIntegration): Promise<boolean> {
  const { plan, live } = planned;
  const description = await describe(planned);
  const role = live.resources.find(({ kind }) => kind === "role");
  const question =
    role?.status === "missing" || role === undefined
      ? `Give ${description.vendorName} access in AWS account ${plan.identity.account}?`
      : `Change ${description.vendorName}’s access in AWS account ${plan.identity.account}?`;
  const pressed = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: confirmationDetail(description) },
    "Apply",
  );
  return pressed === "Apply";
}

/** Refuses to apply documents that the person has not seen in the confirmation; the first apply writes the account. */
async function writeAccount(context: CommandContext, planned: PlannedIntegration): Promise<Integration> {
  const { stored, session } = planned;
  const now = await context.store.fresh(stored);
  if (!now || !isUsable(now) || !unchanged(stored.integration, now.integration))
    throw new UserError(
      "documents-changed",
      `The documents of ${stored.integration.name} changed while the confirmation was open, so nothing was applied. Look at the change, then apply again.`,
    );
  const { account, partition } = session.identity;
  const options = { vendors: context.vendors, buckets: context.account.buckets() };
  return bindAccount(stored.root.files, now.integration, account, partition, options);
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
  { result: { status, failure, done } }: Execution,
): Promise<void> {
  const { integration } = planned;
  const created = done.filter(({ verb }) => verb === "create");
  // What is there now comes before the reason, which can be long.
  const what = `Applying ${integration.name} ${status === "cancelled" ? "was cancelled" : "stopped"}.`;
  const before =
    created.length === 0 ? "Nothing was created." : `Created before: ${created.map(resourceName).join(", ")}.`;
  const why = status === "cancelled" ? [] : [sentence(failure?.message ?? "AWS refused a step")];
  const remove = { title: "Remove What Was Created", run: () => removeCreated(context, planned, created) };
  const { code = status === "cancelled" ? "usage" : "aws", awsErrorName, awsAction } = failure ?? {};
  const error = new UserError(code as UserErrorCode, [what, before, ...why].join(" "), {
    ...(awsErrorName !== undefined && { awsErrorName }),
    ...(awsAction !== undefined && { awsAction }),
  }); // the account room promises a UserErrorCode
  await showError(context, error, created.length > 0 ? [remove] : []);
}

/** AWS's own messages end with or without a full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
