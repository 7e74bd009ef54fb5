import { GetAccessKeyLastUsedCommand } from "@aws-sdk/client-iam";
import type { Integration } from "../integration/integration";
import { isUserError } from "../policy/userError";
import type { KeyChange, LiveState, Plan, ResourceState, UserAccessKey } from "./account";
import { ago } from "./ago";
import { type Aws, absent, unless } from "./aws";
import type { AccessKeyContent } from "./contents";
import { userName } from "./desired";
import { applyOrder, beforeOf, planAbout, type StepWithoutOrder, withDependencies } from "./plan";
import { wrongAccount } from "./readLive";
import { listAccessKeys } from "./resources/accessKey";

/** A user has at most two. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
const mostKeys = 2;

/** The keys of the user made for the vendor, with when each was last used; none when the vendor has no such user. */
export async function userAccessKeys(aws: Aws, integration: Integration): Promise<readonly UserAccessKey[]> {
  const user = userName(integration);
  if (user === undefined) return [];
  const keys = (await unless(absent, listAccessKeys(aws, user))) ?? [];
  return Promise.all(
    keys.map(async ({ AccessKeyId = "", Status, CreateDate }) => ({
      accessKeyId: AccessKeyId,
      active: Status === "Active",
      createdAt: CreateDate?.toISOString(),
      usage: await usageOf(aws, AccessKeyId),
    })),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
async function usageOf(aws: Aws, AccessKeyId: string): Promise<string> {
  try {
    const { AccessKeyLastUsed } = await aws.call("iam:GetAccessKeyLastUsed", (http) =>
      aws.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }), http),
    );
    const { LastUsedDate, ServiceName, Region } = AccessKeyLastUsed ?? {};
    if (!LastUsedDate) return "never used, as far as AWS knows";
    const service = ServiceName && ServiceName !== "N/A" ? ` by ${ServiceName}` : "";
    return `last used ${ago(LastUsedDate)}${service}${Region && Region !== "N/A" ? ` in ${Region}` : ""}`;
  } catch (error) {
    if (isUserError(error) && error.code === "access-denied") return "when it was last used may not be looked at";
    throw error;
  }
}

/**
 * One change of a rotation, so that it can be stopped after each: the second key, the switching off of the first, its end.
 * Pure: what the keys are is what `read` found.
 */
export function planRotation(integration: Integration, live: LiveState, change: KeyChange | undefined): Plan {
  const { identity } = live;
  const state = live.resources.find(({ kind }) => kind === "access-key");
  const refusals = change ? refusalsOf(integration, live, state, change) : [];
  const steps = change && state && refusals.length === 0 ? [stepOf(state, change)] : [];
  return {
    action: "rotate",
    ...planAbout(integration, identity),
    steps: withDependencies(steps, applyOrder),
    refusals,
    notes: [],
    handBack: live.handBack,
  };
}

function stepOf(state: ResourceState, change: KeyChange): StepWithoutOrder {
  const { name } = state;
  const { userName: user, keys = {}, status } = state.live as AccessKeyContent; // what the key's read found
  const before = beforeOf(state);
  const step = { kind: "access-key", name, before } as const;
  switch (change.change) {
    case "make": {
      const [known] = Object.keys(keys);
      const sentence = `Create a second access key for the user ${user}; ${known} stays as it is`;
      const after = { userName: user, status: "Active", keys, makes: true };
      return { ...step, id: `update access-key ${name}`, verb: "update", sentence, after };
    }
    case "delete": {
      const { accessKeyId } = change;
      const sentence = `Delete the access key ${accessKeyId} of the user ${user}`;
      const one = { userName: user, status, accessKeyIds: [accessKeyId] };
      return { ...step, id: `delete access-key ${name}`, verb: "delete", sentence, before: one, after: undefined };
    }
    default: {
      const { accessKeyId } = change;
      const on = change.change === "activate";
      const sentence = `${on ? "Activate" : "Deactivate"} the access key ${accessKeyId} of the user ${user}${on ? " again" : ""}`;
      const after = { userName: user, status, keys: { ...keys, [accessKeyId]: on ? "Active" : "Inactive" } };
      return { ...step, id: `update access-key ${name}`, verb: "update", sentence, after };
    }
  }
}

function refusalsOf(
  integration: Integration,
  live: LiveState,
  state: ResourceState | undefined,
  change: KeyChange,
): readonly string[] {
  const wrong = wrongAccount(integration, live.identity);
  if (wrong !== undefined) return [wrong];
  const { name, definition } = integration;
  if (state === undefined) return [`${definition.name} has no access key of yours that could be rotated.`];
  const user = `The user ${state.name}`;
  if (state.status === "foreign") return [`${user} is not this integration's, so that its keys are not touched.`];
  if (state.live === undefined) return [`${user} has no access key (any more): apply ${name}, which makes one.`];
  const { keys = {} } = state.live as AccessKeyContent; // what the key's read found
  const ids = Object.keys(keys);
  if (change.change === "make") {
    return ids.length < mostKeys
      ? []
      : [`${user} has two access keys, and AWS allows no third: one of them must go first.`];
  }
  const { accessKeyId } = change;
  if (!ids.includes(accessKeyId)) return [`${user} has no access key ${accessKeyId} (any more).`];
  if (change.change === "activate") return [];
  const others = ids.filter((id) => id !== accessKeyId && keys[id] === "Active");
  if (others.length === 0) return [`${accessKeyId} is the only access key of ${state.name} that works: it stays.`];
  return change.change === "delete" && keys[accessKeyId] === "Active"
    ? [`The access key ${accessKeyId} is active: deactivate it first, to see that nobody needs it.`]
    : [];
}
