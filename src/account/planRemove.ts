import type { Integration } from "../integration/integration";
import type { JsonObject } from "../policy/json";
import { samePolicy } from "../policy/normalizePolicy";
import type { LiveState, Plan, ResourceKind, ResourceState } from "./account";
import type { ContentOf } from "./contents";
import { otherRules } from "./corsRules";
import { beforeOf, objects, planAbout, type StepWithoutOrder, strings, withDependencies } from "./plan";
import { ownStatements, withoutOwnStatements } from "./policyStatements";
import { wrongAccount } from "./readLive";
import { nobody } from "./resources/role";
import { removeSentence } from "./sentences";

/**
 * What has to be done so that nothing of an integration is left, apart from buckets, which hold data, and what others have
 * put something into. Pure. Access goes first: what lets the vendor in is gone or lets nobody in before anything else is
 * cleaned up, so that a removal that stops half way has done what matters.
 */
export function planRemove(integration: Integration, live: LiveState): Plan {
  const refusal = wrongAccount(integration, live.identity);
  const present = refusal === undefined ? live.resources.filter((state) => state.live !== undefined) : [];
  const parts = present.map((state) => removal(state, (step) => removeSentence(integration, step)));
  return {
    action: "remove",
    ...planAbout(integration, live.identity),
    steps: withDependencies(
      parts.flatMap(({ steps = [] }) => steps),
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
export const removeOrder: { readonly [Kind in ResourceKind]: readonly ResourceKind[] } = {
  bucket: [],
  "public-access-block": [],
  cors: [],
  "bucket-policy": [],
  "key-policy": [],
  "access-key": [],
  "policy-attachment": [],
  "inline-policy": [],
  role: ["policy-attachment", "inline-policy"],
  "managed-policy": ["policy-attachment", "role"],
  user: ["access-key", "role"],
};

interface Removal {
  readonly steps?: readonly StepWithoutOrder[];
  /** Why it stays, or a part of it. */
  readonly note?: string;
}

type Sentence = (step: Pick<StepWithoutOrder, "verb" | "kind" | "name" | "before">) => string;

/** How what is there and ours goes, whoever asks for it. */
export function removal(state: ResourceState, sentence: Sentence): Removal {
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
      return corsRemoval(state, sentence);
    case "bucket-policy":
    case "key-policy":
      return statementRemoval(state, sentence);
    case "role":
      return state.status === "foreign" ? foreignNote(state) : roleRemoval(state, sentence);
    default: {
      if (state.status === "foreign") return foreignNote(state);
      const elsewhere = strings(state.facts?.attachedElsewhere);
      if (elsewhere.length > 0) {
        return { note: `The policy ${name} stays: it is also attached to the ${elsewhere.join(", ")}.` };
      }
      return { steps: [deletion(state, sentence)] };
    }
  }
}

/** First it lets nobody in any more. What others have put into it would be lost with it: then it stays so. */
function roleRemoval(state: ResourceState, sentence: Sentence): Removal {
  const { kind, name, lastUsed } = state;
  const live = state.live as ContentOf["role"]; // what the role's read found
  const before = beforeOf(state);
  const said = sentence({ verb: "update", kind, name, before });
  const used = lastUsed === undefined ? said : `${said} (${lastUsed})`;
  const closing: StepWithoutOrder[] = samePolicy(live.trustPolicy, nobody)
    ? []
    : [change(state, { ...live, trustPolicy: nobody }, used)];
  if (live.otherPolicies.length === 0) return { steps: [...closing, deletion(state, sentence)] };
  return {
    steps: closing,
    note: `The role ${name} stays, with a trust policy that lets nobody in: ${live.otherPolicies.join(" and ")} in it is not this integration's. Delete it in AWS when nobody needs it.`,
  };
}

function corsRemoval(state: ResourceState, sentence: Sentence): Removal {
  const all = objects(state.facts?.allRules);
  const ours = (state.desired as ContentOf["cors"]).rules; // as the integration wants them
  const others = otherRules(all, ours);
  if (others.length === all.length) return {};
  if (others.length === 0) return { steps: [deletion(state, sentence)] };
  return { steps: [change(state, { rules: others }, sentence)] };
}

/** Ours go; a bucket's policy without any other goes with them. */
function statementRemoval(state: ResourceState, sentence: Sentence): Removal {
  const whole = state.facts?.wholePolicy;
  const { integrationId: id } = state.desired as ContentOf["bucket-policy"]; // as the integration wants it
  if (ownStatements(whole, id).length === 0) return {};
  const { kind, name } = state;
  const others = withoutOwnStatements(whole, id);
  if (others === undefined && kind === "bucket-policy") return { steps: [deletion(state, sentence)] };
  if (others === undefined) {
    return {
      note: `The policy of the KMS key ${name} stays: nobody else is named in it, and AWS keeps no key without a policy.`,
    };
  }
  return { steps: [change(state, { document: others, integrationId: id }, sentence)] };
}

function change(state: ResourceState, after: JsonObject, sentence: Sentence | string): StepWithoutOrder {
  const { kind, name } = state;
  const before = beforeOf(state);
  const said = typeof sentence === "string" ? sentence : sentence({ verb: "update", kind, name, before });
  return { id: `update ${kind} ${name}`, verb: "update", kind, name, sentence: said, before, after };
}

export function deletion(state: ResourceState, sentence: Sentence): StepWithoutOrder {
  const { kind, name } = state;
  const before = beforeOf(state);
  const said = sentence({ verb: "delete", kind, name, before });
  return { id: `delete ${kind} ${name}`, verb: "delete", kind, name, sentence: said, before, after: undefined };
}

/** Only of what stands by itself: its parts go without saying. */
function foreignNote({ kind, name }: ResourceState): Removal {
  const words: Partial<Record<keyof ContentOf, string>> = { role: "role", user: "user", "managed-policy": "policy" };
  const word = words[kind];
  return word ? { note: `The ${word} ${name} stays: it is not this integration's.` } : {};
}
