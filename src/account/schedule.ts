import { isUserError } from "../policy/userError";
import type { Step } from "./account";

export interface ScheduleResult {
  readonly status: "done" | "failed" | "cancelled";
  /** In the order in which they ended. */
  readonly done: readonly Step[];
  readonly notDone: readonly Step[];
  readonly failure: { readonly step: Step; readonly error: unknown } | undefined;
}

/**
 * Runs steps in the order that `dependsOn` asks for, independent ones at the same time. After a failure or a cancellation
 * nothing more is started; what has been started is waited for.
 *
 * @param run does one step and returns it as it was done; it is never called for a step whose dependencies are not done
 */
export function schedule(
  steps: readonly Step[],
  run: (step: Step) => Promise<Step>,
  { concurrency, signal }: { readonly concurrency: number; readonly signal: AbortSignal | undefined },
): Promise<ScheduleResult> {
  return new Promise((resolve) => {
    const waiting = new Set(steps);
    const doneIds = new Set<string>();
    const done: Step[] = [];
    let running = 0;
    let failure: ScheduleResult["failure"];
    let cancelled = false;

    const startMore = () => {
      cancelled ||= signal?.aborted === true && waiting.size > 0;
      for (const step of waiting) {
        if (failure || cancelled || running >= concurrency) break;
        if (!step.dependsOn.every((id) => doneIds.has(id))) continue;
        waiting.delete(step);
        running += 1;
        run(step)
          .then(
            (result) => {
              done.push(result);
              doneIds.add(step.id);
            },
            (error: unknown) => {
              if (isUserError(error) && error.code === "cancelled") cancelled = true;
              else failure ??= { step, error };
            },
          )
          .finally(() => {
            running -= 1;
            startMore();
          });
      }
      if (running > 0) return;
      const status = failure ? "failed" : cancelled || waiting.size > 0 ? "cancelled" : "done";
      resolve({ status, done, notDone: steps.filter(({ id }) => !doneIds.has(id)), failure });
    };
    startMore();
  });
}
