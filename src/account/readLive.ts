import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";
import { normalizePolicy } from "../policy/normalizePolicy";
import { UserError } from "../policy/userError";
import type { Identity, LiveState, ResourceKind, ResourceState, ResourceStatus } from "./account";
import type { Aws } from "./aws";
import type { DesiredResource } from "./contents";
import { desiredResources } from "./desired";
import { handBackNow } from "./handBack";
import { resourceOf } from "./resources";
import type { Leftover, Live, Reading } from "./resources/resource";

/**
 * Looks at everything that an integration wants, all at the same time: one round trip where nothing exists yet.
 *
 * @param once shared between integrations that are looked at together: the same question is asked once
 * @param unfinished what a run that stopped before its end has made: it is ours, marked or not
 * @throws UserError wrong-account before anything is asked, and whatever a call fails with
 */
export async function readLive(
  integration: Integration,
  aws: Aws,
  policyVersions: ReadonlyMap<string, string>,
  once: Reading["once"] = rememberAnswers(),
  unfinished?: Leftover,
): Promise<LiveState> {
  const refusal = wrongAccount(integration, aws.identity);
  if (refusal !== undefined) throw new UserError("wrong-account", refusal);
  const desired = desiredResources(integration, aws.identity);
  const resources = await readResources(desired, { ...aws, desired, policyVersions, once, unfinished });
  return { identity: aws.identity, resources, handBack: handBackNow(integration, aws.identity, resources) };
}

/** The state of each resource, all asked at the same time. */
export async function readResources(
  desired: readonly DesiredResource[],
  reading: Reading,
): Promise<readonly ResourceState[]> {
  const found = await Promise.all(
    desired.map(async (each) => ({ each, live: await resourceOf(each.kind).read(reading, each as never) })), // see resourceOf
  );
  const foreign = new Set(
    found.filter(({ live }) => live?.ours === false).map(({ each }) => `${each.kind} ${each.name}`),
  );
  return found.map(({ each, live }) => resourceState(each, live, foreign.has(parentOf(each))));
}

/** Why this is not the account of the integration; undefined when it is, or when the integration has none yet. */
export function wrongAccount({ name, manifest }: Integration, identity: Identity): string | undefined {
  const { account, partition } = manifest;
  if (account !== undefined && account !== identity.account) {
    return `The integration ${name} belongs to the account ${account}, and the profile ${identity.profile} is in the account ${identity.account}. Choose a profile of ${account}.`;
  }
  if (partition !== undefined && partition !== identity.partition) {
    return `The integration ${name} belongs to the partition ${partition}, and the profile ${identity.profile} is in ${identity.partition}. Choose a profile of ${partition}.`;
  }
  return undefined;
}

/** What a resource is part of: who owns that owns it. */
const parents: { readonly [Kind in ResourceKind]?: ResourceKind } = {
  "public-access-block": "bucket",
  "access-key": "user",
  "inline-policy": "role",
  "policy-attachment": "role",
};

function parentOf(resource: DesiredResource): string {
  const isInRole = resource.kind === "policy-attachment" || resource.kind === "inline-policy";
  const name = isInRole ? resource.content.roleName : resource.name;
  return `${parents[resource.kind]} ${name}`;
}

function resourceState(desired: DesiredResource, live: Live<never> | undefined, parentForeign: boolean): ResourceState {
  const { kind, name, consoleUrl } = desired;
  const state = { kind, name, arn: live?.arn ?? desired.arn, desired: comparable(desired.content) };
  if (!live || live.absent) {
    const facts = live?.facts && { facts: live.facts };
    return { ...state, status: "missing", differences: [], consoleUrl: undefined, live: undefined, ...facts };
  }
  const differences = resourceOf(kind).diff(desired.content as never, live.content); // see resourceOf
  const foreign = live.ours === false || parentForeign;
  const status: ResourceStatus = foreign ? "foreign" : differences.length > 0 ? "differs" : "in-sync";
  return {
    ...state,
    status,
    differences,
    consoleUrl,
    live: comparable(live.content),
    ...(live.facts && { facts: live.facts }),
    ...(live.lastUsed !== undefined && { lastUsed: live.lastUsed }),
  };
}

/** With its policy documents in the form in which only meaning differs. */
function comparable(content: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([key, value]): [string, JsonValue] => [
      key,
      key === "document" || key === "trustPolicy" ? normalizePolicy(value) : value,
    ]),
  );
}

export function rememberAnswers(): Reading["once"] {
  const answers = new Map<string, Promise<unknown>>();
  return <Answer>(question: string, ask: () => Promise<Answer>) => {
    const answer = answers.get(question) ?? ask();
    answers.set(question, answer);
    return answer as Promise<Answer>; // of one question there is one type of answer
  };
}
