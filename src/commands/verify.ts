import * as vscode from "vscode";
import type { AccountSession, LiveState, ObjectTest, VerifiedIntegration } from "../account/account";
import { withAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { whyDenied } from "../integration/verifyAccess";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { integrationState } from "../sidebar/integrationState";
import type { UsableIntegration } from "../sidebar/integrationStore";
import { resourceName } from "../sidebar/labels";
import { requireAws } from "./accountReach";
import { chooseProfile } from "./askForProfile";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { inspectBuckets, refuseOtherAccount } from "./readAndPlan";
import { keptKey, tryAccessKey } from "./tryAccessKey";
import { verificationPage } from "./verificationPage";
import { withCancellableRead } from "./withProgress";

const showDetails = "Show Details";
const tryKey = "Try the Access Key…";

/** Compares what is in the account with the documents and with what the vendor needs. Changes nothing without a question. */
export async function verify(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  const stored = await chooseIntegration(context, argument, "Verify");
  const profile = await chooseProfile(context);
  const look = await withCancellableRead(`Verifying ${stored.integration.name}…`, async (signal) => {
    const session = await context.account.connect(profile, signal);
    refuseOtherAccount(session, stored.integration);
    const integration = withAccount(stored.integration, session.identity.account, session.identity.partition);
    // Has the bucket a key by now that the documents don't name? The checks learn it on the way.
    const [live] = await Promise.all([
      session.verify(integration, signal),
      inspectBuckets(context, session, integration, signal),
    ]);
    const verified = await session.verifyAccess(integration, live, await loadServiceReference(), signal);
    return { session, integration, live, verified };
  });
  context.store.setLive(stored.key, look.live, stored.integration);
  logLacking(context, look.integration, look.verified);
  const state = integrationState({ ...stored, live: look.live, liveIsOutdated: false, isNew: false });
  if (state.id === "in-sync") await tellAccess(context, look);
  else await tellDifferences(stored, look.live, state.id === "not-applied");
}

interface Look {
  readonly session: AccountSession;
  readonly integration: Integration;
  readonly live: LiveState;
  readonly verified: VerifiedIntegration;
}

async function tellAccess(context: CommandContext, look: Look, tested?: ObjectTest): Promise<void> {
  const { session, integration, live, verified } = look;
  const key = tested ? undefined : await keptKey(context, integration, live);
  const problem = problemOf(integration, verified, tested);
  const buttons = [showDetails, ...(key ? [tryKey] : [])];
  const pressed = problem
    ? await notify.warning(problem, ...buttons)
    : await notify.information(
        tested
          ? `${integration.name} works: the access key took on the role and did all that ${integration.definition.name} needs.`
          : `${integration.name} is in sync: account ${live.identity.account} is as the documents say, and ${integration.definition.name} may do everything that it needs.`,
        ...buttons,
      );
  if (pressed === showDetails)
    await context.pages.show(`Access of ${integration.name}.md`, verificationPage(integration, live, verified, tested));
  if (pressed !== tryKey || !key) return;
  const result = await tryAccessKey(session, integration, verified, key);
  if (result) await tellAccess(context, look, result);
}

/** The first thing that is not as it should be, and how many more there are. */
function problemOf(
  { name, definition }: Integration,
  { access, guards }: VerifiedIntegration,
  tested: ObjectTest | undefined,
): string | undefined {
  const more = (others: readonly unknown[]) => (others.length > 0 ? ` and ${others.length} more` : "");
  const [left] = tested?.left ?? [];
  if (left !== undefined) return `${name} was tried, and not everything could be cleaned up: ${left}`;
  const [failed, ...alsoFailed] = (tested?.tested ?? []).filter(({ result }) => result === "failed");
  if (failed)
    return `The access key of ${name} could not ${failed.action} on ${failed.resource}${more(alsoFailed)}: ${failed.reason}.`;
  const [need, ...others] = access.filter(({ allowed }) => !allowed);
  if (need)
    return `${name} is in sync with its documents, but ${definition.name} lacks something that it needs: ${need.action} on ${need.resource}${more(others)}: ${whyDenied(need)}.`;
  const open = guards.find(({ holds }) => !holds);
  return open && `${name} is in sync with its documents, but ${lowercased(open.what)} works, too.`;
}

function logLacking({ log }: CommandContext, { name, definition }: Integration, verified: VerifiedIntegration): void {
  for (const need of verified.access.filter(({ allowed }) => !allowed))
    log.warn(`${name}: ${definition.name} needs ${need.action} on ${need.resource}: ${whyDenied(need)}.`);
  for (const sentence of [...verified.unread, ...verified.unanswered]) log.info(`${name}: ${sentence}`);
}

async function tellDifferences(stored: UsableIntegration, live: LiveState, isNotApplied: boolean): Promise<void> {
  const { name } = stored.integration;
  const { account } = live.identity;
  const different = live.resources.filter(({ status }) => status !== "in-sync");
  const words = isNotApplied
    ? `${name} is not applied in account ${account}.`
    : `${name} differs in account ${account}: ${different.map((each) => each.differences[0] ?? `The ${resourceName(each)} is ${each.status}.`).join(" ")}`;
  const showPlan = "Show Plan";
  if ((await notify.warning(words, showPlan)) === showPlan)
    await vscode.commands.executeCommand("vendorAccess.plan", stored.uri);
}

function lowercased(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
