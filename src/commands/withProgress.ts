import * as vscode from "vscode";
import { UserError } from "../policy/userError";

export interface Task {
  readonly signal: AbortSignal;
  readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
}

/** Work with a notification that shows how far it is and has a button to cancel it. */
export function withProgress<Result>(title: string, work: (task: Task) => Promise<Result>): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, (progress, token) => work({ progress, signal: signalOf(token) })),
  );
}

/** The same for reads: cancelling ends them at once, whatever the network does. */
export function withCancellableRead<Result>(title: string, read: (task: Task) => Promise<Result>): Promise<Result> {
  return withProgress(title, (task) => Promise.race([read(task), rejectedBy(task.signal)]));
}

export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new UserError("cancelled", "Cancelled.")), { once: true });
  });
}
