import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";
import type { Identity, LiveState, Plan, ResourceKind, ResourceState, Step } from "./account";
import type { ContentOf, DesiredResource } from "./contents";
import { mergeRules } from "./corsRules";
import { desiredResources } from "./desired";
import { handBackThen } from "./handBack";
import { stepPermissions } from "./permissions";
import { mergeStatements, statementsOf } from "./policyStatements";
import { wrongAccount } from "./readLive";
import { refusals } from "./refusals";
import { resourceOf } from "./resources";
import { applySentence } from "./sentences";

/** The most versions that a managed policy has. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostVersions = 5;

/**
 * What has to be done so that the account is as the integration says. Pure: the same live state gives the same plan. A plan
 * with refusals has no steps: half of an integration is of no use to anybody.
 */
export function planApply(integration: Integration, live: LiveState): Plan {
  const { identity } = live;
  const refused = [wrongAccount(integration, identity) ?? refusals(integration, live)].flat();
  const desired = desiredResources(integration, identity);
  const steps = refused.length > 0 ? [] : desired.flatMap((each) => applyStep(integration, each, stateOf(live, each)));
  return {
    action: "apply",
    ...planAbout(integration, identity),
    steps: withDependencies(steps, applyOrder),
    refusals: refused,
    notes: refused.length > 0 ? [] : desired.flatMap((each) => applyNotes(each, stateOf(live, each))),
    handBack: handBackThen(integration, identity, live.handBack),
  };
}

/** What must be there before: a role's principals, what an attachment joins, what a part belongs to. */
export const applyOrder: { readonly [Kind in ResourceKind]: readonly ResourceKind[] } = {
  bucket: [],
  "public-access-block": ["bucket"],
  cors: ["bucket"],
  "bucket-policy": ["bucket", "public-access-block"],
  "key-policy": ["role"],
  user: [],
  "access-key": ["user"],
  "managed-policy": [],
  role: ["user"],
  "inline-policy": ["role"],
  "policy-attachment": ["role", "managed-policy"],
};

export type StepWithoutOrder = Omit<Step, "dependsOn" | "permissions">;

/** What every plan says of the integration that it is for. */
export function planAbout(
  integration: Integration,
  identity: Identity,
): Pick<Plan, "integration" | "identity" | "resources"> {
  const { name, manifest } = integration;
  return {
    integration: { id: manifest.id, name, vendor: manifest.vendor },
    identity,
    resources: desiredResources(integration, identity).map(({ kind, name, content }) => ({ kind, name, content })),
  };
}

/**
 * Steps in an order in which they can happen; each depends on those steps of the plan whose kinds have to come before, of a
 * bucket only on its own. What is changed and then deleted is deleted last.
 */
export function withDependencies(
  steps: readonly StepWithoutOrder[],
  order: { readonly [Kind in ResourceKind]: readonly ResourceKind[] },
): readonly Step[] {
  const connected = steps.map((step) => ({
    ...step,
    permissions: stepPermissions(step),
    dependsOn: steps
      .filter(
        ({ verb, kind, name }) =>
          (order[step.kind].includes(kind) && (kind !== "bucket" || name === step.name)) ||
          (step.verb === "delete" && verb !== "delete" && kind === step.kind && name === step.name),
      )
      .map(({ id }) => id),
  }));
  const ordered = new Set<Step>();
  const visited = new Set<Step>();
  const add = (step: Step): void => {
    if (visited.has(step)) return;
    visited.add(step);
    for (const before of connected) if (step.dependsOn.includes(before.id)) add(before);
    ordered.add(step);
  };
  for (const step of connected) add(step);
  return [...ordered];
}

function stateOf(live: LiveState, { kind, name }: { readonly kind: ResourceKind; readonly name: string }) {
  return live.resources.find((state) => state.kind === kind && state.name === name);
}

/** Content and facts of what is there. */
export function beforeOf(state: ResourceState | undefined): JsonObject | undefined {
  const { wholePolicy } = state?.facts ?? {};
  // What is shared with others is read and written as a whole.
  if (wholePolicy !== undefined) return { ...(state?.desired as JsonObject), document: wholePolicy };
  if (state?.live === undefined) return undefined;
  return { ...(state.live as JsonObject), ...state.facts }; // the content of a resource is an object
}

