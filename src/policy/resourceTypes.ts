import { type Arn, isBucketOrObjectArn } from "./arn";
import { actionsByResource, resourceForms } from "./resourceTypes.generated";
import { hasWildcard, matchesPattern } from "./wildcards";

/**
 * Which kinds of resources the actions of S3, KMS and STS work on. From the Service Authorization Reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export type ResourceType =
  | keyof typeof resourceForms
  /** The action knows no resources: only `*` matches it. */
  | "everything";

/** Kinds as bits of a number: a set that costs nothing to make and to compare. */
const bits = new Map<ResourceType, number>();
for (const type of [...Object.keys(resourceForms), "everything"]) {
  // Object.keys forgets that these are the names of kinds.
  bits.set(type as ResourceType, 1 << bits.size);
}

const [bitOfBucket, bitOfObject, bitOfEverything] = [bitsOf(["bucket"]), bitsOf(["object"]), bitsOf(["everything"])];

interface Action {
  /** Lower case. */
  readonly name: string;
  readonly types: number;
}

const actionsByService = new Map<string, readonly Action[]>();
const typesByAction = new Map<string, readonly ResourceType[]>();
/** By names in AWS's spelling, which nearly all are in, and in lower case. */
const bitsByAction = new Map<string, number>();
const everything: readonly ResourceType[] = ["everything"];
for (const [service, groups] of Object.entries(actionsByResource)) {
  const actions = groups.flatMap(([kinds, names]) => {
    const types = kinds.length === 0 ? everything : kinds;
    return names.split(" ").map((name) => {
      const action = `${service}:${name.toLowerCase()}`;
      typesByAction.set(action, types);
      bitsByAction.set(`${service}:${name}`, bitsOf(types)).set(action, bitsOf(types));
      return { name: action, types: bitsOf(types) };
    });
  });
  actionsByService.set(service, actions);
}

function bitsOf(types: readonly ResourceType[]): number {
  return types.reduce((all, type) => all | (bits.get(type) ?? 0), 0);
}

/** The kinds of resource of one action by its name, `s3:GetObject`; undefined for what the tables don't have. */
export function resourceTypesOf(action: string): readonly ResourceType[] | undefined {
  return typesByAction.get(action.toLowerCase());
}

/** A set of kinds of resources; made by `resourceKinds`. */
export type ResourceKinds = number;

/** The kinds of resources that these ARNs, which may hold wildcards and policy variables, can name. */
export function resourceKinds(arns: readonly Arn[]): ResourceKinds {
  return arns.reduce((all, arn) => all | kindsOf(arn), 0);
}

/**
 * Can a statement's action, wildcards allowed, ever match a resource of these kinds? An action that the tables don't
 * have can: what is not known is not judged.
 */
export function canMatch(action: string, kinds: ResourceKinds): boolean {
  const types = bitsByAction.get(action) ?? bitsByAction.get(action.toLowerCase());
  if (types !== undefined) return (types & kinds) !== 0;
  if (!hasWildcard(action)) return true;
  const name = action.toLowerCase();
  const actions = actionsByService.get(name.slice(0, Math.max(name.indexOf(":"), 0)));
  if (actions === undefined) return true;
  const prefix = name.slice(0, name.search(/[*?]/));
  let known = false;
  for (const candidate of actions) {
    if (!candidate.name.startsWith(prefix) || !matchesPattern(name, candidate.name)) continue;
    known = true;
    if ((candidate.types & kinds) !== 0) return true;
  }
  return !known;
}

function kindsOf(arn: Arn): ResourceKinds {
  let kinds = arn.resource === "*" ? bitOfEverything : 0;
  const resource = withoutTokens(arn.resource);
  // Nothing else of S3 has neither a region nor an account.
  if (isBucketOrObjectArn(arn)) return kinds | bucketOrObject(resource);
  const service = withoutTokens(arn.service);
  const region = withoutTokens(arn.region);
  const account = withoutTokens(arn.account);
  if (fits(service, "s3") && fits(region, "") && fits(account, "")) kinds |= bucketOrObject(resource);
  for (const form of formEntries) {
    if (
      fits(service, form.service) &&
      fits(region, form.region) &&
      fits(account, form.account) &&
      namesSome(resource, form.resource)
    ) {
      kinds |= form.kind;
    }
  }
  return kinds;
}

function bucketOrObject(resource: string): ResourceKinds {
  const slash = resource.indexOf("/");
  if (slash > 0) return bitOfObject;
  if (slash === 0) return 0;
  return hasWildcard(resource) ? bitOfBucket | bitOfObject : bitOfBucket;
}

/** Without buckets and objects: `kindsOf` tells these apart by the slash. */
const formEntries = Object.entries(resourceForms)
  .filter(([type]) => type !== "bucket" && type !== "object")
  .map(([type, form]) => {
    const [service = "", region = "", account = "", resource = ""] = form.split(":");
    return { kind: bits.get(type as ResourceType) ?? 0, service, region, account, resource };
  });

function fits(part: string, form: string): boolean {
  return form === "*" || part === form || matchesPattern(part, form);
}

/** Policy variables stand for any text; placeholders for text without a slash, whatever their name has in it. */
function withoutTokens(text: string): string {
  if (!text.includes("{") && !text.includes("<")) return text;
  return text.replace(/\$\{[^}]*\}/g, "*").replace(/<[^>]*>|\{\{?[^}]*\}?\}/g, "x");
}

/** Do two patterns of `*` and `?` have a text in common? Most resources have neither. */
function namesSome(resource: string, form: string): boolean {
  return hasWildcard(resource) ? intersects(resource, form) : matchesPattern(form, resource);
}

function intersects(a: string, b: string): boolean {
  let reachable = new Set<number>([0]);
  const closeOver = (positions: Set<number>) => {
    for (const position of positions) if (b[position] === "*") positions.add(position + 1);
  };
  closeOver(reachable);
  for (const character of a) {
    const next = new Set<number>();
    if (character === "*") {
      const first = Math.min(...reachable);
      for (let position = first; position <= b.length; position += 1) next.add(position);
    } else {
      for (const position of reachable) {
        const other = b[position];
        if (other === "*") next.add(position);
        else if (other === character || other === "?" || (character === "?" && other !== undefined))
          next.add(position + 1);
      }
    }
    closeOver(next);
    if (next.size === 0) return false;
    reachable = next;
  }
  return reachable.has(b.length);
}
