import type { JsonNode, Property } from "../policy/json";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { keyName } from "./policyElements";

export type RegularKind = "permissions" | "trust";

/**
 * The kind of a document in which every element is where the grammar has it, once, with a value of its plain form.
 * Nearly every document is so, and then half of the checks have nothing to find: one look instead of twenty.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function regularKind({ root, kind, statements }: PolicyDocument): RegularKind | undefined {
  if (kind !== "permissions" && kind !== "trust") return undefined;
  const list = root.properties.at(-1)?.value;
  const regular =
    root.properties.length === 2 &&
    root.properties[0]?.key.value === "Version" &&
    root.properties[0].value?.kind === "string" &&
    root.properties[1]?.key.value === "Statement" &&
    (list?.kind === "object" || (list?.kind === "array" && list.items.length === statements.length)) &&
    statements.length > 0 &&
    statements.every((statement) => isRegular(statement, kind === "trust" ? "Principal" : "Resource"));
  return regular ? kind : undefined;
}

function isRegular({ node, elements, effect }: Statement, target: "Principal" | "Resource"): boolean {
  if (effect?.value !== "Allow" && effect?.value !== "Deny") return false;
  // Of a key that is there twice the map has one.
  if (elements.size !== node.properties.length || !elements.has("Action") || !elements.has(target)) return false;
  return node.properties.every(({ key, value }) => {
    switch (key.value) {
      case "Sid":
      case "Effect":
        return value?.kind === "string";
      case "Action":
        return isTexts(value);
      case target:
        return target === "Resource" ? isTexts(value) : isPrincipal(value);
      case "Condition":
        return isObjectOf(value, (keys) => isObjectOf(keys, isTexts));
      default:
        return false;
    }
  });
}

function isPrincipal(value: JsonNode | undefined): boolean {
  return isObjectOf(value, isTexts) && value?.kind === "object" && value.properties.every(isPrincipalKey);
}

function isPrincipalKey({ key }: Property): boolean {
  return key.value === "AWS" || key.value === "Service" || key.value === "Federated";
}

function isObjectOf(value: JsonNode | undefined, holds: (value: JsonNode | undefined) => boolean): boolean {
  if (value?.kind !== "object" || value.properties.length === 0) return false;
  return value.properties.every(
    ({ key, value: each }, index) =>
      holds(each) &&
      (index === 0 || value.properties.findIndex((other) => keyName(other.key) === keyName(key)) === index),
  );
}

function isTexts(value: JsonNode | undefined): boolean {
  if (value?.kind === "string") return true;
  return value?.kind === "array" && value.items.length > 0 && value.items.every(({ kind }) => kind === "string");
}