function applyStep(
  integration: Integration,
  desired: DesiredResource,
  state: ResourceState | undefined,
): readonly StepWithoutOrder[] {
  const { kind, name } = desired;
  const before = beforeOf(state);
  if (state?.live !== undefined && !canChange(desired, state)) return [];
  const verb = before === undefined ? "create" : "update";
  const after = contentAfter(desired, state);
  const sentence = applySentence(integration, { verb, kind, name, before, after });
  return [{ id: `${verb} ${kind} ${name}`, verb, kind, name, sentence, before, after }];
}

/** Whether there is a difference that a write takes away. */
function canChange(desired: DesiredResource, state: ResourceState | undefined): boolean {
  if (state?.status !== "differs") return false;
  switch (desired.kind) {
    case "access-key":
      return state.facts?.lostKeyIds !== undefined;
    case "role": {
      const live = state.live as ContentOf["role"]; // what the role's read found
      return resourceOf("role").diff(desired.content as never, { ...live, otherPolicies: [] } as never).length > 0;
    }
    case "bucket": {
      const live = state.live as ContentOf["bucket"]; // what the bucket's read found
      return (
        resourceOf("bucket").diff(desired.content as never, { ...live, region: desired.content.region } as never)
          .length > 0
      );
    }
    default:
      return true;
  }
}

/** All that the write needs, which can be more than the desired content. */
function contentAfter(desired: DesiredResource, state: ResourceState | undefined): JsonValue {
  if (desired.kind === "cors") {
    const rules = state?.facts?.allRules;
    return { rules: mergeRules(objects(rules), desired.content.rules) };
  }
  if (desired.kind === "bucket-policy" || desired.kind === "key-policy") {
    const { document, integrationId } = desired.content;
    const whole = mergeStatements(state?.facts?.wholePolicy, statementsOf(document), integrationId);
    return { document: whole, integrationId };
  }
  if (desired.kind === "access-key" && state?.facts?.lostKeyIds !== undefined) {
    return { ...desired.content, replaces: state.facts.lostKeyIds };
  }
  if (desired.kind === "bucket" && state?.live !== undefined) {
    return { ...desired.content, region: (state.live as ContentOf["bucket"]).region }; // what the bucket's read found
  }
  return desired.kind === "managed-policy" ? withRoomForVersion(desired.content, state) : desired.content;
}

/** A policy's content with the version that has to go first, if one has to. */
export function withRoomForVersion(content: JsonObject, state: ResourceState | undefined): JsonObject {
  const [oldest, ...others] = strings(state?.facts?.oldVersions);
  return oldest !== undefined && others.length + 2 >= mostVersions ? { ...content, deleteVersion: oldest } : content;
}

function applyNotes({ kind, name }: DesiredResource, state: ResourceState | undefined): readonly string[] {
  if (state === undefined || state.live === undefined) return [];
  if (kind === "role") {
    const { otherPolicies } = state.live as ContentOf["role"]; // what the role's read found
    return otherPolicies.map(
      (policy) =>
        `The policy ${policy} is in the role ${name}, too, and stays: Vendor Access did not put it there. It gives the vendor more than the documents say.`,
    );
  }
  if (kind === "access-key" && state.status === "differs" && state.facts?.lostKeyIds === undefined) {
    return [
      `The access key ${strings(state.facts?.accessKeyIds)[0]} of the user ${name} is inactive and stays so: activate it in AWS, or delete it and apply again.`,
    ];
  }
  if (kind === "bucket" && state.status === "differs") {
    return state.differences
      .filter((difference) => difference.startsWith("The bucket is in"))
      .map((difference) => `${difference} A bucket can't be moved: correct the region in integration.json.`);
  }
  return [];
}

export function strings(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

export function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value)
    ? value.filter((item): item is JsonObject => typeof item === "object" && item !== null && !Array.isArray(item))
    : [];
}
