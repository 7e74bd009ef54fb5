import type { Integration } from "../integration/integration";
import type { JsonObject } from "../policy/json";
import type { LiveState, Plan, ResourceState } from "./account";
import { desiredResources } from "./desired";
import { handBackThen } from "./handBack";
import { integrationTag, markTags, type Tags } from "./ownership";
import { applyOrder, beforeOf, planAbout, type StepWithoutOrder, withDependencies } from "./plan";
import { wrongAccount } from "./readLive";

/** What has tags of its own; everything else belongs to what it is part of. */
const marked = {
  role: "role",
  "managed-policy": "policy",
  user: "user",
} as const;

/**
 * Marks what is there as the integration's: its tags are set, and nothing else of it changes. What is missing is left to an
 * apply. Pure: the same live state gives the same plan.
 */
export function planAdopt(integration: Integration, live: LiveState): Plan {
  const { identity } = live;
  const states = live.resources.filter((state) => state.live !== undefined && state.kind in marked);
  const refusals = [
    ...[wrongAccount(integration, identity) ?? []].flat(),
    ...states.flatMap((state) => othersMark(state, integration.manifest.id)),
    ...(states.some(({ kind }) => kind === "role")
      ? []
      : [`There is no role ${integration.manifest.role?.name} in the account ${identity.account} to adopt.`]),
  ];
  const steps = refusals.length > 0 ? [] : states.flatMap((state) => markStep(integration, state));
  return {
    action: "apply",
    ...planAbout(integration, identity),
    steps: withDependencies(steps, applyOrder),
    refusals,
    notes: desiredResources(integration, identity).flatMap(({ kind, name }) => {
      const state = live.resources.find((each) => each.kind === kind && each.name === name);
      return state?.live === undefined
        ? [`The ${kind.replaceAll("-", " ")} ${name} is not there: an apply makes it.`]
        : [];
    }),
    handBack: handBackThen(integration, identity, live.handBack),
  };
}

function markStep(integration: Integration, state: ResourceState): readonly StepWithoutOrder[] {
  const { kind, name } = state;
  const before = beforeOf(state);
  if (before === undefined) return [];
  const content = state.live as JsonObject & { readonly tags: Tags }; // what is marked has tags
  const tags = { ...content.tags, ...markTags(integration.manifest) };
  if (Object.entries(tags).every(([key, value]) => content.tags[key] === value)) return [];
  const what = marked[kind as keyof typeof marked]; // only these are asked for
  return [
    {
      id: `update ${kind} ${name}`,
      verb: "update",
      kind,
      name,
      sentence: `Tag the ${what} ${name} as ${integration.name}'s; nothing else of it changes`,
      before,
      after: { ...content, tags },
    },
  ];
}

/** Two integrations never share a resource. */
function othersMark({ kind, name, live }: ResourceState, id: string): readonly string[] {
  const { tags } = live as { readonly tags: Tags }; // what is marked has tags
  const other = tags[integrationTag];
  if (other === undefined || other === id) return [];
  return [`The ${kind.replaceAll("-", " ")} ${name} belongs to another integration already, with the id ${other}.`];
}
