import * as vscode from "vscode";
import { withoutLinks } from "../policy/markdownText";
import { UserError } from "../policy/userError";

export interface Task {
  readonly signal: AbortSignal;
  readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
}

/** Work with a notification that shows how far it is and has a button to cancel it. */
export function withProgress<Result>(title: string, work: (task: Task) => Promise<Result>): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, (progress, token) => {
      // Without a message the last one stays.
      const report: Task["progress"]["report"] = ({ message, ...rest }) =>
        progress.report({ ...rest, ...(message !== undefined && { message: withoutLinks(message) }) });
      return work({ progress: { report }, signal: signalOf(token) });
    }),
  );
}

/** Milliseconds after which a person wonders whether anything happens. A notification that flashes up only disturbs. */
const patience = 300;

/** The same for reads, once they take a while: cancelling ends them at once, whatever the network does. */
export async function withCancellableRead<Result>(
  title: string,
  read: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const reading = read(controller.signal);
  const timer = new Promise<"slow">((resolve) => setTimeout(resolve, patience, "slow"));
  // What goes wrong is thrown below, where it is awaited.
  const first = await Promise.race([
    reading.then(
      () => "done",
      () => "done",
    ),
    timer,
  ]);
  if (first === "done") return reading;
  return withProgress(title, ({ signal }) => {
    signal.addEventListener("abort", () => controller.abort(), { once: true });
    return Promise.race([reading, rejectedBy(signal)]);
  });
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
