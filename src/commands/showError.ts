import * as vscode from "vscode";
import { isUserError } from "../policy/userError";
import { awsOff } from "./accountReach";
import type { CommandContext } from "./commandContext";

const showLog = "Show Log";
const selectProfile = "Select Profile";
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
 */
export async function showError(
  context: Pick<CommandContext, "log" | "account">,
  error: unknown,
  actions: readonly ErrorAction[] = [],
): Promise<void> {
  if (isCancelled(error)) return;
  context.log.error(describe(error));
  context.account.forgetAfter(error);
  const message = error instanceof Error ? error.message : String(error);
  const signIn = /`?(aws (?:sso )?login --profile [\w.@+-]+)`?/.exec(message)?.[1];
  const buttons = [
    ...actions.map(({ title }) => title),
    ...(signIn ? [`Run ${signIn.split(" --")[0]}`] : []),
    ...buttonsFor(error),
  ];
  const shown = isUserError(error) ? message : `Vendor Access stopped because of a mistake of its own: ${message}`;
  const pressed = await vscode.window.showErrorMessage(shown, ...buttons);
  await actions.find(({ title }) => title === pressed)?.run();
  if (signIn && pressed?.startsWith("Run ")) runInTerminal(signIn);
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

/** Signing in asks questions of its own: a terminal shows them. */
export function runInTerminal(command: string): void {
  const terminal = vscode.window.createTerminal({ name: "AWS sign-in" });
  terminal.show();
  terminal.sendText(command);
}

function buttonsFor(error: unknown): readonly string[] {
  if (awsOff()?.cause === "untrusted") return [manageTrust];
  if (!isUserError(error)) return [showLog];
  switch (error.code) {
    case "findings":
    case "manifest-invalid":
      return [showProblems];
    case "profile-unknown":
    case "credentials-missing":
    case "credentials-expired":
    case "wrong-account":
      return [selectProfile];
    case "access-denied":
    case "network":
    case "aws":
      return [selectProfile, showLog];
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
