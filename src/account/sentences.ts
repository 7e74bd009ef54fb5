import { isPending } from "../integration/completion";
import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";
import type { Step } from "./account";
import type { ContentOf } from "./contents";
import { describeRule, missingRules } from "./corsRules";
import { userName } from "./desired";
import { documentDifferences } from "./documents";
import { tagDifferences } from "./ownership";
import { ownStatements, statementsOf, withoutOwnStatements } from "./policyStatements";

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
    case "bucket-policy":
      return `${statementChange(integration, step)} the policy of the bucket ${name}${otherStatements(integration, step)}`;
    case "key-policy":
      return `${statementChange(integration, step)} the policy of the KMS key ${name}${otherStatements(integration, step)}`;
    case "user":
      return creates ? `Create the user ${name}, which has no permissions of its own` : `Tag the user ${name}`;
    case "access-key":
      return creates
        ? `Create an access key for the user ${name}`
        : `Create an access key for the user ${name} in place of ${list(step.after, "replaces")}, whose secret was lost`;
    case "managed-policy":
      return creates ? `Create the policy ${name}, which says what the role may do` : policyChange(step);
    case "role":
      if (!creates) return roleChange(step);
      return isPending(integration)
        ? `Create the role ${name}, which nobody may assume until ${integration.definition.name} has answered`
        : `Create the role ${name}, which ${whoAssumes(integration)} may assume`;
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
    case "bucket-policy":
      return verb === "delete"
        ? `Delete the policy of the bucket ${name}, which is all this integration's`
        : `Take this integration's statements out of the policy of the bucket ${name}; the others stay`;
    case "key-policy":
      return `Take this integration's statements out of the policy of the KMS key ${name}; the others stay`;
    case "user":
      return `Delete the user ${name}`;
    case "access-key":
      return `Delete the access key ${list(before, "accessKeyIds")} of the user ${name}`;
    case "managed-policy":
      return `Delete the policy ${name}`;
    case "role":
      return verb === "delete"
        ? `Delete the role ${name}`
        : `Empty the trust policy of the role ${name}, so that ${whoAssumes(integration)} can't assume it any more`;
    case "inline-policy":
      return `Delete the inline policy ${name} of the role`;
    case "policy-attachment":
      return `Detach the policy ${name} from the role`;
    case "bucket":
    case "public-access-block":
      return `Keep the bucket ${name}`;
  }
}

function statementChange({ definition, manifest }: Integration, { before }: StepFacts): string {
  const { document } = (before ?? {}) as Partial<ContentOf["bucket-policy"]>; // as read
  return ownStatements(document, manifest.id).length > 0
    ? "Change this integration's statements in"
    : `Let ${definition.name} in by`;
}

function otherStatements({ manifest }: Integration, { before }: StepFacts): string {
  const { document } = (before ?? {}) as Partial<ContentOf["bucket-policy"]>; // as read
  const others = statementsOf(withoutOwnStatements(document, manifest.id)).length;
  if (others === 0) return "";
  return others === 1 ? "; its other statement stays" : `; its ${others} other statements stay`;
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

function list(value: JsonValue | undefined, key: string): string {
  return ((value as { readonly [key: string]: readonly string[] })[key] ?? []).join(" and "); // as read, or planned
}
