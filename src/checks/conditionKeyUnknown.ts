import { listed } from "../policy/explain/words";
import { isObject, type StringNode } from "../policy/json";
import type { ConditionEntry, PolicyDocument, Statement } from "../policy/policyDocument";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { contentRange } from "../policy/stringRange";
import { toValue } from "../policy/toValue";
import { hasWildcard } from "../policy/wildcards";
import type { CheckedDocument, Finding, Fix, Severity } from "./finding";
import { nearestName } from "./nearName";
import { isUnfilled, readOperator } from "./policyElements";
import { addStatement, removeItems, replaceNode } from "./textEdits";

/** The prefixes whose keys are all known, besides the global `aws`. */
const services: readonly string[] = ["s3", "kms", "sts", "iam"];

/**
 * A condition key that AWS does not have, or that some of the statement's actions never have, such as s3:prefix beside
 * s3:GetObject. Keys of other services and of identity providers are not judged.
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
      if (isUnfilled(key.value)) continue;
      const facts = reference.conditionKey(key.value);
      const problem =
        facts === undefined
          ? remembered(unknown, key.value, () => unknownKey(key.value, reference))
          : neverThere(facts.name, statement, condition, reference);
      if (problem === undefined) continue;
      const { severity, reason, wanted, without = [] } = problem;
      findings.push({
        check: "condition-key-unknown",
        severity,
        message: reason,
        range: key.value === "" ? { offset: key.offset, length: key.length } : contentRange(text, key),
        fixes:
          policy !== undefined && without.length > 0
            ? withoutKey(policy, statement, condition, without)
            : wanted.map((name) => ({ title: `Replace by ${name}`, edits: [replaceNode(key, name)], safe: false })),
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
  /** Actions of the statement that would do what they say without the condition. */
  readonly without?: readonly StringNode[];
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

/** STS asks for these within the request that assumes the role, which has the keys of that. */
const withinAssumeRole = /^sts:(TagSession|SetSourceIdentity|SetContext)$/i;

/** A key of one service that some of these actions never have, so that for them the comparison fails. */
function neverThere(
  name: string,
  { actions, notActions, effect }: Statement,
  { operator, key: { value: key } }: ConditionEntry,
  reference: ServiceReference,
): Problem | undefined {
  const [prefix = ""] = name.split(":");
  if (!services.includes(prefix) || notActions.length > 0 || actions.length === 0) return undefined;
  // Where the key is absent these hold, or ask for just that.
  const { base, set, ifExists } = readOperator(operator.value);
  if (ifExists || base === "Null" || base.includes("Not") || set === "ForAllValues:") return undefined;
  // What is not known is not judged, nor what stands for many.
  const lacks = ({ value }: StringNode) =>
    !hasWildcard(value) &&
    !withinAssumeRole.test(value) &&
    reference.action(value)?.conditionKeys.includes(name) === false;
  const lacking = actions.filter(lacks);
  const all = lacking.length === actions.length;
  // An action of another service has nothing to do in a trust policy, whatever its condition.
  const without = all || prefix !== "sts" ? lacking : lacking.filter(({ value }) => /^sts:/i.test(value));
  if (without.length === 0) return undefined;
  // AWS's list gives some keys to no action at all: kms:CustomerMasterKeySpec.
  if (!reference.actionsOf(prefix).some((action) => reference.action(action)?.conditionKeys.includes(name)))
    return undefined;
  const names = listed([...new Set(without.map(({ value }) => value))]);
  const verb = effect?.value === "Deny" ? "denies" : "allows";
  return {
    severity: all ? "error" : "warning",
    reason: `No request of ${names} has the condition key ${key}, so this statement never ${verb} ${all ? "anything" : "one"}.`,
    wanted: [],
    without: all ? [] : without,
  };
}

/** A statement of their own for these actions, without the key that they never have. */
function withoutKey(
  policy: PolicyDocument,
  { node, elements }: Statement,
  { key }: ConditionEntry,
  moved: readonly StringNode[],
): readonly Fix[] {
  const list = elements.get("Action")?.value;
  const statement = toValue(node);
  if (list?.kind !== "array" || !isObject(statement)) return [];
  const { Sid, Condition, ...rest } = statement;
  const conditions = Object.entries(isObject(Condition) ? Condition : {}).flatMap(([operator, keys]) => {
    const others = Object.entries(isObject(keys) ? keys : {}).filter(([name]) => name !== key.value);
    return others.length === 0 ? [] : [[operator, Object.fromEntries(others)] as const];
  });
  const names = moved.map(({ value }) => value);
  const added = addStatement(policy, {
    ...rest,
    Action: names,
    ...(conditions.length > 0 && { Condition: Object.fromEntries(conditions) }),
  });
  return [
    {
      title: `Move ${listed(names, 3)} into a statement without this condition`,
      edits: [...removeItems(list.items, moved), ...added],
      safe: false,
    },
  ];
}
