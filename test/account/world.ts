import { rmSync } from "node:fs";
import { ListPoliciesCommand, ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import type { AccountSession, ExecuteOptions, ExecutionResult, Plan } from "../../src/account/account";
import { createAccountRoom } from "../../src/account/accountRoom";
import type { Clock } from "../../src/account/clock";
import { createJournal, type Journal } from "../../src/account/journal/journal";
import { fakeClock } from "./fakeClock";
import { openWorld, type World } from "./openWorld";

let world: World | undefined;

before(async function startWorld() {
  this.timeout(120_000);
  world = await openWorld();
});

beforeEach(async () => {
  await world?.emulator.reset();
  world?.proxy.clear();
  if (world) rmSync(world.stateFolder, { recursive: true, force: true });
});

after(() => world?.close());

export function theWorld(): World {
  if (!world) throw new Error("The emulator is started before the first test.");
  return world;
}

export { fakeClock };

export function theJournal(): Journal {
  return createJournal(theWorld().stateFolder);
}

export function connectTo(profile = "sandbox", clock: Clock = fakeClock()): Promise<AccountSession> {
  return createAccountRoom(clock, theJournal()).connect({ profile });
}

export interface Execution extends ExecutionResult {
  readonly secrets: readonly { readonly accessKeyId: string; readonly secretAccessKey: string }[];
  readonly progress: readonly string[];
}

/** Executes and keeps what was told on the way. */
export async function carryOut(session: AccountSession, plan: Plan, options: ExecuteOptions = {}): Promise<Execution> {
  const secrets: { readonly accessKeyId: string; readonly secretAccessKey: string }[] = [];
  const progress: string[] = [];
  const result = await session.execute(plan, {
    onSecret: async (secret) => void secrets.push(secret),
    onProgress: ({ step, state, detail }) => progress.push([step.id, state, detail].filter(Boolean).join(": ")),
    ...options,
  });
  return { ...result, secrets, progress };
}

/** The names of all that is in the account. */
export async function everything() {
  const { iam, s3 } = theWorld();
  const [roles, policies, users, buckets] = await Promise.all([
    iam.send(new ListRolesCommand({})),
    iam.send(new ListPoliciesCommand({ Scope: "Local" })),
    iam.send(new ListUsersCommand({})),
    s3.send(new ListBucketsCommand({})),
  ]);
  return {
    roles: (roles.Roles ?? []).map(({ RoleName }) => RoleName),
    policies: (policies.Policies ?? []).map(({ PolicyName }) => PolicyName),
    users: (users.Users ?? []).map(({ UserName }) => UserName),
    buckets: (buckets.Buckets ?? []).map(({ Name }) => Name),
  };
}
