import { type Arn, bucketOf, isBucketOrObjectArn, parseArn } from "../policy/arn";
import { joined } from "../policy/explain/words";
import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { canMatch, resourceKinds, resourceTypesOf } from "../policy/resourceTypes";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { contentRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import { arnProblem } from "./arnProblem";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { addBeside, replaceNode } from "./textEdits";

/**
 * An action of S3, KMS or STS that no resource of its statement can ever match, such as s3:ListBucket beside nothing
 * but `arn:aws:s3:::bucket/*`. AWS accepts it and it grants nothing.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function resourceLevelMismatch({ policy, text, context: { reference } }: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of policy?.statements ?? []) {
    const resources = readResources(statement);
    if (resources === undefined) continue;
    const kinds = resourceKinds(resources.map(({ arn }) => arn));
    // An alias where a key belongs is kms-key-arn-invalid's.
    const keys = resources.some(({ arn }) => arn.service === "kms");
    const wrong = statement.actions.filter(
      ({ value }) =>
        (!canMatch(value, kinds) && !(keys && value.toLowerCase().startsWith("kms:"))) ||
        isOfOtherService(value, resources, reference),
    );
    if (wrong.length === 0 || resources.some(namesNothing)) continue;
    // One cause, one finding: the actions that lack the same kind of resource.
    for (const group of grouped(wrong)) findings.push(findingOf(text, statement, resources, group));
  }
  return findings;
}

interface Resource {
  readonly node: StringNode;
  readonly arn: Arn;
}

/** Undefined when a resource is not an ARN or not a text (a template's function): nothing is certain then. */
function readResources({ elements, resources }: Statement): readonly Resource[] | undefined {
  const value = elements.get("Resource")?.value;
  if (value === undefined || resources.length === 0) return undefined;
  if (value.kind === "array" && value.items.length !== resources.length) return undefined;
  const read: Resource[] = [];
  for (const node of resources) {
    const arn = parseArn(node.value);
    if (arn === undefined) return undefined;
    read.push({ node, arn });
  }
  return read;
}

/**
 * An action of another service beside nothing but buckets and objects: none takes those, but Systems Manager.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
function isOfOtherService(
  action: string,
  resources: readonly Resource[],
  reference: ServiceReference | undefined,
): boolean {
  if (!/^(?!(?:s3|kms|sts|ssm):)[a-z0-9-]+:/i.test(action)) return false;
  if (!resources.every(({ arn }) => arn.service === "s3" && isBucketOrObjectArn(arn))) return false;
  // What is no action is action-unknown's.
  return reference !== undefined && (hasWildcard(action) ? reference.matchesAny(action) : reference.isAction(action));
}

/** An ARN that AWS does not have is arn-invalid's, one without a bucket bucket-name-invalid's. */
function namesNothing({ node, arn }: Resource): boolean {
  return bucketOf(arn) === "" || arnProblem(node.value) !== undefined;
}

function grouped(actions: readonly StringNode[]): readonly (readonly [StringNode, ...StringNode[]])[] {
  const groups = new Map<string, [StringNode, ...StringNode[]]>();
  for (const action of actions) {
    const need = needOf(action.value);
    const group = groups.get(need);
    if (group === undefined) groups.set(need, [action]);
    else group.push(action);
  }
  return [...groups.values()];
}

/** What the action works on: `a bucket (arn:aws:s3:::bucket)`. */
function needOf(action: string): string {
  const types = resourceTypesOf(action);
  const [first] = types ?? [];
  if (first === undefined) {
    const [service = ""] = action.toLowerCase().split(":");
    return service === "s3"
      ? "objects"
      : service === "kms" || service === "sts"
        ? "other resources"
        : `resources of ${service}`;
  }
  if (first === "everything") return "no single resource";
  if (first === "bucket") return "the bucket itself";
  return first === "object" ? "objects" : `${/^[aeiou]/.test(first) ? "an" : "a"} ${first}`;
}

function findingOf(
  text: string,
  statement: Statement,
  resources: readonly Resource[],
  actions: readonly [StringNode, ...StringNode[]],
): Finding {
  const need = needOf(actions[0].value);
  const names = actions.map(({ value }) => value);
  const one = names.length === 1;
  const denies = statement.effect?.value === "Deny";
  return {
    check: "resource-level-mismatch",
    severity: "error",
    message: `${joined(names, "and")} ${one ? "works" : "work"} on ${need}${need === "no single resource" ? ", only on *" : ""}, and this statement names only ${kindsOf(resources)}, so AWS would never ${denies ? "deny" : "allow"} ${one ? "it" : "them"}.`,
    range: contentRange(text, actions[0]),
    fixes: fixesOf(text, statement, resources, need),
  };
}

function kindsOf(resources: readonly Resource[]): string {
  const kinds = resources.map(({ arn }) => {
    if (!isBucketOrObjectArn(arn)) return arn.service === "kms" ? "a KMS key" : `resources of ${arn.service}`;
    return arn.resource.includes("/") ? "objects (…/*)" : "a bucket without its objects (no /*)";
  });
  return joined([...new Set(kinds)], "and");
}

/** The ARN that the actions lack: put beside the one that is there, or in its place where no action can use that. */
function fixesOf(text: string, statement: Statement, resources: readonly Resource[], need: string): Fix[] {
  if (need !== "objects" && need !== "the bucket itself") return [];
  const fixes: Fix[] = [];
  const buckets = new Map<string, Resource>();
  for (const resource of resources) {
    const bucket = bucketOf(resource.arn);
    if (bucket === undefined || bucket === "" || hasWildcard(bucket)) return [];
    if (!buckets.has(bucket)) buckets.set(bucket, resource);
  }
  const kinds = resourceKinds(resources.map(({ arn }) => arn));
  const used = statement.actions.some(({ value }) => canMatch(value, kinds));
  const edits = [...buckets].flatMap(([bucket, { node, arn }]) => {
    const wanted = `arn:${arn.partition}:s3:::${bucket}${need === "objects" ? "/*" : ""}`;
    return used || resources.length > buckets.size
      ? addBeside(text, statement.elements.get("Resource")?.value, node, wanted)
      : [replaceNode(node, wanted)];
  });
  const title = need === "objects" ? "Name the objects (/*) as well" : "Name the bucket itself as well";
  const single = statement.elements.get("Resource")?.value?.kind !== "array";
  // A single text can become a list only once.
  if (edits.length > 0 && (!single || buckets.size === 1)) fixes.push({ title, edits, safe: true });
  return fixes;
}
