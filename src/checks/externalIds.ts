import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { externalIdRule } from "../vendors/externalId";
import { trustingStatements } from "./documentFacts";
import type { CheckedDocument, Fix } from "./finding";
import { isUnfilled } from "./policyElements";
import { addProperty } from "./textEdits";

/** One value that a trust policy compares the external ID with. */
export interface ExternalId {
  readonly node: StringNode;
  readonly value: string;
  /** The operator takes `*` and `?` as wildcards. */
  readonly pattern: boolean;
}

export function isExternalIdKey(key: string): boolean {
  return key.toLowerCase() === "sts:externalid";
}

/** A key that AWS does not have and that can only stand for the external ID: `aws:ExternalId`, `ExternalId`. */
export function meansExternalId(key: string): boolean {
  return /^(\w*:)?external[-_ ]?ids?$/i.test(key) && !isExternalIdKey(key);
}

/** Does the condition let in only callers that pass an external ID? */
export function requiresExternalId({ key, operator }: ConditionEntry): boolean {
  return isExternalIdKey(key.value) && !/Not|IfExists|^ForAllValues:|^Null$/.test(operator.value);
}

/** What stands as an external ID, without placeholders, which are for the placeholder checks. */
export function externalIds(document: CheckedDocument): readonly ExternalId[] {
  const found: ExternalId[] = [];
  for (const { conditions, principals } of trustingStatements(document)) {
    // AWS's own services have fixed ones.
    if (!principals.some(({ type }) => type === "AWS" || type === "*")) continue;
    for (const { key, operator, values } of conditions) {
      if (!isExternalIdKey(key.value)) continue;
      for (const node of values) {
        if (node.kind !== "string" || isUnfilled(node.value)) continue;
        found.push({ node, value: node.value, pattern: /Like/.test(operator.value) });
      }
    }
  }
  return found;
}

/** Asks for an external ID whose value is still to be filled in. */
export function requireExternalIdFixes(
  { text, vendor, context }: CheckedDocument,
  { node, elements }: Statement,
): readonly Fix[] {
  const rule = vendor && externalIdRule(vendor, context.integration?.manifest);
  const placeholder = rule?.temporary ?? rule?.placeholders[0] ?? "<external-id>";
  const value = { "sts:ExternalId": placeholder };
  const condition = elements.get("Condition")?.value;
  if (condition === undefined) {
    const edits = addProperty(text, node, "Condition", { StringEquals: value });
    return edits.length === 0 ? [] : [{ title: "Require an external ID", edits, safe: false }];
  }
  if (condition.kind !== "object") return [];
  const operator = condition.properties.find(({ key }) => key.value === "StringEquals")?.value;
  const edits =
    operator === undefined
      ? addProperty(text, condition, "StringEquals", value)
      : addProperty(text, operator, "sts:ExternalId", placeholder);
  return edits.length === 0 ? [] : [{ title: "Require an external ID", edits, safe: false }];
}
