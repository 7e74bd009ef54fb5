import * as vscode from "vscode";
import { withAccount } from "../integration/bindAccount";
import { verifyAccess, whyDenied } from "../integration/verifyAccess";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { integrationState } from "../sidebar/integrationState";
import { resourceName } from "../sidebar/labels";
import { chooseProfile } from "./askForProfile";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { inspectBuckets, refuseOtherAccount } from "./readAndPlan";
import { requireTrust } from "./showError";
import { withCancellableRead } from "./withProgress";

/** Compares what is in the account with the documents. Changes nothing. */
export async function verify(context: CommandContext, argument: unknown): Promise<void> {
  requireTrust();
  const stored = await chooseIntegration(context, argument, "Verify");
  const profile = await chooseProfile(context);
  const { live, integration } = await withCancellableRead(`Verifying ${stored.integration.name}…`, async (signal) => {
    const session = await context.account.connect(profile, signal);
    refuseOtherAccount(session, stored.integration);
    const bound = withAccount(stored.integration, session.identity.account, session.identity.partition);
    // Has the bucket a key by now that the documents don't name? The checks learn it on the way.
    const [live] = await Promise.all([session.verify(bound, signal), inspectBuckets(context, session, bound, signal)]);
    return { live, integration: bound };
  });
  const { account } = live.identity;
  context.store.setLive(stored.key, live, integration);
  const state = integrationState({ ...stored, live, liveIsOutdated: false, isNew: false });
  if (state.id === "in-sync") {
    const access = verifyAccess(integration, account, live.resources, await loadServiceReference());
    const lacking = access.filter(({ allowed }) => !allowed);
    const vendorName = integration.definition.name;
    if (lacking.length === 0) {
      void vscode.window.showInformationMessage(
        `${integration.name} is in sync: account ${account} is as the documents say, and ${vendorName} may do everything that it needs.`,
      );
      return;
    }
    for (const need of lacking)
      context.log.warn(
        `${integration.name}: ${vendorName} needs ${need.action} on ${need.resource}: ${whyDenied(need)}.`,
      );
    const [first] = lacking;
    const showOutput = "Show All";
    const chosen = await vscode.window.showWarningMessage(
      `${integration.name} is in sync with its documents, but they don’t give ${vendorName} all that it needs: ${first?.action} on ${first?.resource}${lacking.length > 1 ? ` and ${lacking.length - 1} more` : ""}.`,
      ...(lacking.length > 1 ? [showOutput] : []),
    );
    if (chosen === showOutput) context.log.show();
    return;
  }
  const different = live.resources.filter(({ status }) => status !== "in-sync");
  const words =
    state.id === "not-applied"
      ? `${integration.name} is not applied in account ${account}.`
      : `${integration.name} differs in account ${account}: ${different.map((each) => each.differences[0] ?? `The ${resourceName(each)} is ${each.status}.`).join(" ")}`;
  const showPlan = "Show Plan";
  if ((await vscode.window.showWarningMessage(words, showPlan)) === showPlan)
    await vscode.commands.executeCommand("vendorAccess.plan", stored.uri);
}
