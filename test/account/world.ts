import { IAMClient, ListPoliciesCommand, ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import type { AccountSession, ExecuteOptions, ExecutionResult, Plan } from "../../src/account/account";
import { createAccountRoom } from "../../src/account/accountRoom";
import type { Clock } from "../../src/account/clock";
import { useAwsEnvironment, writeAwsProfiles } from "../sandbox/aws-profiles.mjs";
import { type Emulator, startEmulator } from "../sandbox/emulator.mjs";
import { type FaultProxy, startProxy } from "../sandbox/fault-proxy.mjs";

/** An emulated account with a proxy before it, shared by all files of this folder and empty before each test. */
export interface World {
  readonly emulator: Emulator;
  readonly proxy: FaultProxy;
  /** For clients that go straight to the emulator, not seen by the proxy, like these. */
  readonly settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly kms: KMSClient;
}

let world: World | undefined;
let leave: (() => void) | undefined;

before(async function startWorld() {
  this.timeout(120_000);
  const emulator = await startEmulator();
  const proxy = await startProxy(emulator.endpoint);
  const profiles = writeAwsProfiles(proxy.endpoint);
  const restore = useAwsEnvironment(profiles.env);
  leave = () => {
    restore();
    profiles.remove();
  };
  const settings = {
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIATEST000000000000", secretAccessKey: "test" },
  };
  world = {
    emulator,
    proxy,
    settings,
    iam: new IAMClient(settings),
    s3: new S3Client(settings),
    kms: new KMSClient(settings),
  };
});

beforeEach(async () => {
  await world?.emulator.reset();
  world?.proxy.clear();
});

after(async () => {
  leave?.();
  await world?.proxy.stop();
  await world?.emulator.stop();
});

export function theWorld(): World {
  if (!world) throw new Error("The emulator is started before the first test.");
  return world;
}

export interface FakeClock extends Clock {
  /** Milliseconds of each sleep so far. */
  readonly sleeps: readonly number[];
}

/** A clock on which sleeping takes no time but moves it on. */
export function fakeClock(onSleep: (milliseconds: number) => void = () => {}): FakeClock {
  let now = 1_000_000;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      now += milliseconds;
      onSleep(milliseconds);
      signal?.throwIfAborted();
    },
  };
}

export function connectTo(profile = "sandbox", clock: Clock = fakeClock()): Promise<AccountSession> {
  return createAccountRoom(clock).connect({ profile });
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
