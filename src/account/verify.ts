import type { LiveState } from "./account";
import { backoff, type Clock, pause } from "./clock";
import type { WriteMemory } from "./execute";

/** For how long a look may find what was there before a write. */
const bound = 20_000;

/**
 * Reads back. Right after a write AWS can still answer what was there before: as long as something that this session wrote
 * a moment ago is not as written, it is read again, for up to 20 s.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export function readUntilSettled(
  read: () => Promise<LiveState>,
  { written }: WriteMemory,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<LiveState> {
  const start = clock.now();
  const asWritten = ({ resources }: LiveState) =>
    resources.every(({ kind, name, status }) => {
      const write = written.get(`${kind} ${name}`);
      return write === undefined || write.expected === status || start - write.at > bound;
    });
  return untilSettled(read, asWritten, clock, signal);
}

/** Reads until what is found is settled, for up to 20 s; what is found then is returned in any case. */
export async function untilSettled<Found>(
  read: () => Promise<Found>,
  isSettled: (found: Found) => boolean,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const start = clock.now();
  for (let attempt = 1; ; attempt++) {
    const found = await read();
    if (isSettled(found) || clock.now() - start >= bound) return found;
    await pause(clock, backoff(clock, attempt, 500, 4000), signal);
  }
}
