import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { World } from "../account/openWorld";
import type { Fault } from "../sandbox/fault-proxy.mjs";
import type { FaultCase } from "./cases";
import { emptyAccount, type Flow, journalOf, type Secrets } from "./flows";
import { type Snapshot, snapshot } from "./snapshot";

/** One call of a flow: the n-th of its name, from 0. */
export interface CallPlace {
  readonly action: string;
  readonly occurrence: number;
}

/** A flow of a case, as it is when nothing goes wrong. */
export interface Reference {
  readonly fault: FaultCase;
  readonly flow: Flow;
  readonly calls: readonly CallPlace[];
  readonly former: Snapshot;
  readonly desired: Snapshot;
  /** The write at which stops what stops before the flow begins. */
  readonly stopAt: CallPlace | undefined;
}

export const faults = [
  "throttle",
  "serverError",
  "unavailable",
  "reset",
  "resetAfter",
  "stall",
  "accessDenied",
  "not known yet",
  "stale",
] as const;
export type CellFault = (typeof faults)[number];

/** Faults that a call can meet: a write answers nothing that could be out of date. */
export function faultsOf({ action }: CallPlace): readonly CellFault[] {
  if (action === "sts:GetCallerIdentity")
    return faults.filter((fault) => fault !== "not known yet" && fault !== "stale");
  return isLook(action)
    ? faults.filter((fault) => fault !== "not known yet")
    : faults.filter((fault) => fault !== "stale");
}

export function isLook(action: string): boolean {
  return /:(Get|List|Head|Describe)/.test(action);
}

/** Carries a flow out without any fault, and remembers what it calls, what there was before and what there is then. */
export async function referenceOf(world: World, fault: FaultCase, flow: Flow): Promise<Reference> {
  const { proxy } = world;
  let stopAt: CallPlace | undefined;
  if (flow.stopped) {
    await emptyAccount(world, fault);
    const secrets: Secrets = new Map();
    await flow.before?.(world, fault, secrets);
    const seen = proxy.calls.length;
    await flow.stopped(world, fault, secrets);
    const writes = placesOf(proxy.calls.slice(seen)).filter(({ action }) => !isLook(action));
    stopAt = writes.at(flow.stopsHalfWay ? Math.floor((writes.length - 1) / 2) : -1);
  }
  const incomplete = { fault, flow, stopAt };
  const secrets = await prepare(world, incomplete);
  const seen = proxy.calls.length;
  const begun = await snapshot(world);
  await flow.run(world, fault, secrets);
  const calls = placesOf(proxy.calls.slice(seen));
  const desired = await snapshot(world);
  // What a roll back of the flow leads to is what was there before what had stopped.
  const former = flow.stopped ? await formerOf(world, incomplete) : begun;
  return { ...incomplete, calls, former, desired };
}

async function formerOf(world: World, { fault, flow }: Pick<Reference, "fault" | "flow">): Promise<Snapshot> {
  await emptyAccount(world, fault);
  await flow.before?.(world, fault, new Map());
  return snapshot(world);
}

function placesOf(calls: readonly { readonly service: string; readonly action: string }[]): readonly CallPlace[] {
  const counts = new Map<string, number>();
  return calls.map(({ service, action: name }) => {
    const action = `${service}:${name}`;
    const occurrence = counts.get(action) ?? 0;
    counts.set(action, occurrence + 1);
    return { action, occurrence };
  });
}

/** Brings an empty account to where the flow begins. @returns the secrets that are kept by then */
export async function prepare(
  world: World,
  { fault, flow, stopAt }: Pick<Reference, "fault" | "flow" | "stopAt">,
): Promise<Secrets> {
  const secrets: Secrets = new Map();
  await emptyAccount(world, fault);
  await flow.before?.(world, fault, secrets);
  if (flow.stopped && stopAt) {
    // All its answers are lost, so that nobody knows whether it was done: the last one was, one in the middle was not.
    world.proxy.fail(stopAt.action, flow.stopsHalfWay ? "reset" : "resetAfter", { after: stopAt.occurrence });
    await flow.stopped(world, fault, secrets).catch(() => undefined);
    world.proxy.heal();
  }
  return secrets;
}

