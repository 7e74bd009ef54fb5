import { compact, describeConditions, joined, statementsOf, textsOf } from "./describeParts";
import { describePrincipals } from "./describePrincipals";
import { describeResources } from "./describeResources";
import type { JsonObject, JsonValue } from "./json";

/**
 * What the documents of an integration grant, one sentence each, computed from the documents as they are: an action
 * or a wildcard that has no plain word is named as it is written, and nothing granted is left out. Names the public
 * and every condition.
 */
export function describeAccess(input: {
  readonly permissions: JsonValue;
  readonly trust: JsonValue;
  readonly vendorName: string;
}): readonly string[] {
  const trusting = statementsOf(input.trust).filter(({ Effect }) => Effect !== "Deny");
  const { subject, sentences } = describePrincipals(trusting, input.vendorName);
  if (trusting.length === 0) {
    sentences.push("Nobody may assume the role, so nobody gets any of the following.");
  }
  const granted = statementsOf(input.permissions);
  const allowed = granted.filter(({ Effect }) => Effect !== "Deny").flatMap((item) => describeStatement(item, subject));
  sentences.push(
    ...(allowed.length > 0 ? allowed : [`${subject} may do nothing: the permissions policy allows nothing.`]),
  );
  for (const statement of granted.filter(({ Effect }) => Effect === "Deny")) sentences.push(describeDeny(statement));
  for (const statement of statementsOf(input.trust).filter(({ Effect }) => Effect === "Deny")) {
    sentences.push(`The trust policy denies again: ${compact(withoutEffect(statement))}.`);
  }
  return [...new Set(sentences)];
}

const objectWords = new Map([
  ["s3:listbucket", "list"],
  ["s3:getobject", "read"],
  ["s3:putobject", "write"],
  ["s3:deleteobject", "delete"],
]);
const wordOrder = ["list", "read", "write", "delete"];

function describeStatement(statement: JsonObject, subject: string): string[] {
  const condition = describeConditions(statement.Condition);
  const resources = describeResources(statement.Resource, statement.NotResource);
  if (statement.NotAction !== undefined) {
    const except = joined(textsOf(statement.NotAction), "and");
    return [`${subject} may do everything except ${except} on ${resources.text}${condition}.`];
  }
  const actions = textsOf(statement.Action);
  if (actions.includes("*") || actions.includes("*:*")) {
    return [`${subject} may do anything (every action of every AWS service) on ${resources.text}${condition}.`];
  }
  const words = new Set<string>();
  const others: string[] = [];
  for (const action of actions) {
    const word = resources.onlyBuckets ? objectWords.get(action.toLowerCase()) : undefined;
    if (word === undefined) others.push(action);
    else words.add(word);
  }
  const sentences: string[] = [];
  if (words.size > 0) {
    const verbs = joined(
      wordOrder.filter((word) => words.has(word)),
      "and",
    );
    sentences.push(`${subject} may ${verbs} objects in ${resources.text}${condition}.`);
  }
  if (others.length > 0) {
    const also = words.size > 0 ? "also " : "";
    sentences.push(
      `${subject} may ${also}use ${joined(others.map(describeAction), "and")} on ${resources.text}${condition}.`,
    );
  }
  return sentences;
}

function describeAction(action: string): string {
  if (/^[\w-]+:\*$/.test(action)) return `every action of ${action.slice(0, -2)} (${action})`;
  return /[*?]/.test(action) ? `every action that matches ${action}` : action;
}

function describeDeny(statement: JsonObject): string {
  const resources = describeResources(statement.Resource, statement.NotResource);
  const denied =
    statement.NotAction === undefined
      ? joined(textsOf(statement.Action).map(describeAction), "and")
      : `everything except ${joined(textsOf(statement.NotAction), "and")}`;
  return `Whatever is allowed above, ${denied} on ${resources.text} is denied${describeConditions(statement.Condition)}.`;
}

function withoutEffect(statement: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(statement).filter(([key]) => key !== "Effect" && key !== "Sid"));
}
