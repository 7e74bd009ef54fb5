import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";
import type { Step } from "./account";
import type { ContentOf } from "./contents";
import { describeRule, missingRules } from "./corsRules";
import { userName } from "./desired";
import { documentDifferences } from "./documents";
import { tagDifferences } from "./ownership";

type StepFacts = Pick<Step, "verb" | "kind" | "name" | "before" | "after">;

/** A step of an apply in words. */
export function applySentence(integration: Integration, step: StepFacts): string {
  const { verb, kind, name } = step;
  const creates = verb === "create";
  switch (kind) {
    case "bucket": {
      const { region } = step.after as ContentOf["bucket"]; // as planned
      return creates ? `Create the bucket ${name} in ${region}` : `Tag the bucket ${name}`;
    }
    case "public-access-block":
      return `Block all public access to the bucket ${name}`;
    case "cors": {
      const { rules } = step.after as ContentOf["cors"]; // as planned
      const live = (step.before as { readonly allRules?: readonly JsonObject[] } | undefined)?.allRules ?? []; // as read
      const added = missingRules(live, rules).map(describeRule);
      const others = live.length > 0 ? "; its other CORS rules stay" : "";
      return added.length > 0
        ? `Let browsers reach the bucket ${name}: ${added.join("; ")}${others}`
        : `Take outdated CORS rules from the bucket ${name}${others}`;
    }
    case "user":
      return creates ? `Create the user ${name}, which has no permissions of its own` : `Tag the user ${name}`;
    case "access-key":
      return `Create an access key for the user ${name}`;
    case "managed-policy":
      return creates ? `Create the policy ${name}, which says what the role may do` : policyChange(step);
    case "role":
      return creates ? `Create the role ${name}, which ${whoAssumes(integration)} may assume` : roleChange(step);
    case "inline-policy": {
      const { roleName } = step.after as ContentOf["inline-policy"]; // as planned
      return creates
        ? `Put the inline policy ${name} into the role ${roleName}, which says what the role may do`
        : `Change the inline policy ${name} of the role ${roleName} to what its document says`;
    }
    case "policy-attachment": {
      const { roleName } = step.after as ContentOf["policy-attachment"]; // as planned
      return `Attach the policy ${name} to the role ${roleName}`;
    }
  }
}

/** A step of a removal in words. */
export function removeSentence(
  integration: Integration,
  { verb, kind, name, before }: Omit<StepFacts, "after">,
): string {
  switch (kind) {
    case "cors":
      return verb === "delete"
        ? `Delete the CORS rules of the bucket ${name}, which are all this integration's`
        : `Take this integration's rules out of the CORS rules of the bucket ${name}; the others stay`;
    case "user":
      return `Delete the user ${name}`;
    case "access-key":
      return `Delete the access ${list(before, "accessKeyIds", "key", "keys")} of the user ${name}`;
    case "managed-policy":
      return `Delete the policy ${name}`;
    case "role": {
      const others = (before as ContentOf["role"]).otherPolicies; // as read
      const also = others.length > 0 ? `, after detaching or deleting what else is in it: ${others.join(", ")}` : "";
      return `Delete the role ${name}, so that ${whoAssumes(integration)} can't assume it any more${also}`;
    }
    case "inline-policy":
      return `Delete the inline policy ${name} of the role`;
    case "policy-attachment":
      return `Detach the policy ${name} from the role`;
    case "bucket":
    case "public-access-block":
      return `Keep the bucket ${name}`;
  }
}

function whoAssumes(integration: Integration): string {
  const user = userName(integration);
  return user === undefined ? integration.definition.name : `the user ${user}`;
}

function policyChange({ name, before, after }: StepFacts): string {
  const from = before as ContentOf["managed-policy"]; // as read
  const to = after as ContentOf["managed-policy"]; // as planned
  if (documentDifferences("policy", to.document, from.document).length === 0) return `Tag the policy ${name}`;
  const version = to.deleteVersion ? `; its oldest version ${to.deleteVersion} goes, because AWS keeps five` : "";
  return `Change the policy ${name} to what its document says${version}`;
}

function roleChange({ name, before, after }: StepFacts): string {
  const from = before as ContentOf["role"]; // as read
  const to = after as ContentOf["role"]; // as planned
  const changes = [
    ...documentDifferences("trust policy", to.trustPolicy, from.trustPolicy).map(() => "trust policy"),
    ...(from.description === to.description ? [] : ["description"]),
    ...(from.maxSessionDuration === to.maxSessionDuration ? [] : ["longest session"]),
    ...(tagDifferences(to.tags, from.tags).length === 0 ? [] : ["tags"]),
  ];
  return `Change the ${changes.join(", ")} of the role ${name}`;
}

function list(before: JsonValue | undefined, key: string, one: string, several: string): string {
  const values = (before as { readonly [key: string]: readonly string[] })[key] ?? []; // as read
  return `${values.length === 1 ? one : several} ${values.join(", ")}`;
}
