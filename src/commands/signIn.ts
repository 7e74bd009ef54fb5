import * as vscode from "vscode";
import { isUserError } from "../policy/userError";
import type { AccountConnection } from "./accountConnection";
import { loadAccount } from "./loadAccount";

/** What is to be done again once somebody has signed in; later than `until` the person does something else. */
interface Wish {
  readonly again: () => Promise<void>;
  readonly until: number;
}

/** Milliseconds; the codes of a sign-in in the browser are good for 10 minutes. */
const patience = 15 * 60_000;

/** One of each for a window, which has one connection. */
let wish: Wish | undefined;
let terminal: vscode.Terminal | undefined;
let awaited: string | undefined;

/** The command that renews an expired sign-in, where there is one. */
export function signInCommand(error: unknown): string | undefined {
  return isUserError(error) ? /aws (?:sso )?login --profile [\w.@+-]+/.exec(error.message)?.[0] : undefined;
}

/** Signing in asks questions of its own: a terminal shows them. Then what failed is done again by itself. */
export async function signIn(account: AccountConnection, command: string, again?: () => Promise<void>): Promise<void> {
  // Somebody has signed in meanwhile, in another terminal.
  if (account.identity()) return again?.();
  wish = again && { again, until: Date.now() + patience };
  terminal?.dispose();
  terminal = vscode.window.createTerminal({ name: "AWS sign-in" });
  terminal.show();
  terminal.sendText(command);
}

/**
 * After an error: forgets a session that it has ended and, where a sign-in has expired, waits until somebody has signed in
 * anew. Then this window connects, and compares with the account.
 */
export async function recoverAfter(account: AccountConnection, error: unknown): Promise<void> {
  account.forgetAfter(error);
  const profile = account.signedOut();
  if (profile === undefined || profile === awaited) return;
  awaited = profile;
  const waiting = new AbortController();
  const connected = account.onDidChange(() => {
    if (account.signedOut() !== profile) waiting.abort();
  });
  try {
    await (await loadAccount()).untilSignedIn(profile, waiting.signal);
  } catch {
    wish = undefined; // somebody has connected, with whatever profile, and goes on by hand
    return;
  } finally {
    connected.dispose();
    if (awaited === profile) awaited = undefined;
  }
  const { again, until = 0 } = wish ?? {};
  wish = undefined;
  terminal?.dispose();
  if ((account.profile() ?? profile) !== profile) return;
  // What else is lacking is said by what is done next.
  await account.quietly(() => account.connect(profile)).catch(() => undefined);
  const repeats = again && Date.now() < until ? again() : undefined;
  if (account.identity() || !repeats) await vscode.commands.executeCommand("vendorAccess.refresh", "quietly");
  await repeats;
}
