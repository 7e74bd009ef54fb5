import { isBucketOrObjectArn, parseArn } from "../policy/arn";
import { abilityOf } from "../policy/explain/abilities";
import { listed } from "../policy/explain/words";
import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { canMatch, type ResourceKinds, resourceKinds } from "../policy/resourceTypes";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { contentRange } from "../policy/stringRange";
import { hasWildcard, matchesAction } from "../policy/wildcards";
import { askedActions } from "../vendors/askedActions";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole, IntegrationRequest } from "../vendors/manifest";
import { allows, isWhole, permissionsPolicy, sharedPolicy } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { removeItem, replaceNode, replaceRange } from "./textEdits";

/** As many actions as a message names. */
const most = 6;

/**
 * What the use of an encrypted bucket takes, whether or not the vendor's page speaks of encryption.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 */
const keyActions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * An action that is granted and that the vendor does not ask for. Of a wildcard, what it really matches on these
 * resources and the vendor does not need, the dangerous first.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
export function actionBeyondRequest(document: CheckedDocument): Finding[] {
  const { vendor, context, text } = document;
  const { reference, integration } = context;
  const policy = permissionsPolicy(document) ?? sharedPolicy(document);
  if (policy === undefined || vendor === undefined || reference === undefined || !isWhole(document)) return [];
  const asked = integration
    ? [askedActions(vendor, integration.manifest, askedRole(integration.documentRole)), keyActions]
    : [openActions(vendor), keyActions];
  const findings: Finding[] = [];
  // What a wildcard stands for is a long list: made once, however often it stands there.
  const messages = new Map<string, string | undefined>();
  for (const statement of policy.statements) {
    if (!allows(statement)) continue;
    for (const node of statement.actions) {
      if (asked.some((actions) => actions.includes(node.value))) continue;
      const all = asked.flat();
      if (all.some((pattern) => matchesAction(pattern, node.value))) continue;
      const reach = reachOf(statement);
      const key = `${node.value} ${reach.kinds} ${reach.onlyS3}`;
      if (!messages.has(key)) {
        messages.set(key, messageFor(vendor.name, node.value, reach, all, reference));
      }
      const message = messages.get(key);
      if (message === undefined) continue;
      findings.push({
        check: "action-beyond-request",
        severity: "warning",
        message,
        range: contentRange(text, node),
        fixes: fixesFor(statement, node, all),
      });
    }
  }
  return findings;
}

/** What the statement's resources are, as far as actions are told apart by it. */
interface Reach {
  /** Undefined: any. */
  readonly kinds: ResourceKinds | undefined;
  /** Beside nothing but buckets and objects, everything is everything of S3. */
  readonly onlyS3: boolean;
}

function reachOf({ resources }: Statement): Reach {
  const arns = resources.map(({ value }) => parseArn(value));
  const known = arns.length > 0 && arns.every((arn) => arn !== undefined);
  return { kinds: known ? resourceKinds(arns) : undefined, onlyS3: known && arns.every(isBucketOrObjectArn) };
}

function askedRole(role: DocumentRole): "permissions" | "bucketPolicy" | "keyPolicy" {
  return role === "bucketPolicy" || role === "keyPolicy" ? role : "permissions";
}

/** Actions that the pattern grants on the statement's resources and that nobody asked for. */
function beyondRequest(
  pattern: string,
  { kinds, onlyS3 }: Reach,
  asked: readonly string[],
  reference: ServiceReference,
): readonly string[] {
  if (!hasWildcard(pattern)) return reference.isAction(pattern) ? [pattern] : [];
  const patterns = asked.map((wanted) => [wanted, wanted.slice(0, wanted.indexOf(":") + 1).toLowerCase()] as const);
  return reference
    .expand(pattern === "*" && onlyS3 ? "s3:*" : pattern)
    .filter((action) => kinds === undefined || canMatch(action, kinds))
    .filter(
      (action) =>
        // Few actions of a wildcard are of a service that somebody asked for.
        !patterns.some(
          ([wanted, service]) => (hasWildcard(service) || action.startsWith(service)) && matchesAction(wanted, action),
        ),
    );
}

/** Undefined: somebody asked for all of it. */
function messageFor(
  vendor: string,
  pattern: string,
  reach: Reach,
  asked: readonly string[],
  reference: ServiceReference,
): string | undefined {
  if (pattern === "*" && !reach.onlyS3) {
    return `This grants every action of every AWS service on these resources, and ${vendor} does not ask for that: it could do whatever there is to do with them.`;
  }
  const beyond = beyondRequest(pattern, reach, asked, reference);
  if (beyond.length === 0) return undefined;
  const isDangerous = (action: string): boolean =>
    ["manage permissions", "assume", "delete"].includes(abilityOf(action, reference));
  const dangerous = beyond.filter(isDangerous);
  if (!hasWildcard(pattern)) {
    const danger = dangerous.length > 0 ? `, which is dangerous (${abilityOf(pattern, reference)})` : "";
    return `${vendor} does not ask for ${pattern}${danger}: it would get more access than it needs.`;
  }
  const named =
    dangerous.length > 0 ? `, among them the dangerous ${listed(dangerous, most)}` : `: ${listed(beyond, most)}`;
  return `This wildcard also grants ${beyond.length} actions that ${vendor} does not ask for${named}.`;
}

/** A wildcard becomes those of the vendor's actions that it stood for; an action of its own goes when others stay. */
function fixesFor({ elements, actions }: Statement, node: StringNode, asked: readonly string[]): readonly Fix[] {
  const value = elements.get("Action")?.value;
  const others = actions.filter((action) => action !== node).map((action) => action.value);
  const wanted = asked.filter((action) => matchesAction(node.value, action) && !others.includes(action));
  const [first] = wanted;
  if (hasWildcard(node.value) && first !== undefined) {
    const edit =
      value?.kind === "array"
        ? replaceRange(node, wanted.map((action) => JSON.stringify(action)).join(", "))
        : replaceNode(node, wanted.length === 1 ? first : wanted);
    return [{ title: `Replace by ${listed(wanted)}`, edits: [edit], safe: true }];
  }
  const removal = value?.kind === "array" && value.items.length > 1 ? removeItem(value.items, node) : undefined;
  // Somebody may have added it on purpose.
  return removal === undefined ? [] : [{ title: `Remove ${node.value}`, edits: [removal], safe: false }];
}

/** Derived from the definition alone, and needed on every keystroke. */
const openActionsOf = new WeakMap<VendorDefinition, readonly string[]>();

function openActions(vendor: VendorDefinition): readonly string[] {
  const known = openActionsOf.get(vendor);
  const actions = known ?? [...new Set(openRequests(vendor).flatMap((request) => askedActions(vendor, request)))];
  openActionsOf.set(vendor, actions);
  return actions;
}

/** Every access level with every choice open, but for what a vendor's document only has when that is asked for. */
function openRequests({ accessLevels, parameters }: VendorDefinition): readonly IntegrationRequest[] {
  const values = parameters.flatMap(({ name, type }) => (type === "boolean" ? [] : [[name, [`{{${name}}}`]] as const]));
  return accessLevels.flatMap(({ id: accessLevel }) =>
    [Object.fromEntries(values), {}].map((chosen) => ({ accessLevel, parameters: chosen, role: { name: "" } })),
  );
}
