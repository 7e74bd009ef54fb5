import * as vscode from "vscode";
import { withAccount } from "../integration/bindAccount";
import { isUsable } from "../sidebar/integrationStore";
import type { CommandContext } from "./commandContext";
import { showError } from "./showError";
import { signalOf } from "./withProgress";

/** Reads the files again and, when a profile is chosen, what is in the account. */
export async function refresh(context: CommandContext): Promise<void> {
  const { store, account } = context;
  await store.reload();
  const profile = account.profile() ?? account.identity()?.profile;
  if (!vscode.workspace.isTrusted || !profile || !store.all().some(isUsable)) return;
  const location = { viewId: "vendorAccess.integrations" };
  await vscode.window.withProgress({ location }, async (_, token) => {
    const signal = signalOf(token);
    const session = await account.connect(profile, signal);
    const { identity } = session;
    const errors: unknown[] = [];
    const mine = store
      .all()
      .filter(isUsable)
      .filter(({ integration: { manifest } }) => (manifest.account ?? identity.account) === identity.account);
    await Promise.all(
      mine.map(async ({ key, integration }) => {
        const bound = withAccount(integration, identity.account, identity.partition);
        try {
          store.setLive(key, await session.read(bound, signal), bound);
        } catch (error) {
          errors.push(error);
        }
      }),
    );
    // One cause (no network, no permission) fails them all: it is said once.
    if (errors.length > 0) await showError(context, errors[0]);
  });
}
