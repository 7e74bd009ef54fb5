import type { JsonNode, ObjectNode, StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding, Fix, Severity } from "./finding";
import { replaceNode } from "./textEdits";

/** What the vendor asks for is condition-mismatch's: operator and values. */
export function isAsked({ expectedTrust }: CheckedDocument, { value }: StringNode): boolean {
  if (expectedTrust === undefined) return false;
  const name = value.toLowerCase();
  return expectedTrust.some(({ conditions }) => conditions.some(({ key }) => key.toLowerCase() === name));
}

function conditionsOf({ elements }: Statement): ObjectNode | undefined {
  const conditions = elements.get("Condition")?.value;
  return conditions?.kind === "object" ? conditions : undefined;
}

/** The keys beside this one under the same operator, itself included. */
export function keysBeside(statement: Statement, { operator }: ConditionEntry): ObjectNode["properties"] {
  const block = conditionsOf(statement)?.properties.find(({ key }) => key === operator)?.value;
  return block?.kind === "object" ? block.properties : [];
}

/** An operator that stands there already can't be there twice. */
export function isFreeOperator(statement: Statement, operator: string): boolean {
  return conditionsOf(statement)?.properties.every(({ key }) => key.value !== operator) === true;
}

/** Compares with another key, where that is not compared there already. */
export function useKey(statement: Statement, condition: ConditionEntry, name: string): readonly Fix[] {
  const isThere = keysBeside(statement, condition).some(({ key }) => key.value.toLowerCase() === name.toLowerCase());
  return isThere ? [] : [{ title: `Compare with ${name}`, edits: [replaceNode(condition.key, name)], safe: false }];
}

/** A finding of condition-value-invalid at a value or a key. */
export function valueFinding(
  text: string,
  node: JsonNode,
  severity: Severity,
  message: string,
  fixes: readonly Fix[],
): Finding {
  const { offset, length } = node.kind === "string" && node.value !== "" ? contentRange(text, node) : node;
  return { check: "condition-value-invalid", severity, message, range: { offset, length }, fixes };
}
