import { rmSync } from "node:fs";
import { CreatePolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { AccountSession, ExecuteOptions, ExecutionResult, Plan, ResourceKind } from "../../src/account/account";
import { createAccountRoom } from "../../src/account/accountRoom";
import type { Clock } from "../../src/account/clock";
import { createJournal, type Journal } from "../../src/account/journal/journal";
import type { openLines } from "../../src/account/journal/lineWriter";
import type { Integration } from "../../src/integration/integration";
import { fakeClock } from "../account/fakeClock";
import type { World } from "../account/openWorld";
import { awsPolicyName, bucket, type FaultCase, kmsKeyId } from "./cases";
import { rotationFlows } from "./rotations";

/** Secrets of access keys, by their ids: where a window keeps them. */
export type Secrets = Map<string, string>;

export type Operation = (world: ProgramWorld, fault: FaultCase, secrets: Secrets) => Promise<void>;

/** What somebody does with an integration, from the start of a program to its end. Each throws when it does not end well. */
export interface Flow {
  readonly name: string;
  /** What was done before, and ended well. */
  readonly before?: Operation;
  /** What was done then, and stopped before its end. */
  readonly stopped?: Operation;
  /** Whether it stopped in the middle of its writes; at the last one otherwise. */
  readonly stopsHalfWay?: boolean;
  readonly run: Operation;
  /** What undoes it when it has stopped before its end. */
  readonly undo: Operation;
  /** Only for integrations that have such a resource. */
  readonly needs?: ResourceKind;
}

const first: Operation = (world, { first: integration }, secrets) => apply(world, integration, secrets);
const update: Operation = (world, { changed }, secrets) => apply(world, changed, secrets);
const removal: Operation = (world, { first: integration }) => remove(world, integration);
const undo: Operation = (world, { first: integration }) => rollBack(world, integration);

export const flows: readonly Flow[] = [
  { name: "apply", run: first, undo },
  { name: "update", before: first, run: update, undo },
  { name: "remove", before: first, run: removal, undo },
  { name: "roll back an apply", stopped: first, run: undo, undo },
  { name: "roll back an update", before: first, stopped: update, run: undo, undo },
  { name: "roll back a removal", before: first, stopped: removal, run: undo, undo },
  { name: "continue an apply", stopped: first, stopsHalfWay: true, run: first, undo },
  { name: "continue an update", before: first, stopped: update, stopsHalfWay: true, run: update, undo },
  { name: "continue a removal", before: first, stopped: removal, stopsHalfWay: true, run: removal, undo },
  ...rotationFlows(first, undo, { newSession, carryOut }),
];

export function flowsFor({ kinds }: FaultCase): readonly Flow[] {
  return flows.filter(({ needs }) => needs === undefined || kinds.includes(needs));
}

export interface Tools {
  readonly newSession: typeof newSession;
  readonly carryOut: typeof carryOut;
}

/** An account without anything of ours, but with a bucket and a key that belong to the customer. */
export async function emptyAccount(
  { emulator, proxy, iam, kms, s3, stateFolder }: World,
  { first }: FaultCase,
): Promise<void> {
  await emulator.reset();
  proxy.clear();
  rmSync(stateFolder, { recursive: true, force: true });
  await fetch(`${emulator.endpoint}/moto-api/seed?a=1`, { method: "POST" });
  // For a key of the usual kind the emulator makes an RSA key: that takes it longer than all the rest of a cell.
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }));
  if (KeyMetadata?.KeyId !== kmsKeyId) throw new Error(`The emulator calls the key ${KeyMetadata?.KeyId} now.`);
  await iam.send(new CreatePolicyCommand({ PolicyName: awsPolicyName, PolicyDocument: JSON.stringify(readAll) }));
  if (makesBucket(first)) return;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const theirs = { Sid: "Theirs", Effect: "Allow", Principal: { AWS: "210987654321" }, Action: "s3:GetObject" };
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ ...theirs, Resource: `arn:aws:s3:::${bucket}/*` }],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

const readAll = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] };

function makesBucket({ definition, manifest }: Integration): boolean {
  return Object.keys(definition.newBucket?.when ?? {}).some((name) => manifest.parameters[name] === true);
}

/** What a program needs of the world: its journal; the account it finds by its profile. */
export type ProgramWorld = Pick<World, "stateFolder"> & { readonly openLines?: typeof openLines };

export function journalOf({ stateFolder, openLines: open }: ProgramWorld): Journal {
  return createJournal(stateFolder, open);
}

/** Long enough for a busy machine, short enough to be waited for in each cell with a stalled answer. */
const patience = 400;

/** A program that has just been started. */
function newSession(world: ProgramWorld, clock: Clock = { ...fakeClock(), patience }): Promise<AccountSession> {
  return createAccountRoom(clock, journalOf(world)).connect({ profile: "sandbox" });
}

async function apply(world: ProgramWorld, integration: Integration, secrets: Secrets): Promise<void> {
  const session = await newSession(world);
  await carryOut(session, async () => session.planApply(integration, await session.read(integration)), {
    keepsSecrets: true,
    onSecret: async ({ accessKeyId, secretAccessKey }) => void secrets.set(accessKeyId, secretAccessKey),
  });
  const { resources } = await session.verify(integration);
  const different = resources.filter(({ status }) => status !== "in-sync");
  if (different.length > 0) throw new Error(`Read back: ${different.map(({ kind }) => kind).join(", ")} differ.`);
}

async function remove(world: ProgramWorld, integration: Integration): Promise<void> {
  const session = await newSession(world);
  await carryOut(session, async () => session.planRemove(integration, await session.read(integration)));
  const { steps } = session.planRemove(integration, await session.verify(integration));
  if (steps.length > 0) throw new Error(`Read back: still there: ${steps.map(({ id }) => id).join(", ")}`);
}

async function rollBack(world: ProgramWorld, integration: Integration): Promise<void> {
  const session = await newSession(world);
  const run = await session.unfinishedRun(integration.manifest.id);
  if (!run) return;
  const result = await carryOut(session, () => session.planRollBack(run));
  const steps = await session.verifyRollBack(run, result);
  if (steps.length > 0) throw new Error(`Read back: not as it was: ${steps.map(({ id }) => id).join(", ")}`);
}

/** As the commands do it: plans again when the plan is not what it was, and says yes to everything. */
async function carryOut(
  session: AccountSession,
  plan: () => Promise<Plan>,
  options: ExecuteOptions = {},
): Promise<ExecutionResult> {
  for (let attempt = 1; ; attempt++) {
    const planned = await plan();
    if (planned.refusals.length > 0) throw new Error(planned.refusals.join(" "));
    const result = await session.execute(planned, { ...options, replan: plan });
    if (result.status === "changed" && attempt < 5) continue;
    if (result.status !== "done") throw new Error(result.failure?.message ?? result.status);
    return result;
  }
}
