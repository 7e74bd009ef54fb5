import { listed } from "../policy/explain/words";
import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { contentRange, stringRange } from "../policy/stringRange";
import { hasWildcard, matchesAction } from "../policy/wildcards";
import { askedActions } from "../vendors/askedActions";
import { actionsOfOperation } from "./apiOperations";
import { allows } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { nearestName } from "./nearName";
import { isTemplateText, isUnfilled } from "./policyElements";
import { removeItem, replaceNode, replaceRange } from "./textEdits";

/** Longer than the name of any action with a wildcard after each letter. */
const longestPattern = 256;

/**
 * An action that its service does not have, a wildcard that matches none, a service that AWS does not have, or no service
 * at all. AWS takes most of them without a word, and they do nothing.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function actionUnknown(document: CheckedDocument): Finding[] {
  const { reference } = document.context;
  const findings: Finding[] = [];
  if (reference === undefined) return findings;
  for (const statement of document.policy?.statements ?? []) {
    for (const node of statement.actions) add(document, statement, node, "Action", reference, findings);
    for (const node of statement.notActions) add(document, statement, node, "NotAction", reference, findings);
  }
  return findings;
}

/** What the unknown actions of a statement stand for: it is not missing besides. */
export function meantActions({ actions }: Statement, reference: ServiceReference): readonly string[] {
  return actions.flatMap(({ value }) => (isKnown(value, reference) ? [] : meant(value, reference).actions));
}

function isKnown(action: string, reference: ServiceReference): boolean {
  if (reference.isAction(action) || action === "*") return true;
  return hasWildcard(action) && (action.length > longestPattern || reference.matchesAny(action));
}

function add(
  document: CheckedDocument,
  statement: Statement,
  node: StringNode,
  element: "Action" | "NotAction",
  reference: ServiceReference,
  findings: Finding[],
): void {
  const { value } = node;
  if (reference.isAction(value) || value === "*") return;
  if (isKnown(value, reference)) {
    if (element === "Action" && allows(statement)) severalServices(document, node, findings);
    return;
  }
  if (isUnfilled(value)) return;
  const guess = meant(value, reference);
  const nothing =
    element === "NotAction"
      ? "excepts nothing"
      : statement.effect?.value === "Deny"
        ? "denies nothing"
        : "allows nothing";
  findings.push({
    check: "action-unknown",
    severity: guess.severity ?? "error",
    message: guess.reason.replace("{nothing}", nothing),
    range: value === "" ? { offset: node.offset, length: node.length } : contentRange(document.text, node),
    fixes: fixesFor(document, statement, node, element, guess),
  });
}

/** `s*:GetObject`: AWS compares the name of the service, too. */
function severalServices({ text }: CheckedDocument, node: StringNode, findings: Finding[]): void {
  const colon = node.value.indexOf(":");
  const service = node.value.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!hasWildcard(service) || node.value === "*:*" || isTemplateText(service)) return;
  findings.push({
    check: "action-unknown",
    severity: "warning",
    message: `This allows actions of every service whose name matches ${service}, those that AWS adds later included: name the one that is meant.`,
    range: stringRange(text, node, 0, colon),
    fixes: [],
  });
}

interface Guess {
  /** One sentence; `{nothing}` becomes what the action does as it stands. */
  readonly reason: string;
  readonly actions: readonly string[];
  readonly severity?: "warning";
  /** Nothing else can have been meant. */
  readonly certain?: true;
}

function meant(action: string, reference: ServiceReference): Guess {
  const colon = action.indexOf(":");
  const bare = action.replace(/\s+/g, "");
  if (bare !== action && isKnown(bare, reference)) {
    const reason = "With this blank it is an action that AWS does not have, so it {nothing}.";
    return { reason, actions: [bare], certain: true };
  }
  if (colon < 0) {
    const actions = ["s3", "kms", "sts"]
      .map((prefix) => `${prefix}:${action}`)
      .filter((name) => isKnown(name, reference));
    const reason = "An action begins with its service, as in s3:GetObject, so AWS would refuse the document.";
    return actions.length === 1 && action !== "" ? { reason, actions, certain: true } : { reason, actions: [] };
  }
  const [service, name] = [action.slice(0, colon), action.slice(colon + 1)];
  const serviceName = reference.serviceName(service);
  const operation = actionsOfOperation(action);
  if (operation !== undefined) {
    const reason = `${name} is an operation and no action: AWS asks for ${listed(operation)} when it is called, so this {nothing}.`;
    return { reason, actions: operation };
  }
  if (serviceName === undefined) return unknownService(service, name, reference);
  const nearest = nearestAction(action, reference.actionsOf(service));
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  return {
    reason: hasWildcard(action)
      ? `No action of ${serviceName} matches ${action}${hint}, so this {nothing}.`
      : `${serviceName} has no action ${name === "" ? "without a name" : name}${hint}, so this {nothing}.`,
    actions: nearest === undefined ? [] : [nearest],
  };
}

/** Of `s3:GetObjet*` the text before the wildcard counts. */
function nearestAction(action: string, actions: readonly string[]): string | undefined {
  if (!hasWildcard(action)) return nearestName(action, actions);
  const [, start = ""] = /^([^*?]*)\*$/.exec(action) ?? [];
  const nearest = start === "" ? undefined : nearestName(start, actions);
  return nearest === undefined ? undefined : `${nearest}*`;
}

function unknownService(service: string, name: string, reference: ServiceReference): Guess {
  const nearest = hasWildcard(service) ? undefined : nearestName(service, reference.services);
  const action = nearest === undefined ? undefined : `${nearest}:${name}`;
  const known = action !== undefined && isKnown(action, reference);
  if (known || !/^[A-Za-z0-9-]+$/.test(service)) {
    const hint = known ? ` (did you mean ${action}?)` : "";
    return {
      reason: `AWS has no service ${JSON.stringify(service)}${hint}, so this {nothing}.`,
      actions: known ? [action] : [],
    };
  }
  // It may be younger than the list.
  const reason = `AWS’s list of services of ${reference.date} has no ${service}, so this probably {nothing}.`;
  return { reason, actions: [], severity: "warning" };
}

function fixesFor(
  { context, vendor }: CheckedDocument,
  { elements, actions, notActions }: Statement,
  node: StringNode,
  element: "Action" | "NotAction",
  { actions: wanted, certain }: Guess,
): Fix[] {
  const [first] = wanted;
  if (first === undefined) return [];
  const value = elements.get(element)?.value;
  const others = (element === "Action" ? actions : notActions).filter((other) => other !== node);
  if (value?.kind === "array" && wanted.every((name) => others.some((other) => matchesAction(other.value, name)))) {
    const removal = removeItem(value.items, node);
    if (removal === undefined) return [];
    return [{ title: `Remove ${node.value}: ${listed(wanted)} is there`, edits: [removal], safe: true }];
  }
  const edit =
    value?.kind === "array"
      ? replaceRange(node, wanted.map((name) => JSON.stringify(name)).join(", "))
      : replaceNode(node, wanted.length === 1 ? first : wanted);
  const asked = vendor !== undefined && context.integration ? askedActions(vendor, context.integration.manifest) : [];
  const safe = certain === true || wanted.every((name) => asked.includes(name));
  return [{ title: `Replace by ${listed(wanted)}`, edits: [edit], safe }];
}
