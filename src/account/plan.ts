import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";
import type { LiveState, Plan, ResourceKind, ResourceState, Step } from "./account";
import type { ContentOf, DesiredResource } from "./contents";
import { mergeRules } from "./corsRules";
import { desiredResources } from "./desired";
import { handBackThen } from "./handBack";
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
    integration: { id: integration.manifest.id, name: integration.name, vendor: integration.manifest.vendor },
    identity,
    steps: withDependencies(steps, applyOrder),
    refusals: refused,
    notes: refused.length > 0 ? [] : desired.flatMap((each) => applyNotes(each, stateOf(live, each))),
    handBack: handBackThen(integration, identity, live.handBack),
  };
}

/** What must be there before: a role's principals, what an attachment joins, what a part belongs to. */
const applyOrder: { readonly [Kind in ResourceKind]: readonly ResourceKind[] } = {
  bucket: [],
  "public-access-block": ["bucket"],
  cors: ["bucket"],
  user: [],
  "access-key": ["user"],
  "managed-policy": [],
  role: ["user"],
  "inline-policy": ["role"],
  "policy-attachment": ["role", "managed-policy"],
};

export type StepWithoutOrder = Omit<Step, "dependsOn">;

/**
 * Steps in an order in which they can happen; each depends on those steps of the plan whose kinds have to come before, of a
 * bucket only on its own.
 */
export function withDependencies(
  steps: readonly StepWithoutOrder[],
  order: { readonly [Kind in ResourceKind]: readonly ResourceKind[] },
): readonly Step[] {
  const connected = steps.map((step) => ({
    ...step,
    dependsOn: steps
      .filter(({ kind, name }) => order[step.kind].includes(kind) && (kind !== "bucket" || name === step.name))
      .map(({ id }) => id),
  }));
  const ordered = new Set<Step>();
  const add = (step: Step): void => {
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
  if (before !== undefined && !canChange(desired, state)) return [];
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
      return false;
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
  if (desired.kind === "bucket" && state?.live !== undefined) {
    return { ...desired.content, region: (state.live as ContentOf["bucket"]).region }; // what the bucket's read found
  }
  const [oldest, ...others] = strings(state?.facts?.oldVersions);
  if (desired.kind === "managed-policy" && oldest !== undefined && others.length + 2 >= mostVersions) {
    return { ...desired.content, deleteVersion: oldest };
  }
  return desired.content;
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
  if (kind === "access-key" && state.status === "differs") {
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
