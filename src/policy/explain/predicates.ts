import { describeResources } from "./describeResources";
import type { Grant, GrantedResource } from "./explanation";
import { joined, listed } from "./words";

/** The actions of which a person says just that. */
const objectVerbs: readonly (readonly [action: string, verb: string])[] = [
  ["s3:getobject", "read"],
  ["s3:putobject", "write"],
  ["s3:deleteobject", "delete"],
];
const keyVerbs: readonly (readonly [actions: readonly string[], verb: string])[] = [
  [["kms:encrypt"], "encrypt"],
  [["kms:decrypt"], "decrypt"],
  [["kms:reencryptfrom", "kms:reencryptto"], "re-encrypt"],
  [["kms:generatedatakey"], "make data keys"],
  [["kms:describekey"], "look up its details"],
];
/** Other ways to make data keys. */
const dataKeys = [
  "kms:generatedatakeywithoutplaintext",
  "kms:generatedatakeypair",
  "kms:generatedatakeypairwithoutplaintext",
];

/**
 * What a grant allows, to stand after "may": the worst first, nothing left out; many actions are counted after the first
 * ones. A verb stands only for the action that does it: who may read an object's tags is not said to read it.
 */
export function predicatesOf({
  abilities,
  resources,
  everyActionOf,
}: Pick<Grant, "abilities" | "resources" | "everyActionOf">): readonly string[] {
  const all = abilities.flatMap(({ actions }) => actions);
  const where = describeResources(resources);
  if (everyActionOf.includes("*")) return [`do anything (every action of every AWS service) on ${where}`];
  const rest = new Set(all.filter((action) => !everyActionOf.includes(serviceOf(action))));
  const predicates: string[] = [];
  if (everyActionOf.length > 0) {
    predicates.push(`do anything (every action of ${listed(everyActionOf)}) on ${where}`);
  }
  const take = (...names: readonly string[]): boolean => {
    const found = [...rest].filter((action) => names.includes(action.toLowerCase()));
    if (found.length < names.length) return false;
    for (const action of found) rest.delete(action);
    return true;
  };
  const managing =
    abilities.find(({ ability }) => ability === "manage permissions")?.actions.filter((action) => rest.has(action)) ??
    [];
  if (managing.length > 0) {
    predicates.push(`change who may do what (${listed(managing)}) on ${where}`);
    for (const action of managing) rest.delete(action);
  }
  if (take("sts:assumerole")) {
    predicates.push(`assume ${resources.some(({ kind }) => kind === "any") ? "every role that trusts it" : where}`);
  }
  if (take("s3:listallmybuckets")) predicates.push("see the names of all buckets");
  predicates.push(...bucketPredicates(resources, take), ...keyPredicates(resources, take, rest));
  if (rest.size > 0) {
    const also = predicates.length > 0 ? "also " : "";
    predicates.push(`${also}use ${listed([...rest])} on ${where}`);
  }
  return predicates;
}

type Take = (...names: readonly string[]) => boolean;

function bucketPredicates(resources: readonly GrantedResource[], take: Take): readonly string[] {
  const buckets = resources.filter(({ kind }) => kind === "bucket" || kind === "any");
  const objects = resources.filter(({ kind }) => kind === "objects" || kind === "any");
  const lists = buckets.length > 0 && take("s3:listbucket") ? ["list"] : [];
  const verbs = objects.length === 0 ? [] : objectVerbs.filter(([action]) => take(action)).map(([, verb]) => verb);
  const region = buckets.length > 0 && take("s3:getbucketlocation");
  const [inBuckets, inObjects] = [bucketNames(buckets), bucketNames(objects)];
  const phrases: string[] = [];
  if (lists.length > 0 && verbs.length > 0 && inBuckets === inObjects) {
    phrases.push(`${joined([...lists, ...verbs], "and")} objects in ${inObjects}`);
  } else {
    if (lists.length > 0) phrases.push(`list objects in ${inBuckets}`);
    if (verbs.length > 0) phrases.push(`${joined(verbs, "and")} objects in ${inObjects}`);
  }
  if (region) {
    const one = buckets.length === 1 && buckets[0]?.kind === "bucket";
    phrases.push(
      phrases.length > 0 ? `see the ${one ? "bucket’s region" : "buckets’ regions"}` : `see the region of ${inBuckets}`,
    );
  }
  const [last] = phrases.slice(-1);
  if (region && phrases.length > 1) return [`${phrases.slice(0, -1).join(" and ")}, and ${last}`];
  return phrases.length === 0 ? [] : [phrases.join(" and ")];
}

function bucketNames(resources: readonly GrantedResource[]): string {
  return describeResources(
    resources.map((resource) => (resource.kind === "any" ? { ...resource, kind: "bucket", bucket: "*" } : resource)),
  );
}

function keyPredicates(
  resources: readonly GrantedResource[],
  take: Take,
  rest: ReadonlySet<string>,
): readonly string[] {
  const keys = resources.filter(({ kind }) => kind === "key" || kind === "any");
  if (keys.length === 0) return [];
  const verbs = keyVerbs.filter(([actions]) => take(...actions)).map(([, verb]) => verb);
  if (verbs.includes("make data keys")) {
    for (const action of dataKeys) if ([...rest].some((each) => each.toLowerCase() === action)) take(action);
  }
  if (verbs.length === 0) return [];
  const only = keys.length === 1 ? keys[0] : undefined;
  const name =
    only?.kind === "any"
      ? `every KMS key (${only.pattern})`
      : only?.pattern === "*"
        ? "this KMS key"
        : `the KMS key${keys.length > 1 ? "s" : ""} ${describeResources(keys)}`;
  return [`use ${name} to ${joined(verbs, "and")}`];
}

function serviceOf(action: string): string {
  return action.slice(0, Math.max(action.indexOf(":"), 0));
}
