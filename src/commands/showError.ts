import * as vscode from "vscode";
import { isUserError } from "../policy/userError";
import { awsOff } from "./accountReach";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { recoverAfter, signIn, signInCommand } from "./signIn";

const showLog = "Show Log";
const selectProfile = "Select Profile";
const tryAgain = "Try Again";
const showProblems = "Show Problems";
const manageTrust = "Manage Workspace Trust";

export interface ErrorAction {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/**
 * The one place that tells people about errors: what happened, and buttons for what to do now.
 *
 * @param actions what only the caller can offer; comes before the buttons that belong to the kind of error
 * @param again does once more what has failed: offered where that can help, and done by itself after a sign-in
 */
export async function showError(
  context: Pick<CommandContext, "log" | "account">,
  error: unknown,
  actions: readonly ErrorAction[] = [],
  again?: () => Promise<void>,
): Promise<void> {
  if (isCancelled(error)) return;
  context.log.error(describe(error));
  void recoverAfter(context.account, error);
  const message = error instanceof Error ? error.message : String(error);
  const command = signInCommand(error);
  const runCommand = `Run ${command?.split(" --")[0]}`;
  const buttons = new Set([
    ...actions.map(({ title }) => title),
    ...(command ? [runCommand] : []),
    ...buttonsFor(error).filter((title) => title !== tryAgain || again),
  ]);
  const shown = isUserError(error) ? message : `Vendor Access stopped because of a mistake of its own: ${message}`;
  const pressed = await notify.error(shown, ...buttons);
  const action = actions.find(({ title }) => title === pressed);
  if (action) return action.run();
  if (command && pressed === runCommand) await signIn(context.account, command, again);
  if (pressed === tryAgain) await again?.();
  if (pressed === showLog) context.log.show();
  if (pressed === selectProfile) await vscode.commands.executeCommand("vendorAccess.selectProfile");
  if (pressed === showProblems) await vscode.commands.executeCommand("workbench.actions.view.problems");
  if (pressed === manageTrust) await vscode.commands.executeCommand("workbench.trust.manage");
}

export function isCancelled(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError ||
    (error instanceof Error && error.name === "AbortError") ||
    (isUserError(error) && error.code === "cancelled")
  );
}

/** Another profile is offered only where it can be the cause. */
function buttonsFor(error: unknown): readonly string[] {
  if (awsOff()?.cause === "untrusted") return [manageTrust];
  if (!isUserError(error)) return [showLog];
  switch (error.code) {
    case "findings":
    case "manifest-invalid":
      return [showProblems];
    case "profile-unknown":
    case "wrong-account":
      return [selectProfile];
    case "credentials-missing":
    case "credentials-expired":
      return [tryAgain, selectProfile];
    case "access-denied":
      return [selectProfile, showLog];
    case "network":
    case "unavailable":
      return [tryAgain, showLog];
    case "busy":
      return [tryAgain];
    case "aws":
      return [showLog];
    default:
      return [];
  }
}

/** For the log: AWS's own words, and the stack of what should not have happened. Values of secrets are in neither. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!isUserError(error)) return error.stack ?? error.message;
  const details = [error.awsErrorName, error.awsAction].filter(Boolean).join(", ");
  const cause = error.cause instanceof Error ? `\n  caused by ${error.cause.name}: ${error.cause.message}` : "";
  return `${error.message}${details ? ` (${details})` : ""}${cause}`;
}
