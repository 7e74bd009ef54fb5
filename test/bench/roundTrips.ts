import type { Plan } from "../../src/account/account";
import { createAccountRoom } from "../../src/account/accountRoom";
import { systemClock } from "../../src/account/clock";
import { createJournal } from "../../src/account/journal/journal";
import { openWorld } from "../account/openWorld";
import { sequentialRoundTrips } from "../account/sequentialRoundTrips";
import { faultCases } from "../faults/cases";
import { emptyAccount } from "../faults/flows";
import type { Figure } from "./figures";

/** What an answer of AWS takes: far longer than the emulator, so that calls at the same time overlap and others don't. */
const latency = 100;

/**
 * A first apply of each vendor, from the look at the account to the read-back, the identity call left out: its calls, how
 * many of them wait for one another, and its time against that of the shortest way: the steps that depend on one another,
 * the look before and the look after. Vendors that need the same resources are measured once.
 */
export async function measureRoundTrips(): Promise<readonly Figure[]> {
  const world = await openWorld();
  const { proxy } = world;
  try {
    const figures: Figure[] = [];
    for (const each of faultCases()) {
      const { first: integration, vendors } = each;
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
      const shortest = depthOf(plan) + 2;
      const others = vendors.length > 1 ? ` and ${vendors.length - 1} more` : "";
      figures.push(
        { what: `first apply of ${each.name}${others}: AWS calls`, measured: String(proxy.calls.length) },
        {
          what: `  sequential round trips (depth of the steps + 2 is ${shortest})`,
          measured: String(sequentialRoundTrips(proxy.calls)),
        },
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

/** The most steps of which each has to wait for the one before. */
function depthOf({ steps }: Plan): number {
  const depths = new Map<string, number>();
  // In a plan no step comes before one that it depends on.
  for (const { id, dependsOn } of steps) {
    depths.set(id, 1 + Math.max(0, ...dependsOn.map((before) => depths.get(before) ?? 0)));
  }
  return Math.max(0, ...depths.values());
}
