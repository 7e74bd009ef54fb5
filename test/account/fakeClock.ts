import type { Clock } from "../../src/account/clock";

export interface FakeClock extends Clock {
  /** Milliseconds of each sleep so far. */
  readonly sleeps: readonly number[];
}

/** A clock on which sleeping takes no time but moves it on. */
export function fakeClock(onSleep: (milliseconds: number) => void = () => {}): FakeClock {
  let now = 1_000_000;
  const sleeps: number[] = [];
  return {
    sleeps,
    patience: 30_000,
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      now += milliseconds;
      onSleep(milliseconds);
      signal?.throwIfAborted();
    },
  };
}
