import { hasWildcard } from "../wildcards";
import { conditionPhrase } from "./conditions";
import { describeWho } from "./describeGrantees";
import type { Grant } from "./explanation";
import { predicatesOf } from "./predicates";

/** What the grants allow, one sentence for each thing, the dangerous first: for a terminal or a confirmation. */
export function grantSentences(grants: readonly Grant[]): readonly string[] {
  const sentences: string[] = [];
  let subject: string | undefined;
  for (const grant of grants) {
    const conditions = conditionPhrase(grant.conditions);
    const who = describeWho(grant);
    for (const predicate of predicatesOf(grant)) {
      sentences.push(`${who === subject ? "It" : who} may ${predicate}${conditions}.`);
      subject = who;
    }
  }
  return [...new Set(sentences)];
}

/**
 * What is not granted, where that is sure: all documents of a role are known, and they grant only objects of buckets and KMS keys, each named, and nothing that could send
 * data or rights elsewhere.
 */
export function limitSentence(grants: readonly Grant[]): string | undefined {
  const plain = grants.length > 0 && grants.every(isPlain);
  return plain ? "It may not change permissions or reach any other bucket." : undefined;
}

/** Changes of objects; whatever else writes can have effects beyond the bucket. */
const objectChanges =
  /^s3:((put|delete)object(version)?(tagging|legalhold|retention|annotation)?|abortmultipartupload|restoreobject)$/i;

function isPlain({ who, role, abilities, resources, everyActionOf }: Grant): boolean {
  return (
    role !== undefined &&
    who.length > 0 &&
    everyActionOf.length === 0 &&
    resources.every(
      ({ kind, pattern, bucket }) =>
        (kind === "key" && !hasWildcard(pattern) && !pattern.includes("${")) ||
        ((kind === "bucket" || kind === "objects") && !hasWildcard(bucket ?? "*") && !bucket?.includes("${")),
    ) &&
    abilities.every(({ ability, actions }) => {
      if (["read", "list"].includes(ability)) return actions.every((action) => /^(s3|kms):/i.test(action));
      if (["encrypt", "decrypt"].includes(ability)) return true;
      return ["write", "delete"].includes(ability) && actions.every((action) => objectChanges.test(action));
    })
  );
}

/** A notification has room for about this many characters. */
const notificationLength = 400;

/** The same for a notification: "Activeloop (role …) may list and read objects in training-data. It may not …" */
export function notificationText(grants: readonly Grant[]): string {
  const sentences = grantSentences(grants);
  if (sentences.length === 0) return "Nobody may do anything.";
  const limit = limitSentence(grants);
  const shown: string[] = [];
  for (const sentence of limit === undefined ? sentences : [...sentences, limit]) {
    if (shown.length > 0 && shown.join(" ").length + sentence.length > notificationLength) break;
    shown.push(sentence);
  }
  const left = sentences.length - shown.length;
  return left > 0 ? `${shown.join(" ")} And ${left} more.` : shown.join(" ");
}
