import { openWorld } from "../account/openWorld";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { type Choice, distinctCalls, type Outcome, tryCells } from "./cells";
import { buildKilledProgram, tryKills } from "./kills";

/** One of several processes that share the matrix: `run.ts <number> <of> [--all]`. Prints each outcome as a line of JSON. */
async function main(): Promise<void> {
  const [number = "0", of = "1", ...flags] = process.argv.slice(2);
  const all: Choice = (calls) => calls;
  const choose = flags.includes("--all") ? all : distinctCalls();
  const mine = (each: number) => each % Number(of) === Number(number);
  const print = (outcome: Outcome) => process.stdout.write(`${JSON.stringify(outcome)}\n`);
  const folder = temporaryFolder("va-kills-");
  const world = await openWorld();
  try {
    await tryCells(world, choose, print, mine);
    await tryKills(world, await buildKilledProgram(folder), print, mine);
  } finally {
    await world.close();
    removeTemporaryFolder(folder);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
