import { listed } from "../policy/explain/words";
import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { contentRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import type { CheckedDocument, Finding, Severity } from "./finding";
import { nearestName } from "./nearName";
import { hasPlaceholder } from "./placeholderTokens";
import { isTemplateText, readOperator } from "./policyElements";
import { replaceNode } from "./textEdits";

/** The prefixes whose keys are all known, besides the global `aws`. */
const services: readonly string[] = ["s3", "kms", "sts", "iam"];

/**
 * A condition key that AWS does not have, or that none of the statement's actions ever has, such as s3:prefix beside
 * nothing but s3:GetObject. Keys of other services and of identity providers are not judged.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionKeyUnknown({ policy, text, context: { reference } }: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  if (reference === undefined) return findings;
  const unknown = new Map<string, Problem | undefined>();
  for (const statement of policy?.statements ?? []) {
    for (const condition of statement.conditions) {
      const { key } = condition;
      // Without an operator around it, it is condition-operator-unknown's.
      if (!readOperator(condition.operator.value).known) continue;
      if (isTemplateText(key.value) || hasPlaceholder(key.value)) continue;
      const facts = reference.conditionKey(key.value);
      const problem =
        facts === undefined
          ? remembered(unknown, key.value, () => unknownKey(key.value, reference))
          : isNeverThere(facts.name, statement, condition, reference)
            ? { reason: neverThere(key, statement), wanted: [], severity: "error" as const }
            : undefined;
      if (problem === undefined) continue;
      findings.push({
        check: "condition-key-unknown",
        severity: problem.severity,
        message: problem.reason,
        range: key.value === "" ? { offset: key.offset, length: key.length } : contentRange(text, key),
        fixes: problem.wanted.map((wanted) => ({
          title: `Replace by ${wanted}`,
          edits: [replaceNode(key, wanted)],
          safe: false,
        })),
      });
    }
  }
  return findings;
}

interface Problem {
  readonly reason: string;
  /** What was probably meant. */
  readonly wanted: readonly string[];
  readonly severity: Severity;
}

/** A document that lost a bracket has the same text as a key many times. */
function remembered<T>(known: Map<string, T>, name: string, find: () => T): T {
  const found = known.get(name) ?? find();
  known.set(name, found);
  return found;
}

function unknownKey(name: string, reference: ServiceReference): Problem | undefined {
  const colon = name.indexOf(":");
  const prefix = name.slice(0, Math.max(colon, 0)).toLowerCase();
  const local = name.slice(colon + 1);
  const isJudged = colon <= 0 || prefix === "aws" || services.includes(prefix);
  if (!isJudged && isOfOthers(prefix, reference)) return undefined;
  const wanted = meantKeys(name, local, reference);
  const hint = wanted.length === 0 ? "" : ` (did you mean ${listed(wanted)}?)`;
  if (colon <= 0) {
    const reason = `A condition key begins with its service, as in aws:SourceIp${hint}, so AWS would refuse the document.`;
    return { reason, wanted, severity: "error" };
  }
  if (!isJudged && wanted.length === 0) {
    // The service may be younger than the list, or closed.
    const reason = `AWS’s list of services of ${reference.date} has no ${prefix}, so probably no request would ever have ${name}.`;
    return { reason, wanted, severity: "warning" };
  }
  const reason = `AWS has no condition key ${name}${hint}, so no request would ever have it.`;
  return { reason, wanted, severity: "error" };
}

/** Of an identity provider, or of a service whose keys are not known here. */
function isOfOthers(prefix: string, reference: ServiceReference): boolean {
  return (
    /[./]/.test(prefix) ||
    prefix === "saml" ||
    reference.serviceName(prefix) !== undefined ||
    reference.otherKeyPrefixes.includes(prefix)
  );
}

/** The same name under another prefix, or nearly the same. */
function meantKeys(name: string, local: string, reference: ServiceReference): readonly string[] {
  const same = ["aws", ...services].flatMap((prefix) => reference.conditionKey(`${prefix}:${local}`)?.name ?? []);
  if (same.length > 0 && local !== "")
    return [...new Set(same)].filter((key) => !key.includes("{") && !key.includes("<"));
  const nearest = nearestName(name, knownKeys(reference));
  return nearest === undefined ? [] : [nearest];
}

/** Derived from the reference alone, which is there once. */
const keysOf = new WeakMap<ServiceReference, readonly string[]>();

function knownKeys(reference: ServiceReference): readonly string[] {
  const known = keysOf.get(reference);
  if (known !== undefined) return known;
  const keys = services.flatMap((service) =>
    reference.actionsOf(service).flatMap((action) => reference.action(action)?.conditionKeys ?? []),
  );
  const all = [...new Set([...reference.globalConditionKeys, ...keys])];
  keysOf.set(reference, all);
  return all;
}

/** Is it a key of one service that none of these actions of that service ever has, so that the comparison fails? */
function isNeverThere(
  name: string,
  { actions, notActions }: Statement,
  { operator }: ConditionEntry,
  reference: ServiceReference,
): boolean {
  const [prefix = ""] = name.split(":");
  if (!services.includes(prefix) || notActions.length > 0 || actions.length === 0) return false;
  // Where the key is absent these hold, or ask for just that.
  const { base, set, ifExists } = readOperator(operator.value);
  if (ifExists || base === "Null" || base.includes("Not") || set === "ForAllValues:") return false;
  const has = (action: string) => reference.action(action)?.conditionKeys.includes(name);
  return (
    // What is not known is not judged, nor what stands for many.
    actions.every(({ value }) => !hasWildcard(value) && has(value) === false) &&
    // AWS's list gives some keys to no action at all: kms:CustomerMasterKeySpec.
    reference.actionsOf(prefix).some((action) => has(action) === true)
  );
}

function neverThere({ value: key }: StringNode, { actions, effect }: Statement): string {
  const names = [...new Set(actions.map(({ value }) => value))];
  const result = effect?.value === "Deny" ? "never denies anything" : "never allows anything";
  return `No request of ${listed(names)} has the condition key ${key}, so this statement ${result}.`;
}
