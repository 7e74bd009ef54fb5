import type { World } from "../account/openWorld";
import { type FaultCase, faultCases } from "./cases";
import { type CallPlace, type CellFault, faultsOf, isLook, type Reference, referenceOf, tryCell } from "./cell";
import { type Flow, flowsFor } from "./flows";

/** What became of one flow of one case in which one call met one fault. */
export interface Outcome {
  readonly name: string;
  readonly flow: string;
  readonly meets: string;
  /** Why it did not survive. */
  readonly why?: string;
}

/** Which of the calls of a flow are tried. */
export type Choice = (calls: readonly CallPlace[], fault: FaultCase, flow: Flow) => readonly CallPlace[];

/**
 * Every write of every flow of every case, and every look that no case before it has had at the same place of such a flow:
 * there, nothing but the same question is asked.
 */
export function distinctCalls(): Choice {
  const looks = new Set<string>();
  return (calls, _fault, flow) =>
    calls.filter(({ action, occurrence }) => {
      if (!isLook(action)) return true;
      const key = `${kindOf(flow)} ${action} ${occurrence}`;
      if (looks.has(key)) return false;
      looks.add(key);
      return true;
    });
}

function kindOf({ name }: Flow): string {
  if (name.startsWith("roll back")) return "roll back";
  if (name.startsWith("rotate")) return name;
  return name.includes("remov") ? "remove" : "apply";
}

/**
 * Tries the cells, one after the other. What is needed for a flow is found out once for all its cells.
 *
 * @param mine which of the flows of the cases are this process's, by their number
 */
export async function tryCells(
  world: World,
  choose: Choice,
  onOutcome: (outcome: Outcome) => void,
  mine: (number: number) => boolean,
): Promise<void> {
  let number = 0;
  for (const fault of faultCases()) {
    for (const flow of flowsFor(fault)) {
      const isMine = mine(number++);
      const reference = await referenceOf(world, fault, flow);
      // Chosen by all processes alike, so that they agree on what is whose.
      const places = choose(reference.calls, fault, flow);
      if (!isMine) continue;
      for (const place of places) {
        for (const meets of faultsOf(place)) onOutcome(await outcomeOf(world, reference, place, meets));
      }
    }
  }
}

export async function outcomeOf(
  world: World,
  reference: Reference,
  place: CallPlace,
  meets: CellFault,
): Promise<Outcome> {
  const { fault, flow } = reference;
  const name = `${fault.name}, ${flow.name}: ${place.action} (${place.occurrence + 1}) meets ${meets}`;
  const why = await tryCell(world, reference, place, meets).catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  return { name, flow: flow.name, meets, ...(why !== undefined && { why }) };
}
