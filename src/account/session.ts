import { setMaxListeners } from "node:events";
import type { Integration } from "../integration/integration";
import { roleArn } from "../vendors/iamArn";
import type { AccountSession, Identity, UnfinishedRun } from "./account";
import { listBucketPolicies } from "./adoptBuckets";
import { planAdopt } from "./adoptPlan";
import { listRoles } from "./adoptRoles";
import { type Aws, type Clients, callAws } from "./aws";
import { inspectBucket, listBuckets } from "./buckets";
import type { Clock } from "./clock";
import type { DesiredResource } from "./contents";
import { bucketNames } from "./desired";
import type { CallerFacts } from "./errors";
import { execute, newMemory } from "./execute";
import type { Journal } from "./journal/journal";
import { planApply } from "./plan";
import { planRemove } from "./planRemove";
import { planRollBack } from "./planRollBack";
import { readLive, readResources, rememberAnswers } from "./readLive";
import { readMany } from "./readMany";
import type { Leftover } from "./resources/resource";
import { planRotation, userAccessKeys } from "./rotation";
import { readUntilSettled, untilSettled } from "./verify";
import { inspectKeys } from "./verify/readLayers";
import { testObjects } from "./verify/testObjects";
import { verifyIntegration } from "./verify/verifyIntegration";

/** One identity at work. It remembers what it wrote, because AWS may not know it at once. */
export function createSession(
  identity: Identity,
  clients: Clients,
  caller: CallerFacts,
  clock: Clock,
  journal: Journal,
): AccountSession {
  const memory = newMemory();
  const calls = (signal: AbortSignal | undefined, http: { readonly abortSignal?: AbortSignal }): Aws => ({
    ...clients,
    identity,
    clock,
    call: (action, send, options) => callAws({ clock, caller, signal, http }, action, send, options),
  });
  const reading = (signal?: AbortSignal) => {
    if (!signal) return calls(undefined, {});
    // Each of the calls at the same time listens to it: more than Node.js takes for a leak.
    setMaxListeners(100, signal);
    return calls(signal, { abortSignal: signal });
  };
  const leftOf = async ({ manifest }: Integration): Promise<Leftover | undefined> => {
    const run = await journal.unfinishedIn(manifest.id, identity);
    return run && leftBy(run);
  };
  const read: AccountSession["read"] = async (integration, signal) =>
    readLive(integration, reading(signal), memory.policyVersions, rememberAnswers(), await leftOf(integration));
  const rollBack: AccountSession["planRollBack"] = async (run, signal) => {
    const aws = reading(signal);
    const { account, partition } = run.identity;
    const desired = run.resources.map(
      (each) => ({ ...each, arn: undefined, consoleUrl: "" }) as DesiredResource, // content of its kind, as it was planned
    );
    const here = account === identity.account && partition === identity.partition;
    const { policyVersions } = memory;
    const look = { ...aws, desired, policyVersions, once: rememberAnswers(), unfinished: leftBy(run) };
    return planRollBack(run, here ? await readResources(desired, look) : [], identity);
  };
  return {
    identity,
    listBuckets: (signal) => listBuckets(reading(signal)),
    inspectBucket: (name, signal) => inspectBucket(reading(signal), name),
    read,
    readMany: (integrations, { signal, onRead } = {}) =>
      readMany(integrations, reading(signal), memory.policyVersions, leftOf, onRead),
    listRoles: ({ signal, onProgress } = {}) => listRoles(reading(signal), onProgress),
    listBucketPolicies: ({ signal, onProgress } = {}) => listBucketPolicies(reading(signal), onProgress),
    planAdopt,
    planApply,
    planRemove,
    unfinishedRun: async (integrationId) =>
      (await journal.unfinished(integrationId)).find(
        (run) => run.identity.account === identity.account && run.identity.partition === identity.partition,
      ),
    planRollBack: rollBack,
    async verifyRollBack(run, { kept = [] }, signal) {
      const left = await untilSettled(
        async () => (await rollBack(run, signal)).steps.filter(({ id }) => !kept.some(({ step }) => step === id)),
        (steps) => steps.length === 0,
        clock,
        signal,
      );
      if (left.length === 0) await journal.finish(run);
      return left;
    },
    execute: (plan, options) => execute(plan, calls(options.signal, {}), { caller, memory, journal }, options),
    verify: (integration, signal) => readUntilSettled(() => read(integration, signal), memory, clock, signal),
    inspectKeys: (integration, buckets, signal) => inspectKeys(reading(signal), integration, buckets),
    accessKeys: (integration, signal) => userAccessKeys(reading(signal), integration),
    planRotation,
    verifyAccess: (integration, live, reference, signal) =>
      verifyIntegration(reading(signal), integration, live, reference),
    testObjects: (integration, key, { actions, onProgress, signal }) =>
      testObjects(calls(signal, {}), calls(undefined, {}), {
        integrationId: integration.manifest.id,
        roleArn: roleArn(integration.manifest.role ?? { name: "" }, identity.account, identity.partition),
        buckets: bucketNames(integration),
        actions,
        key,
        signal,
        ...(onProgress && { onProgress }),
      }),
  };
}

function leftBy({ touched, keptKeys }: UnfinishedRun): Leftover {
  const made = new Set(touched.flatMap(({ kind, name, before }) => (before === undefined ? [`${kind} ${name}`] : [])));
  return { made: (kind, name) => made.has(`${kind} ${name}`), keptKeys };
}
