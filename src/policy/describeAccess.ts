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
  /** Whether to say what is not granted, too, where that is sure. Beside a removal it would mislead. */
  readonly limits?: boolean;
}): readonly string[] {
  const trusting = statementsOf(input.trust).filter(({ Effect }) => Effect !== "Deny");
  const { subject, sentences } = describePrincipals(trusting, input.vendorName);
  if (trusting.length === 0) {
    sentences.push("Nobody may assume the role, so nobody gets any of the following.");
  }
  const granted = statementsOf(input.permissions);
  const allowing = granted.filter(({ Effect }) => Effect !== "Deny");
  const allowed = [...new Set(allowing.flatMap(describeStatement))];
  sentences.push(
    ...(allowed.length > 0 ? allowed : ["may do nothing: the permissions policy allows nothing"]).map(
      (predicate, index) => `${index === 0 ? subject : "It"} ${predicate}.`,
    ),
  );
  if (input.limits !== false && allowed.length > 0 && allowing.every(isPlain)) {
    sentences.push("It may not change permissions or reach any other bucket.");
  }
  for (const statement of granted.filter(({ Effect }) => Effect === "Deny")) sentences.push(describeDeny(statement));
  for (const statement of statementsOf(input.trust).filter(({ Effect }) => Effect === "Deny")) {
    sentences.push(`The trust policy denies again: ${compact(withoutEffect(statement))}.`);
  }
  return [...new Set(sentences)];
}

/** Actions that people have a word for; any other is named as it is written. */
const objectWords = new Map([
  ["s3:listbucket", "list"],
  ["s3:getobject", "read"],
  ["s3:putobject", "write"],
  ["s3:deleteobject", "delete"],
]);
const keyWords = new Map([
  ["kms:encrypt", "encrypt"],
  ["kms:decrypt", "decrypt"],
  ["kms:reencrypt*", "re-encrypt"],
  ["kms:generatedatakey*", "make data keys"],
  ["kms:describekey", "look up its details"],
]);
const wordOrder = [...objectWords.values(), ...keyWords.values()];
const regionAction = "s3:getbucketlocation";

/** Only actions with a word, on buckets and keys by their names: what is not said is really not granted. */
function isPlain(statement: JsonObject): boolean {
  if (statement.NotAction !== undefined) return false;
  const { onlyBuckets, onlyKeys, named } = describeResources(statement.Resource, statement.NotResource);
  return textsOf(statement.Action).every((action) => {
    const name = action.toLowerCase();
    return (
      named && ((onlyBuckets && (objectWords.has(name) || name === regionAction)) || (onlyKeys && keyWords.has(name)))
    );
  });
}

function describeStatement(statement: JsonObject): string[] {
  const condition = describeConditions(statement.Condition);
  const resources = describeResources(statement.Resource, statement.NotResource);
  if (statement.NotAction !== undefined) {
    const except = joined(textsOf(statement.NotAction), "and");
    return [`may do everything except ${except} on ${resources.text}${condition}`];
  }
  const actions = textsOf(statement.Action);
  if (actions.includes("*") || actions.includes("*:*")) {
    return [`may do anything (every action of every AWS service) on ${resources.text}${condition}`];
  }
  const known = resources.onlyBuckets ? objectWords : resources.onlyKeys ? keyWords : undefined;
  const words = new Set<string>();
  let seesRegion = false;
  const others: string[] = [];
  for (const action of actions) {
    const name = action.toLowerCase();
    const word = known?.get(name);
    if (word !== undefined) words.add(word);
    else if (resources.onlyBuckets && name === regionAction) seesRegion = true;
    else others.push(action);
  }
  const predicates: string[] = [];
  if (words.size > 0) {
    const verbs = joined(
      wordOrder.filter((word) => words.has(word)),
      "and",
    );
    const region = seesRegion ? ", and see the bucket’s region" : "";
    predicates.push(
      resources.onlyKeys
        ? `may use the KMS key ${resources.text} to ${verbs}${condition}`
        : `may ${verbs} objects in ${resources.text}${region}${condition}`,
    );
  } else if (seesRegion) {
    predicates.push(`may see the region of ${resources.text}${condition}`);
  }
  if (others.length > 0) {
    const also = words.size > 0 ? "also " : "";
    predicates.push(`may ${also}use ${joined(others.map(describeAction), "and")} on ${resources.text}${condition}`);
  }
  return predicates;
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
