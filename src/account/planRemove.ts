import type { Integration } from "../integration/integration";
import type { LiveState, Plan, ResourceKind, ResourceState } from "./account";
import type { ContentOf } from "./contents";
import { corsRules, markRules, otherRules } from "./corsRules";
import { documentValue } from "./desired";
import { beforeOf, objects, type StepWithoutOrder, strings, withDependencies } from "./plan";
import { wrongAccount } from "./readLive";
import { removeSentence } from "./sentences";

/**
 * What has to be done so that nothing of an integration is left, apart from buckets: they hold data and stay. Pure. Also for
 * what a failed apply has left: it removes whatever is there and ours.
 */
export function planRemove(integration: Integration, live: LiveState): Plan {
  const refusal = wrongAccount(integration, live.identity);
  const present = refusal === undefined ? live.resources.filter((state) => state.live !== undefined) : [];
  const parts = present.map((state) => removal(integration, state));
  return {
    action: "remove",
    integration: { id: integration.manifest.id, name: integration.name, vendor: integration.manifest.vendor },
    identity: live.identity,
    steps: withDependencies(
      parts.flatMap(({ step }) => step ?? []),
      removeOrder,
    ),
    refusals: refusal === undefined ? [] : [refusal],
    notes: parts.flatMap(({ note }) => note ?? []),
    handBack: [],
  };
}

/**
 * What must be gone before. The user goes after the role: a role that trusts a deleted user is broken for good.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-users
 */
const removeOrder: { readonly [Kind in ResourceKind]: readonly ResourceKind[] } = {
  bucket: [],
  "public-access-block": [],
  cors: [],
  "access-key": [],
  "policy-attachment": [],
  "inline-policy": [],
  role: ["policy-attachment", "inline-policy"],
  "managed-policy": ["policy-attachment", "role"],
  user: ["access-key", "role"],
};

interface Removal {
  readonly step?: StepWithoutOrder;
  readonly note?: string;
}

function removal(integration: Integration, state: ResourceState): Removal {
  const { kind, name } = state;
  switch (kind) {
    case "bucket":
      return state.status === "foreign"
        ? {}
        : {
            note: `The bucket ${name} stays, with all public access blocked: it may hold data. Delete it in AWS when you don't need it.`,
          };
    case "public-access-block":
      return {};
    case "cors":
      return corsRemoval(integration, state);
    default: {
      if (state.status === "foreign") return foreignNote(state);
      const elsewhere = strings(state.facts?.attachedElsewhere);
      if (elsewhere.length > 0) {
        return { note: `The policy ${name} stays: it is also attached to the ${elsewhere.join(", ")}.` };
      }
      return { step: deletion(integration, state) };
    }
  }
}

function corsRemoval(integration: Integration, state: ResourceState): Removal {
  const all = objects(state.facts?.allRules);
  const others = otherRules(all, markRules(corsRules(documentValue(integration, "cors")), integration.manifest.id));
  if (others.length === all.length) return {};
  if (others.length === 0) return { step: deletion(integration, state) };
  const { kind, name } = state;
  const before = beforeOf(state);
  const sentence = removeSentence(integration, { verb: "update", kind, name, before });
  return {
    step: { id: `update ${kind} ${name}`, verb: "update", kind, name, sentence, before, after: { rules: others } },
  };
}

function deletion(integration: Integration, state: ResourceState): StepWithoutOrder {
  const { kind, name } = state;
  const before = beforeOf(state);
  const sentence = removeSentence(integration, { verb: "delete", kind, name, before });
  return { id: `delete ${kind} ${name}`, verb: "delete", kind, name, sentence, before, after: undefined };
}

/** Only of what stands by itself: its parts go without saying. */
function foreignNote({ kind, name }: ResourceState): Removal {
  const words: Partial<Record<keyof ContentOf, string>> = { role: "role", user: "user", "managed-policy": "policy" };
  const word = words[kind];
  return word ? { note: `The ${word} ${name} stays: it is not this integration's.` } : {};
}
