import type { JsonNode } from "../json";
import type { PolicyDocument, Statement } from "../policyDocument";
import { principalTypes, statementElements } from "../policyWords";
import type { PolicyLayer, StatementElement } from "./evaluation";
import { lastOfEach } from "./lastOfEach";
import type { NamedPrincipal } from "./matchPrincipal";
import { refusedResource } from "./matchResource";

/** What a policy is attached to, which decides the elements that its statements may have. */
export type PolicyPlace = Exclude<PolicyLayer, "resource"> | "trust" | "key" | "bucket" | "otherResource";

/** Why AWS would refuse a statement, at which element. */
export interface Refusal {
  readonly element: StatementElement;
  readonly reason: string;
}

/** Do variables stand for values? In no version but the newest; in others they are plain text. */
export function hasVariables(policy: PolicyDocument): boolean {
  return policy.version?.value === "2012-10-17";
}

/**
 * Why AWS would refuse every statement of a policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function refusedPolicy({ root }: PolicyDocument): Refusal | undefined {
  for (const { key, value } of lastOfEach(root.properties)) {
    if (key.value !== "Version") continue;
    const version = value?.kind === "string" ? value.value : undefined;
    if (version !== "2012-10-17" && version !== "2008-10-17") {
      return { element: "Statement", reason: "AWS refuses the policy for its Version" };
    }
  }
  return undefined;
}

/**
 * Why AWS would refuse a statement, as far as it can be told without the request; its Condition is judged with it.
 * A refused statement neither allows nor denies: the policy that has it can't exist.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function refusedStatement(
  statement: Statement,
  place: PolicyPlace,
  withVariables: boolean,
): Refusal | undefined {
  for (const name of statement.elements.keys()) {
    if (!statementElements.has(name))
      return { element: "Statement", reason: `AWS refuses the element ${name}, which it does not know` };
  }
  const effect = statement.effect?.value;
  if (effect !== "Allow" && effect !== "Deny") {
    return { element: "Effect", reason: "AWS refuses a statement whose Effect is neither Allow nor Deny" };
  }
  return (
    refusedPrincipal(statement, place) ??
    refusedPair(statement, "Action", "NotAction") ??
    refusedActions(statement) ??
    refusedResources(statement, place, withVariables)
  );
}

function refusedPrincipal(statement: Statement, place: PolicyPlace): Refusal | undefined {
  const has = statement.elements.has("Principal");
  const hasNot = statement.elements.has("NotPrincipal");
  const element = has ? "Principal" : "NotPrincipal";
  switch (place) {
    case "identity":
    case "boundary":
    case "session":
    case "serviceControl":
      if (!has && !hasNot) return undefined;
      return { element, reason: `AWS refuses ${element} in a policy that applies to whoever it is attached to` };
    default:
      if (has && hasNot) return { element, reason: "AWS refuses both Principal and NotPrincipal in one statement" };
      if (!has && !hasNot)
        return { element: "Principal", reason: "AWS refuses a statement here that names no Principal" };
      if (hasNot && (place === "trust" || place === "resourceControl")) {
        return { element, reason: "AWS refuses NotPrincipal here" };
      }
      return readPrincipals(statement, element) === undefined
        ? { element, reason: `AWS refuses a ${element} of this form` }
        : undefined;
  }
}

/** The principals of an element; undefined when it has not the form that AWS asks for. */
export function readPrincipals(
  statement: Statement,
  element: "Principal" | "NotPrincipal",
): readonly NamedPrincipal[] | undefined {
  const value = statement.elements.get(element)?.value;
  if (value?.kind === "string") return value.value === "*" ? [{ type: "*", name: "*" }] : undefined;
  if (value?.kind !== "object") return undefined;
  const principals: NamedPrincipal[] = [];
  for (const { key, value: names } of lastOfEach(value.properties)) {
    const texts = readTexts(names);
    if (texts === undefined || !principalTypes.has(key.value)) return undefined;
    for (const name of texts) principals.push({ type: key.value, name });
  }
  return principals.length === 0 ? undefined : principals;
}

function refusedPair(
  { elements: present }: Statement,
  element: "Action" | "Resource",
  negated: "NotAction" | "NotResource",
): Refusal | undefined {
  const has = present.has(element);
  if (has && present.has(negated))
    return { element, reason: `AWS refuses both ${element} and ${negated} in one statement` };
  if (!has && !present.has(negated)) return { element, reason: `AWS refuses a statement without ${element}` };
  const name = has ? element : negated;
  const texts = readTexts(present.get(name)?.value);
  if (texts === undefined)
    return { element: name, reason: `AWS refuses ${name} that is neither a text nor a list of texts` };
  // "When the element is empty, the policy statement provides no permissions."
  if (texts.length === 0) return { element: name, reason: `an empty ${name} has no effect` };
  return undefined;
}

function refusedActions({ actions, notActions }: Statement): Refusal | undefined {
  const negated = actions.length === 0;
  for (const { value } of negated ? notActions : actions) {
    if (value !== "*" && !value.includes(":")) {
      return {
        element: negated ? "NotAction" : "Action",
        reason: `AWS refuses the action ${value}, which names no service`,
      };
    }
  }
  return undefined;
}

function refusedResources(statement: Statement, place: PolicyPlace, withVariables: boolean): Refusal | undefined {
  const has = statement.elements.has("Resource");
  const hasNot = statement.elements.has("NotResource");
  const name = has ? "Resource" : "NotResource";
  if (place === "trust") {
    if (!has && !hasNot) return undefined;
    return { element: name, reason: `AWS refuses ${name} in a trust policy` };
  }
  // Some services' resource policies have none: the policy of a repository of ECR, of a topic of SNS.
  if (place === "otherResource" && !has && !hasNot) return undefined;
  const refusal = refusedPair(statement, "Resource", "NotResource");
  if (refusal !== undefined) return refusal;
  for (const { value } of has ? statement.resources : statement.notResources) {
    const reason = refusedResource(value, withVariables, place !== "session");
    if (reason !== undefined) return { element: name, reason: `AWS refuses the statement: ${reason}` };
  }
  return undefined;
}

function readTexts(value: JsonNode | undefined): readonly string[] | undefined {
  if (value?.kind === "string") return [value.value];
  if (value?.kind !== "array") return undefined;
  const texts: string[] = [];
  for (const item of value.items) {
    if (item.kind !== "string") return undefined;
    texts.push(item.value);
  }
  return texts;
}
