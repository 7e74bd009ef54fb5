import type {
  AccountRole,
  AccountRoom,
  AccountSession,
  ConnectOptions,
  ExecutionResult,
  HandBackItem,
  Identity,
  LiveState,
  Plan,
  ResourceState,
  Step,
  UnfinishedRun,
} from "../../../src/account/account";
import type { BucketFacts } from "../../../src/checks/finding";
import type { Integration } from "../../../src/integration/integration";
import { verifyAccess, verifyGuards } from "../../../src/integration/verifyAccess";

export const identity: Identity = {
  account: "314159265358",
  arn: "arn:aws:iam::314159265358:user/me",
  partition: "aws",
  region: "us-east-1",
  profile: "sandbox",
};

export function step(verb: Step["verb"], name: string, dependsOn: readonly string[] = []): Step {
  const id = `${verb} role ${name}`;
  return {
    id,
    verb,
    kind: "role",
    name,
    sentence: `${verb} the role ${name}`,
    dependsOn,
    before: undefined,
    after: undefined,
    permissions: [],
  };
}

export function resource(status: ResourceState["status"], differences: readonly string[] = []): ResourceState {
  const [name, arn] = ["vendor-role", "arn:aws:iam::314159265358:role/vendor-role"];
  return { kind: "role", name, arn, status, differences, consoleUrl: undefined, desired: undefined, live: undefined };
}

/** A step that AWS refused. */
export function failed(failing: Step, message: string): NonNullable<ExecutionResult["failure"]> {
  return {
    step: failing,
    message,
    code: "access-denied",
    awsErrorName: "AccessDenied",
    awsAction: "iam:CreateRole",
  };
}

/** A run that made the role and then failed. */
export function unfinishedRun(action: Plan["action"]): UnfinishedRun {
  return {
    id: "run",
    integration: { id: "1", name: "d", vendor: "activeloop-deep-lake" },
    identity,
    action,
    status: "failed",
    sentence: "It failed 3 minutes ago: 1 of 2 steps done.",
    done: [step("create", "vendor-role")],
    uncertain: [],
    notBegun: [],
    resources: [],
    touched: [],
    keptKeys: [],
  };
}

export const roleArn: HandBackItem = {
  name: "roleArn",
  label: "Role ARN",
  value: "arn:aws:iam::314159265358:role/vendor-role",
  secret: false,
};

export interface FakeAccountOptions {
  readonly identity?: Identity;
  readonly connect?: (options: ConnectOptions) => void;
  readonly buckets?: (name: string) => BucketFacts;
  readonly applySteps?: readonly Step[];
  /** What removal would do: first and after it was done. */
  readonly removeSteps?: readonly (readonly Step[])[];
  /** The same of a roll back. */
  readonly rollBackSteps?: readonly (readonly Step[])[];
  readonly unfinished?: UnfinishedRun;
  /** The roles that somebody may assume. */
  readonly roles?: readonly AccountRole[];
  readonly refusals?: readonly string[];
  readonly notes?: readonly string[];
  readonly read?: (integration: Integration) => LiveState;
  readonly verified?: readonly ResourceState[];
  readonly handBack?: readonly HandBackItem[];
  readonly execute?: (plan: Plan, signal: AbortSignal | undefined) => Partial<ExecutionResult>;
  readonly secret?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly verify?: () => void;
}

export interface FakeAccount {
  readonly loadAccount: () => Promise<AccountRoom>;
  /** What was called, in order. */
  readonly calls: string[];
  readonly executed: Plan[];
}

/** An account room whose answers a test decides. */
export function fakeAccount(options: FakeAccountOptions = {}): FakeAccount {
  const calls: string[] = [];
  const executed: Plan[] = [];
  const who = options.identity ?? identity;
  const removeSteps = [...(options.removeSteps ?? [])];
  const rollBackSteps = [...(options.rollBackSteps ?? [])];
  const plan = (action: Plan["action"], { manifest, name }: Integration, steps: readonly Step[]): Plan => ({
    action,
    integration: { id: manifest.id, name, vendor: manifest.vendor },
    identity: who,
    resources: [],
    steps,
    refusals: options.refusals ?? [],
    notes: options.notes ?? [],
    handBack: action === "apply" ? (options.handBack ?? [roleArn]) : [],
  });
  const rollBack = (integration: Plan["integration"], steps: readonly Step[]): Plan => ({
    action: "roll-back",
    integration,
    identity: who,
    resources: [],
    steps,
    refusals: [],
    notes: options.notes ?? [],
    handBack: [],
  });
  const state = (resources: readonly ResourceState[]): LiveState => ({
    identity: who,
    resources,
    handBack: options.handBack ?? [roleArn],
  });
  const session: AccountSession = {
    identity: who,
    listBuckets: async () => [],
    inspectBucket: async (name) => {
      calls.push(`inspect ${name}`);
      return options.buckets?.(name) ?? { name, exists: true, region: "us-east-1" };
    },
    read: async (integration) => {
      calls.push("read");
      return options.read?.(integration) ?? state([resource(options.applySteps?.length ? "missing" : "in-sync")]);
    },
    readMany: (integrations) => Promise.all(integrations.map((integration) => session.read(integration))),
    unfinishedRun: async () => options.unfinished,
    planRollBack: async ({ integration }) => {
      calls.push("plan roll back");
      return rollBack(integration, rollBackSteps.shift() ?? []);
    },
    verifyRollBack: async () => {
      calls.push("verify roll back");
      return rollBackSteps.shift() ?? [];
    },
    listRoles: async () => options.roles ?? [],
    listBucketPolicies: async () => [],
    planAdopt: (integration) => plan("apply", integration, options.applySteps ?? []),
    planApply: (integration) => plan("apply", integration, options.applySteps ?? []),
    planRemove: (integration) => plan("remove", integration, removeSteps.shift() ?? []),
    execute: async (toExecute, { onProgress, onSecret, signal }) => {
      calls.push("execute");
      executed.push(toExecute);
      const total = toExecute.steps.length;
      if (options.secret) await onSecret?.(options.secret);
      for (const [index, each] of toExecute.steps.entries()) {
        onProgress?.({ step: each, state: "done", done: index + 1, total });
      }
      return {
        status: "done",
        done: toExecute.steps,
        notDone: [],
        failure: undefined,
        handBack: [],
        ...options.execute?.(toExecute, signal),
      };
    },
    verify: async () => {
      calls.push("verify");
      options.verify?.();
      return state(options.verified ?? [resource("in-sync")]);
    },
    inspectKeys: async () => [],
    accessKeys: async () => [],
    planRotation: (integration) => plan("rotate", integration, []),
    verifyAccess: async (integration, { resources }, reference) => {
      const isThere = resources.some(({ kind, live }) => kind === "role" && live !== undefined);
      return {
        access: isThere ? verifyAccess(integration, who.account, resources, reference) : [],
        guards: isThere ? verifyGuards(integration, who.account, resources, reference) : [],
        unread: [],
        awsFindings: [],
        unanswered: [],
      };
    },
    testObjects: async () => ({ tested: [], left: [] }),
  };
  const room: AccountRoom = {
    listProfiles: async () => [],
    connect: async (connectOptions) => {
      calls.push(`connect ${connectOptions.profile ?? "(none)"}`);
      options.connect?.(connectOptions);
      return session;
    },
    untilSignedIn: async () => {},
    unfinishedRuns: async () => (options.unfinished ? [options.unfinished] : []),
    neededPermissions: () => ({ policy: { Version: "2012-10-17", Statement: [] }, useful: {} }),
  };
  return { loadAccount: async () => room, calls, executed };
}
