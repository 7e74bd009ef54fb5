import * as vscode from "vscode";
import type { LiveState } from "../account/account";
import { withAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { isUserError } from "../policy/userError";
import { isUsable, type UsableIntegration } from "../sidebar/integrationStore";
import { awsOff } from "./accountReach";
import type { CommandContext } from "./commandContext";
import { isCancelled } from "./showError";
import { recoverAfter } from "./signIn";
import { signalOf } from "./withProgress";

/** The argument of a refresh that nobody asked for in so many words: it asks nothing and interrupts nobody. */
const quietly = "quietly";

/** Reads the files again and, when a profile is chosen, what is in the account. */
export async function refresh(context: CommandContext, argument?: unknown): Promise<void> {
  const { store, account, tree } = context;
  const quiet = argument === quietly;
  if (!quiet) await store.reload();
  const profile = account.profile() ?? account.identity()?.profile;
  if (awsOff() || !profile || !store.all().some(isUsable)) return;
  await vscode.window.withProgress({ location: { viewId: "vendorAccess.integrations" } }, async (_, token) => {
    try {
      const compare = () => compareAll(context, profile, quiet, signalOf(token));
      await (quiet ? account.quietly(compare) : compare());
      tree.message = "";
    } catch (error) {
      if (!isCancelled(error)) tree.message = `Not compared: ${reason(error, profile)}. Refresh tries again.`;
      if (!quiet) throw error;
      if (isCancelled(error)) return;
      context.log.warn(`Not compared with the account: ${error instanceof Error ? error.message : error}`);
      void recoverAfter(account, error);
    }
  });
}

async function compareAll(
  context: CommandContext,
  profile: string,
  quiet: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { store, account } = context;
  const session = await account.connect(profile, signal);
  const { identity } = session;
  const bound = new Map<Integration, UsableIntegration>();
  for (const stored of store.all().filter(isUsable)) {
    const { manifest } = stored.integration;
    // What names no account was never applied: it is worth a look only when somebody asks for one.
    if ((manifest.account ?? (quiet ? undefined : identity.account)) !== identity.account) continue;
    bound.set(withAccount(stored.integration, identity.account, identity.partition), stored);
  }
  const live: (readonly [string, LiveState, Integration])[] = [];
  const errors: unknown[] = [];
  await session.readMany([...bound.keys()], {
    signal,
    onRead(integration, found) {
      const stored = bound.get(integration);
      if (isUserError(found)) errors.push(found);
      else if (stored) live.push([stored.key, found, stored.integration]);
    },
  });
  // What an apply, or another profile, has told in the meantime is newer.
  const before = new Map([...bound.values()].map((stored) => [stored.key, stored.live]));
  store.setLiveOf(live.filter(([key]) => store.get(key)?.live === before.get(key)));
  // One cause (no network, no permission) fails them all: it is said once.
  if (errors.length > 0) throw errors[0];
}

/** In a few words: the view is narrow. */
function reason(error: unknown, profile: string): string {
  switch (isUserError(error) ? error.code : undefined) {
    case "credentials-expired":
      return `the sign-in of profile ${profile} has expired`;
    case "credentials-missing":
    case "profile-unknown":
      return `profile ${profile} can’t be used without you`;
    case "network":
      return "AWS could not be reached";
    case "unavailable":
      return "AWS could not answer for now";
    case "access-denied":
      return `profile ${profile} may not read it`;
    default:
      return "the log says why";
  }
}
