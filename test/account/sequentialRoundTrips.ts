import type { Call } from "../sandbox/fault-proxy.mjs";

/** The most calls of which each had to wait for the one before. */
export function sequentialRoundTrips(calls: readonly Call[]): number {
  let trips = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const call of [...calls].sort((a, b) => a.at + a.ms - (b.at + b.ms))) {
    if (call.at < end) continue;
    trips += 1;
    end = call.at + call.ms;
  }
  return trips;
}
