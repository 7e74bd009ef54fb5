import type { Plan, Step } from "../../src/account/account";
import { createAccountRoom } from "../../src/account/accountRoom";
import { systemClock } from "../../src/account/clock";
import { createJournal } from "../../src/account/journal/journal";
import { openWorld, type World } from "../account/openWorld";
import { sequentialRoundTrips } from "../account/sequentialRoundTrips";
import { type FaultCase, faultCases } from "../faults/cases";
import { emptyAccount } from "../faults/flows";
import type { Figure } from "./figures";

/** What an answer of AWS takes: far longer than the emulator, so that calls at the same time overlap and others don't. */
const latency = 100;

/** How often each is measured. */
const times = 5;

/**
 * A first apply of each vendor, from the look at the account to the read-back, the identity call left out: its calls, how
 * many of them wait for one another, and its time (the best of several: what else the machine does is no part of it)
 * against that of the shortest way: the writes that depend on one another, the look before and the look after. Vendors that
 * need the same resources are measured once.
 */
export async function measureRoundTrips(): Promise<readonly Figure[]> {
  const world = await openWorld();
  try {
    const figures: Figure[] = [];
    const cases = faultCases();
    // The emulator and the SDK load what they need for their first answers.
    for (const each of cases.slice(0, 1)) await firstApply(world, each);
    for (const each of cases) {
      const applies: FirstApply[] = [];
      for (let time = 0; time < times; time++) applies.push(await firstApply(world, each));
      const [best] = applies.sort((a, b) => a.wall - b.wall);
      if (!best) continue;
      const { calls, trips, shortest, wall } = best;
      const others = each.vendors.length > 1 ? ` and ${each.vendors.length - 1} more` : "";
      figures.push(
        { what: `first apply of ${each.name}${others}: AWS calls`, measured: String(calls) },
        { what: `  sequential round trips (depth of the writes + 2 is ${shortest})`, measured: String(trips) },
        {
          what: `  time at ${latency} ms a call / ${shortest} × ${latency} ms`,
          measured: (wall / (shortest * latency)).toFixed(2),
          asked: "≤ 1.3",
        },
      );
    }
    return figures;
  } finally {
    await world.close();
  }
}

interface FirstApply {
  readonly calls: number;
  /** Calls of which each waited for the one before. */
  readonly trips: number;
  /** As few of them as there can be. */
  readonly shortest: number;
  /** Milliseconds. */
  readonly wall: number;
}

async function firstApply(world: World, each: FaultCase): Promise<FirstApply> {
  const { proxy } = world;
  const { first: integration } = each;
  await emptyAccount(world, each);
  const session = await createAccountRoom(systemClock, createJournal(world.stateFolder)).connect({
    profile: "sandbox",
  });
  proxy.clear();
  proxy.delay(latency);
  const start = performance.now();
  const plan = session.planApply(integration, await session.read(integration));
  const { status, failure } = await session.execute(plan, { onSecret: async () => {}, asked: false });
  if (status !== "done") throw new Error(`The apply of ${each.name} ended as ${status}: ${failure?.message}`);
  await session.verify(integration);
  const wall = performance.now() - start;
  const trips = sequentialRoundTrips(proxy.calls);
  return { calls: proxy.calls.length, trips, shortest: depthOf(plan) + 2, wall };
}

/** The most writes of which each has to wait for the one before. */
function depthOf({ steps }: Plan): number {
  const depths = new Map<string, number>();
  // In a plan no step comes before one that it depends on.
  for (const step of steps) {
    const before = step.dependsOn.map((id) => depths.get(id) ?? 0);
    depths.set(step.id, writesOf(step) + Math.max(0, ...before));
  }
  return Math.max(0, ...depths.values());
}

/** AWS takes no trust policy that names a role which is not there: one that trusts itself is made first, and then trusts. */
function writesOf({ verb, kind, name, after }: Step): number {
  const trustsItself = kind === "role" && JSON.stringify(after).includes(`:role/${name}"`);
  return verb === "create" && trustsItself ? 2 : 1;
}
