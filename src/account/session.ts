import { setMaxListeners } from "node:events";
import type { AccountSession, Identity } from "./account";
import { type Aws, type Clients, callAws } from "./aws";
import { inspectBucket, listBuckets } from "./buckets";
import type { Clock } from "./clock";
import type { CallerFacts } from "./errors";
import { execute, newMemory } from "./execute";
import { planApply } from "./plan";
import { planRemove } from "./planRemove";
import { readLive } from "./readLive";
import { readUntilSettled } from "./verify";

/** One identity at work. It remembers what it wrote, because AWS may not know it at once. */
export function createSession(identity: Identity, clients: Clients, caller: CallerFacts, clock: Clock): AccountSession {
  const memory = newMemory();
  const calls = (signal: AbortSignal | undefined, http: { readonly abortSignal?: AbortSignal }): Aws => ({
    ...clients,
    identity,
    clock,
    call: (action, send, options) => callAws({ clock, caller, signal, http }, action, send, options),
  });
  const reading = (signal?: AbortSignal) => {
    if (!signal) return calls(undefined, {});
    // Each of the calls at the same time listens to it: more than Node.js takes for a leak.
    setMaxListeners(100, signal);
    return calls(signal, { abortSignal: signal });
  };
  const read: AccountSession["read"] = (integration, signal) =>
    readLive(integration, reading(signal), memory.policyVersions);
  return {
    identity,
    listBuckets: (signal) => listBuckets(reading(signal)),
    inspectBucket: (name, signal) => inspectBucket(reading(signal), name),
    read,
    planApply,
    planRemove,
    execute: (plan, options) => execute(plan, calls(options.signal, {}), caller, memory, options),
    verify: (integration, signal) => readUntilSettled(() => read(integration, signal), memory, clock, signal),
  };
}
