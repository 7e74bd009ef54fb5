import assert from "node:assert/strict";
import { faultCases } from "../faults/cases";
import { faults, faultsOf, isLook, type Reference, referenceOf } from "../faults/cell";
import { outcomeOf } from "../faults/cells";
import { flows, flowsFor } from "../faults/flows";
import { buildKilledProgram, coveringCases, type Kill, killedFlows, killsOf, tryKill } from "../faults/kills";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { theWorld } from "./world";

/**
 * A part of the matrix of `npm run test:faults` that has every flow, every fault, and every kind of resource: each flow
 * meets a third of the faults, each fault a third of the flows.
 */
describe("a sample of the fault matrix", () => {
  const cases = coveringCases();
  const references = new Map<string, Reference>();

  it("has every case of the catalog's kinds", () => {
    const kinds = new Set(faultCases().flatMap((each) => each.kinds));
    assert.deepEqual(new Set(cases.flatMap((each) => each.kinds)), kinds);
  });

  for (const [row, flow] of flows.entries()) {
    for (const [column, fault] of faults.entries()) {
      if (column % 3 !== row % 3) continue;
      it(`${flow.name}: a call meets ${fault}`, async () => {
        const world = theWorld();
        // Neighbours in the matrix have other cases and other calls.
        const own = cases.filter((each) => flowsFor(each).includes(flow));
        const ofCase = own[(row + column) % Math.min(2, own.length)] ?? assert.fail("there are cases");
        const key = `${flow.name} ${ofCase.name}`;
        const reference = references.get(key) ?? (await referenceOf(world, ofCase, flow));
        references.set(key, reference);
        const fitting = reference.calls.filter((place) => faultsOf(place).includes(fault));
        const writes = fitting.filter(({ action }) => !isLook(action));
        const places = writes.length > 0 && column < 6 ? writes : fitting;
        const place = places[(row * 5 + column * 3) % places.length] ?? assert.fail("there are calls");
        const { name, why } = await outcomeOf(world, reference, place, fault);
        assert.equal(why, undefined, name);
      });
    }
  }

  describe("killed at a line of the journal", () => {
    let folder: string;
    let program: string;
    before(async () => {
      folder = temporaryFolder("va-killed-");
      program = await buildKilledProgram(folder);
    });
    after(() => removeTemporaryFolder(folder));

    for (const [row, flow] of killedFlows.entries()) {
      it(`${flow.name}`, async function manyKills() {
        this.timeout(180_000);
        const world = theWorld();
        const own = cases.filter((each) => flowsFor(each).includes(flow));
        const ofCase = own[row % own.length] ?? assert.fail("there are cases");
        const reference = await referenceOf(world, ofCase, flow);
        const kills = await killsOf(world, reference);
        const middle = Math.floor(kills.length / 4) * 2;
        const chosen = row % 2 === 0 ? [kills[1], kills[middle]] : [kills[middle + 1], kills.at(-1)];
        for (const kill of chosen.filter((each): each is Kill => each !== undefined)) {
          const { name, why } = await tryKill(world, program, reference, kill);
          assert.equal(why, undefined, name);
        }
      });
    }
  });
});
