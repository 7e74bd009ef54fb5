import type { AccountSession, LiveState, Plan } from "../account/account";
import { withAccount } from "../integration/bindAccount";
import { findingsOf } from "../integration/blockingFindings";
import { withBucketFacts } from "../integration/buildIntegration";
import type { Integration } from "../integration/integration";
import { bucketsOf } from "../integration/newRequest";
import { UserError } from "../policy/userError";
import type { UsableIntegration } from "../sidebar/integrationStore";
import { accessSentences } from "../sidebar/labels";
import { chooseProfile } from "./askForProfile";
import type { CommandContext } from "./commandContext";
import type { PlanDescription } from "./describePlan";
import { withCancellableRead } from "./withProgress";

export interface PlannedIntegration {
  readonly session: AccountSession;
  /** As on disk. */
  readonly stored: UsableIntegration;
  /** With the account of the session: what the plan is for. Written to disk only after the confirmation. */
  readonly integration: Integration;
  readonly live: LiveState;
  readonly plan: Plan;
}

/** Connects, looks at the account and plans. Makes no write, neither in AWS nor on disk. */
export async function readAndPlan(
  context: CommandContext,
  stored: UsableIntegration,
  action: Plan["action"],
): Promise<PlannedIntegration> {
  const profile = await chooseProfile(context);
  return withCancellableRead(`Reading the account of profile ${profile}…`, async (signal) => {
    const session = await context.account.connect(profile, signal);
    refuseOtherAccount(session, stored.integration);
    const { account, partition } = session.identity;
    const bound = withAccount(stored.integration, account, partition, checkOptions(context));
    // Reads of the resources and of what the checks need to know about the buckets go out together.
    const [live] = await Promise.all([
      session.read(bound, signal),
      ...(action === "apply" ? [inspectUnknownBuckets(context, session, bound, signal)] : []),
    ]);
    const integration = withBucketFacts(bound, checkOptions(context));
    const plan = action === "apply" ? session.planApply(integration, live) : session.planRemove(integration, live);
    context.log.info(
      `Planned to ${action} ${integration.name}: ${plan.steps.map(({ id }) => id).join(", ") || "no steps"}.`,
    );
    return { session, stored, integration, live, plan };
  });
}

export function refuseOtherAccount(session: AccountSession, { manifest, name }: Integration): void {
  const { account, profile } = session.identity;
  if (manifest.account !== undefined && manifest.account !== account)
    throw new UserError(
      "wrong-account",
      `${name} belongs to account ${manifest.account}, and profile ${profile} is of account ${account}. Choose a profile of account ${manifest.account}.`,
    );
}

export function describe({ plan, stored, integration }: PlannedIntegration): PlanDescription {
  return {
    plan,
    vendorName: integration.definition.name,
    grants: accessSentences({ ...stored, integration }),
    warnings: plan.action === "apply" ? findingsOf(integration, "warning").map(({ finding }) => finding.message) : [],
  };
}

/** Someone else's resource, or another account: nothing of the plan can be done. */
export function refuseImpossible({ plan, integration }: PlannedIntegration): void {
  if (plan.refusals.length > 0) throw new UserError("not-ours", `${integration.name}: ${plan.refusals.join(" ")}`);
}

function checkOptions(context: CommandContext) {
  return { vendors: context.vendors, buckets: context.account.buckets() };
}

/** A bucket that can't be looked at stays unknown: reading the resources tells what is wrong, if anything is. */
async function inspectUnknownBuckets(
  context: CommandContext,
  session: AccountSession,
  { definition, manifest }: Integration,
  signal: AbortSignal,
): Promise<void> {
  const known = new Set(context.account.buckets().map(({ name }) => name));
  const unknown = bucketsOf(definition, manifest).filter((bucket) => !known.has(bucket));
  await Promise.all(
    unknown.map((bucket) =>
      context.account.inspectBucket(session, bucket, signal).catch((error) => {
        context.log.warn(`Could not look at the bucket ${bucket}: ${error instanceof Error ? error.message : error}`);
      }),
    ),
  );
}
