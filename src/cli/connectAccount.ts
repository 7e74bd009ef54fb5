import type { AccountSession, ConnectOptions } from "../account/account";
import { withAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { refuseCopies } from "../integration/refuseCopies";
import { UserError } from "../policy/userError";
import type { Arguments } from "./command";
import type { CliContext } from "./context";
import type { OpenedIntegration } from "./openIntegration";

export interface ConnectedIntegration {
  readonly session: AccountSession;
  /** With the session's account when its manifest names none yet; the files are as they were. */
  readonly integration: Integration;
}

/**
 * Connects to the account that an integration is for.
 *
 * @throws UserError `wrong-account` when the manifest names another one, `manifest-invalid` when a folder beside it is a
 *   copy of it, and what `connect` throws
 */
export async function connectAccount(
  { fs, integration }: OpenedIntegration,
  args: Arguments,
  context: CliContext,
): Promise<ConnectedIntegration> {
  await refuseCopies(fs, integration);
  const { region, account: wanted } = integration.manifest;
  const session = await connectProfile(args, context, region);
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

/** Connects with the profile of the flags. */
export async function connectProfile(args: Arguments, context: CliContext, region?: string): Promise<AccountSession> {
  const profile = args.text("profile");
  const account = await context.loadAccount();
  return account.connect({
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...askForMfaCode(context),
    signal: context.signal,
  });
}

/** A code is asked for until it looks like one; nobody can be asked where standard input is no terminal. */
export function askForMfaCode({
  interactive,
  ask,
  say,
  style,
}: Pick<CliContext, "ask" | "interactive" | "say" | "style">): Pick<ConnectOptions, "mfaCode"> {
  if (!interactive) return {};
  return {
    async mfaCode(serial, problem) {
      if (problem !== undefined) say(style.messages.error(problem));
      for (;;) {
        const code = (await ask(`MFA code for ${serial}: `)).trim();
        if (/^\d{6}$/.test(code)) return code;
        say(style.messages.error("The code has 6 digits."));
      }
    },
  };
}