/**
 * Lets one call of a flow meet a fault. Then, whatever came of it, doing the same again must lead to what was wanted, and
 * undoing it to what there was before, with nothing left over and no secret told.
 *
 * @returns why the cell did not survive; undefined when it did
 */
export async function tryCell(
  world: World,
  reference: Reference,
  place: CallPlace,
  fault: CellFault,
): Promise<string | undefined> {
  const { secrets, endedWell } = await meet(world, reference, place, fault);
  if (endedWell) return compare(world, reference, reference.desired, secrets, "done");
  const [stopped] = await openRuns(world, reference);
  const again = await reference.flow.run(world, reference.fault, secrets).then(() => undefined, messageOf);
  const why = again ?? (await compare(world, reference, reference.desired, secrets, "done again"));
  if (why !== undefined || stopped === undefined) return why;
  const { secrets: kept } = await meet(world, reference, place, fault);
  const undone = await reference.flow.undo(world, reference.fault, kept).then(() => undefined, messageOf);
  return undone ?? (await compare(world, reference, reference.former, kept, "rolled back"));
}

async function meet(
  world: World,
  reference: Reference,
  place: CallPlace,
  fault: CellFault,
): Promise<{ readonly secrets: Secrets; readonly endedWell: boolean }> {
  const secrets = await prepare(world, reference);
  const { proxy } = world;
  const times = fault === "not known yet" ? 2 : 1;
  proxy.fail(place.action, injected(place, fault), { times, after: place.occurrence });
  const endedWell = await reference.flow.run(world, reference.fault, secrets).then(
    () => true,
    () => false,
  );
  proxy.heal();
  return { secrets, endedWell };
}

/** AWS says of a principal that it is invalid, of anything else that it is not there. */
function injected({ action }: CallPlace, fault: CellFault): Fault {
  if (fault !== "not known yet") return fault;
  const namesPrincipals = /CreateRole|UpdateAssumeRolePolicy|PutBucketPolicy|PutKeyPolicy/.test(action);
  return namesPrincipals ? "invalidPrincipal" : "noSuchEntity";
}

function openRuns(world: World, { fault }: Reference) {
  return journalOf(world).unfinished(fault.first.manifest.id);
}

/** What is not as it should be: in the account, in the journal, among the secrets. */
export async function compare(
  world: World,
  reference: Pick<Reference, "fault" | "flow">,
  expected: Snapshot,
  secrets: Secrets,
  when: string,
): Promise<string | undefined> {
  const now = await snapshot(world);
  const wanted = JSON.stringify(withoutLostKeys(expected.state, reference, when));
  const found = JSON.stringify(withoutLostKeys(now.state, reference, when));
  if (found !== wanted) return `${when}: the account has ${found} instead of ${wanted}`;
  const open = await journalOf(world).unfinished(reference.fault.first.manifest.id);
  if (open.length > 0) return `${when}: the journal still has: ${open[0]?.sentence}`;
  const unknown = now.accessKeyIds.filter((id) => !secrets.has(id));
  if (unknown.length > 0) return `${when}: nobody has the secret of the access key ${unknown.join(", ")}`;
  const told = [...secrets.values()].filter((secret) => textsBelow(world.stateFolder).includes(secret));
  return told.length > 0 ? `${when}: the journal holds a secret` : undefined;
}

/** A deleted access key is the one thing that can't be brought back. */
function withoutLostKeys(state: Snapshot["state"], { flow }: Pick<Reference, "flow">, when: string): unknown {
  const deletes = flow.name === "remove" || flow.name === "rotate: delete the first key";
  const undoesRemoval = flow.name.includes("removal") || (deletes && when === "rolled back");
  if (!undoesRemoval) return state;
  return JSON.parse(JSON.stringify(state, (key, value) => (key === "keys" ? undefined : value)));
}

function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), "utf8"))
    .join("\n");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
