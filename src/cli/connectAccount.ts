import type { AccountSession } from "../account/account";
import { withAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import type { Arguments } from "./command";
import type { CliContext } from "./context";

export interface ConnectedIntegration {
  readonly session: AccountSession;
  /** With the session's account when its manifest names none yet; the files are as they were. */
  readonly integration: Integration;
}

/**
 * Connects to the account that an integration is for.
 *
 * @throws UserError `wrong-account` when the manifest names another one, and what `connect` throws
 */
export async function connectAccount(
  integration: Integration,
  args: Arguments,
  context: CliContext,
): Promise<ConnectedIntegration> {
  const profile = args.text("profile");
  const { region, account: wanted } = integration.manifest;
  const account = await context.loadAccount();
  const session = await account.connect({
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(context.interactive && { mfaCode: (serial: string) => context.ask(`MFA code for ${serial}: `) }),
    signal: context.signal,
  });
  const { identity } = session;
  if (wanted !== undefined && wanted !== identity.account) {
    throw new UserError(
      "wrong-account",
      `${integration.name} is for the account ${wanted}, and the profile ${identity.profile} is of the account ${identity.account}. Nothing was changed. Choose a profile of ${wanted} with --profile.`,
    );
  }
  const vendors = context.vendors;
  return { session, integration: withAccount(integration, identity.account, identity.partition, { vendors }) };
}
