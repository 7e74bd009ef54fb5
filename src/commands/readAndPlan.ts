import type { AccountSession, LiveState, Plan, UnfinishedRun } from "../account/account";
import { accessChange } from "../integration/accessChange";
import { withAccount } from "../integration/bindAccount";
import { findingsOf } from "../integration/blockingFindings";
import { withBucketFacts } from "../integration/buildIntegration";
import { grantsOf } from "../integration/grantsOf";
import type { Integration } from "../integration/integration";
import { type KeyPolicyAdvice, keyPolicyAdvice } from "../integration/keyPolicyAdvice";
import { bucketsOf } from "../integration/newRequest";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { UserError } from "../policy/userError";
import type { UsableIntegration } from "../sidebar/integrationStore";
import type { PlanDescription } from "../sidebar/planDescription";
import { chooseProfile } from "./askForProfile";
import type { CommandContext } from "./commandContext";
import { isCancelled } from "./showError";
import { withCancellableRead } from "./withProgress";

export interface PlannedIntegration {
  readonly session: AccountSession;
  /** As on disk. */
  readonly stored: UsableIntegration;
  /** With the account of the session: what the plan is for. Written to disk only after the confirmation. */
  readonly integration: Integration;
  readonly live: LiveState;
  readonly plan: Plan;
  /** What a look at the buckets told that a person should know before an apply. */
  readonly bucketWarnings: readonly string[];
  /** Keys whose own policies have to let the vendor in: offered, and no part of the plan. */
  readonly keyAdvice: readonly KeyPolicyAdvice[];
  /** What a run that stopped before its end was doing. */
  readonly unfinished: UnfinishedRun | undefined;
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
    const bound = withAccount(stored.integration, account, partition, await checkOptions(context));
    // Reads of the resources and of what the checks need to know about the buckets go out together.
    const lookAtKeys = async () => {
      const unseen = await inspectBuckets(context, session, bound, signal);
      return { unseen, keys: await session.inspectKeys(bound, context.account.buckets(), signal) };
    };
    const [live, unfinished, { unseen, keys }] = await Promise.all([
      session.read(bound, signal),
      session.unfinishedRun(bound.manifest.id),
      action === "apply" ? lookAtKeys() : { unseen: [], keys: [] },
    ]);
    const keyAdvice = keyPolicyAdvice(bound, account, keys, await loadServiceReference());
    const integration = withBucketFacts(bound, await checkOptions(context));
    const plan = action === "apply" ? session.planApply(integration, live) : session.planRemove(integration, live);
    context.log.info(
      `Planned to ${action} ${integration.name}: ${plan.steps.map(({ id }) => id).join(", ") || "no steps"}.`,
    );
    const bucketWarnings = action === "apply" ? [...unseen, ...missingBuckets(context, integration, plan)] : [];
    return { session, stored, integration, live, plan, bucketWarnings, keyAdvice, unfinished };
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

export async function describe({
  plan,
  integration,
  live,
  bucketWarnings,
  keyAdvice,
  unfinished,
}: PlannedIntegration): Promise<PlanDescription> {
  return {
    plan,
    vendorName: integration.definition.name,
    grants: await grantsOf(integration, { limits: plan.action === "apply" }),
    change: plan.action === "apply" ? await accessChange(integration, live.resources) : undefined,
    unfinished: unfinished?.sentence,
    warnings:
      plan.action === "apply"
        ? [
            ...bucketWarnings,
            ...keyAdvice.map(({ sentence }) => sentence),
            ...findingsOf(integration, "warning").map(({ finding }) => finding.message),
          ]
        : [],
  };
}

/** The same plan made anew, for the moment when it is carried out. */
export function replanOf({ session, integration, plan }: PlannedIntegration): () => Promise<Plan> {
  return async () => {
    const live = await session.read(integration);
    return plan.action === "apply" ? session.planApply(integration, live) : session.planRemove(integration, live);
  };
}

/** Someone else's resource, or another account: nothing of the plan can be done. */
export function refuseImpossible({ plan, integration }: PlannedIntegration): void {
  if (plan.refusals.length > 0) throw new UserError("not-ours", `${integration.name}: ${plan.refusals.join(" ")}`);
}

async function checkOptions({ vendors, account }: CommandContext) {
  return { vendors, buckets: account.buckets(), reference: await loadServiceReference() };
}

/**
 * What the checks need to know about the buckets: asked anew each time, because encryption changes. A bucket that can't
 * be looked at stops nobody.
 *
 * @returns why buckets could not be looked at, one sentence each
 */
export async function inspectBuckets(
  { account, log }: CommandContext,
  session: AccountSession,
  { definition, manifest }: Integration,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const refused = await Promise.all(
    bucketsOf(definition, manifest).map(async (bucket) => {
      try {
        await account.inspectBucket(session, bucket, signal);
        return [];
      } catch (error) {
        if (isCancelled(error)) throw error;
        const sentence = `The bucket ${bucket} could not be looked at: ${error instanceof Error ? error.message : error}`;
        log.warn(sentence);
        return [sentence];
      }
    }),
  );
  return refused.flat();
}

/** Buckets that are not there and that the plan does not make: whatever is granted on them is granted on nothing. */
function missingBuckets(
  { account }: CommandContext,
  { definition, manifest }: Integration,
  plan: Plan,
): readonly string[] {
  const names = bucketsOf(definition, manifest);
  return account
    .buckets()
    .filter(({ name, exists }) => !exists && names.includes(name))
    .filter(({ name }) => !plan.steps.some((step) => step.kind === "bucket" && step.name === name))
    .map(
      ({ name }) =>
        `There is no bucket ${name} in account ${plan.identity.account}. Check its name, or make it before the vendor needs it.`,
    );
}
