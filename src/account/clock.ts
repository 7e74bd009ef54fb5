import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../policy/userError";

/** Time and chance, so that a test needs neither. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Rejects with an AbortError when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** Milliseconds that an answer of AWS may take. */
  readonly patience: number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal ? { signal } : {}),
  random: () => Math.random(),
  patience: 30_000,
};

/** Waits. @throws UserError cancelled when the signal is aborted */
export async function pause(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await clock.sleep(milliseconds, signal).catch(() => {
    throw new UserError("cancelled", "Cancelled.");
  });
}

/**
 * How long to wait before attempt number `attempt` + 1: doubling from `first`, at most `longest`, and by chance half of
 * that to all of it, so that parallel calls don't come back together.
 * https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function backoff(clock: Clock, attempt: number, first = 200, longest = 5000): number {
  const ceiling = Math.min(longest, first * 2 ** (attempt - 1));
  return ceiling / 2 + (clock.random() * ceiling) / 2;
}
