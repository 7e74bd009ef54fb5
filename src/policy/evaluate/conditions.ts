import type { JsonNode, Property } from "../json";
import type { OperatorUse } from "./conditionOperators";
import { readOperator } from "./conditionOperators";
import { lastOfEach } from "./lastOfEach";
import { listed } from "./listed";
import type { RequestFacts } from "./requestFacts";
import type { Pattern } from "./variables";
import { hasVariable, resolveVariables } from "./variables";

/**
 * Why the Condition of a statement is not met, in one sentence; undefined when it is. All operators and all their keys
 * must be met; of the values of one key one suffices, or none may match when the operator is a negated one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function unmetCondition(
  condition: JsonNode | undefined,
  facts: RequestFacts,
  withVariables: boolean,
): string | undefined {
  if (condition?.kind !== "object") return "AWS refuses a Condition that is not an object";
  for (const { key: name, value: keys } of lastOfEach(condition.properties)) {
    const use = readOperator(name.value);
    if (use === undefined) return `AWS refuses ${name.value}, which is no condition operator`;
    if (keys?.kind !== "object") return `AWS refuses ${name.value} without condition keys`;
    for (const entry of lastOfEach(keys.properties)) {
      const reason = unmetEntry(name.value, use, entry, facts, withVariables);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}

function unmetEntry(
  name: string,
  use: OperatorUse,
  { key, value }: Property,
  facts: RequestFacts,
  withVariables: boolean,
): string | undefined {
  const values = readValues(value);
  if (values === undefined) return `AWS refuses the value of ${key.value}, which is neither a text nor a list of texts`;
  const present = facts.valuesOf(key.value);
  if (use.operator === undefined) return unmetNull(key.value, present, values);
  if (withVariables && !use.operator.takesVariables && values.some(hasVariable)) {
    return `AWS refuses a variable in a value of ${name}`;
  }
  if (isMet(use, present, values, facts, withVariables)) return undefined;
  const found =
    present === undefined || present.length === 0 ? "is not in the request" : `is ${listed(present, "and")}`;
  return `${key.value} ${found}, and the condition asks for ${name} ${listed(values, "or")}`;
}

function isMet(
  use: OperatorUse,
  present: readonly string[] | undefined,
  values: readonly string[],
  facts: RequestFacts,
  withVariables: boolean,
): boolean {
  const { operator, set, ifExists } = use;
  if (operator === undefined) return false;
  const isAbsent = present === undefined || present.length === 0;
  if (isAbsent && ifExists) return true;
  const compare = operator.prepare(patternsOf(values, facts, withVariables && operator.takesVariables));
  const matchesOne = (requestValue: string) => {
    // "When the condition value is empty, … the policy statement provides no permissions."
    if (values.length === 0) return false;
    // What can't be compared is neither equal nor different.
    return compare(requestValue) === !operator.negated;
  };
  if (set !== undefined) {
    // A set of nothing but an empty text is an empty set.
    const isEmpty = isAbsent || present.every((requestValue) => requestValue === "");
    if (isEmpty) return set === "all";
    return set === "all" ? present.every(matchesOne) : present.some(matchesOne);
  }
  if (isAbsent) return operator.negated && values.length > 0;
  // A key with several values needs ForAllValues or ForAnyValue: AWS refuses a condition without.
  return present.length === 1 && present.every(matchesOne);
}

/** A variable without a value is like nothing: what has one is left out. */
function patternsOf(values: readonly string[], facts: RequestFacts, withVariables: boolean): readonly Pattern[] {
  if (!withVariables) return values.map((text) => ({ text }));
  const patterns: Pattern[] = [];
  for (const text of values) {
    const pattern = resolveVariables(text, facts);
    if (pattern !== undefined) patterns.push(pattern);
  }
  return patterns;
}

function unmetNull(key: string, present: readonly string[] | undefined, values: readonly string[]): string | undefined {
  // An empty text is null, too: reference_policies_elements_condition.html#AccessPolicyLanguage_RequestContext.
  const isAbsent = present === undefined || present.every((value) => value === "");
  if (values.some((value) => value.toLowerCase() === String(isAbsent))) return undefined;
  return isAbsent
    ? `${key} is not in the request, and the condition asks for a request that has it`
    : `${key} is ${listed(present, "and")}, and the condition asks for a request without it`;
}

/** Numbers and booleans stand for their texts. Undefined for anything else. */
function readValues(value: JsonNode | undefined): readonly string[] | undefined {
  const texts: string[] = [];
  for (const node of value?.kind === "array" ? value.items : [value]) {
    if (node?.kind === "string") texts.push(node.value);
    else if (node?.kind === "number" || node?.kind === "boolean") texts.push(String(node.value));
    else return undefined;
  }
  return texts;
}
