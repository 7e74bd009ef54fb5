import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import type { ConditionKeyFacts } from "../policy/serviceReference/serviceReference";
import { contentRange } from "../policy/stringRange";
import { type ConditionType, operatorOfType, typeOfKey, typeOfOperator, valueProblem } from "./conditionTypes";
import { allows } from "./documentFacts";
import type { CheckedDocument, Finding, Fix, Severity } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { isTemplateText, type ReadOperator, readOperator } from "./policyElements";
import { replaceNode } from "./textEdits";

/**
 * An operator that compares something else than the condition key holds, a value that the operator can't compare, a
 * wildcard where it is only a character, or ForAllValues on a key with one value, which also lets in who has none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function conditionTypeMismatch(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of document.policy?.statements ?? []) {
    for (const condition of statement.conditions) {
      const operator = readOperator(condition.operator.value);
      const type = operator.known ? typeOfOperator(operator.base) : undefined;
      if (operator.base === "Null" && operator.known) add(document, statement, condition, operator, "Bool", findings);
      else if (type !== undefined) add(document, statement, condition, operator, type, findings);
    }
  }
  return findings;
}

function add(
  document: CheckedDocument,
  statement: Statement,
  condition: ConditionEntry,
  operator: ReadOperator,
  type: ConditionType,
  findings: Finding[],
): void {
  // What the vendor asks for is condition-mismatch's: operator and values.
  const name = condition.key.value.toLowerCase();
  const asked = document.expectedTrust?.some(({ conditions }) =>
    conditions.some(({ key }) => key.toLowerCase() === name),
  );
  if (asked === true || isTemplateText(condition.key.value)) return;
  const facts = document.context.reference?.conditionKey(condition.key.value);
  const mismatch =
    facts === undefined || operator.base === "Null" ? undefined : keyMismatch(condition, operator, type, facts);
  if (mismatch !== undefined) {
    findings.push(operatorFinding(document, statement, condition, mismatch));
    return;
  }
  if (facts !== undefined && isTooOpen(statement, operator, facts)) {
    findings.push(operatorFinding(document, statement, condition, tooOpen(condition, operator)));
    return;
  }
  for (const node of condition.values) {
    if (node.kind === "string") addValue(document, statement, condition, operator, type, node, findings);
  }
}

interface Mismatch {
  readonly severity: Severity;
  readonly message: string;
  readonly operator?: string;
  readonly safe: boolean;
}

/** Values of the customer's own choice, such as tags, are compared as what they look like. */
const ownValues = /tag|encryptioncontext|requestcontext/i;

function keyMismatch(
  { key, values, operator: { value: written } }: ConditionEntry,
  { base, set, ifExists }: ReadOperator,
  type: ConditionType,
  facts: ConditionKeyFacts,
): Mismatch | undefined {
  const wanted = typeOfKey(facts.type);
  if (wanted === undefined || wanted === type) return undefined;
  const texts = values.flatMap((node) => (node.kind === "string" ? [node.value] : []));
  if (texts.some((text) => isTemplateText(text) || hasPlaceholder(text))) return undefined;
  if (type === "String") {
    // As texts true and false, numbers and whole ARNs are told apart as well.
    if (wanted === "Arn" || wanted === "Bool" || wanted === "Binary") return undefined;
  } else if (wanted === "String") {
    if (ownValues.test(facts.name)) return undefined;
    // AWS's list calls some keys texts that hold ARNs.
    if (type === "Arn" && texts.every((text) => valueProblem("Arn", text) === undefined)) return undefined;
  } else if (wanted === "Date" && type === "Numeric") {
    // Seconds since 1970.
    return undefined;
  }
  const replacement = operatorOfType(base, wanted);
  const works = type === "String" && !(wanted === "IpAddress" && texts.some((text) => text.includes("/")));
  const result = works
    ? "would compare the letters and not the value"
    : base.includes("Not")
      ? "would hold for every request"
      : "would hold for no request";
  return {
    severity: works ? "warning" : "error",
    message: `${key.value} holds ${things[wanted]}, which ${written} does not compare, so the condition ${result}.`,
    ...(replacement !== undefined && { operator: `${set}${replacement}${ifExists ? "IfExists" : ""}` }),
    safe: replacement !== undefined && texts.every((text) => valueProblem(wanted, text) === undefined),
  };
}

const things: { readonly [type in ConditionType]: string } = {
  String: "a text",
  Numeric: "a number",
  Date: "a date",
  Bool: "true or false",
  Binary: "Base64",
  IpAddress: "an IP address",
  Arn: "an ARN",
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function isTooOpen(statement: Statement, { set }: ReadOperator, { name, type }: ConditionKeyFacts): boolean {
  return (
    set === "ForAllValues:" && allows(statement) && !type.startsWith("ArrayOf") && /^(aws|s3|kms|sts|iam):/i.test(name)
  );
}

function tooOpen({ key, operator: { value } }: ConditionEntry, { set }: ReadOperator): Mismatch {
  return {
    severity: "warning",
    message: `${key.value} has one value, and ForAllValues also holds for a request that has none, so the condition would let in more than it says.`,
    operator: value.slice(set.length),
    safe: false,
  };
}

function operatorFinding(
  { text }: CheckedDocument,
  { elements }: Statement,
  { operator, key }: ConditionEntry,
  { severity, message, operator: replacement, safe }: Mismatch,
): Finding {
  const conditions = elements.get("Condition")?.value;
  const around =
    conditions?.kind === "object" ? conditions.properties.find((property) => property.key === operator) : undefined;
  const alone = around?.value?.kind === "object" && around.value.properties.length === 1;
  // An operator that stands there already can't be there twice.
  const free =
    conditions?.kind === "object" && conditions.properties.every((property) => property.key.value !== replacement);
  const fix = alone && free && replacement !== undefined;
  return {
    check: "condition-type-mismatch",
    severity,
    message,
    range: contentRange(text, alone ? operator : key),
    fixes: fix ? [{ title: `Replace by ${replacement}`, edits: [replaceNode(operator, replacement)], safe }] : [],
  };
}

/** Keys whose values may be a star that is meant as one: If-None-Match: *. */
const literalStar = /^s3:(x-amz-object-)?if-(none-)?match$/i;

function addValue(
  { text }: CheckedDocument,
  { elements }: Statement,
  { operator: { value: written }, key, operator: operatorNode }: ConditionEntry,
  { base, set, ifExists }: ReadOperator,
  type: ConditionType,
  node: StringNode,
  findings: Finding[],
): void {
  const { value } = node;
  if (isTemplateText(value) || hasPlaceholder(value)) return;
  const problem = valueProblem(type, value);
  const literal = type === "String" && base.includes("Equals") && value.includes("*") && !literalStar.test(key.value);
  if (problem === undefined && !literal) return;
  const fixes: Fix[] = [];
  const like = `${set}${base.includes("Not") ? "StringNotLike" : "StringLike"}${ifExists ? "IfExists" : ""}`;
  const conditions = elements.get("Condition")?.value;
  const free = conditions?.kind === "object" && conditions.properties.every((property) => property.key.value !== like);
  if (literal && free)
    fixes.push({ title: `Compare with ${like}`, edits: [replaceNode(operatorNode, like)], safe: false });
  findings.push({
    check: "condition-type-mismatch",
    severity: problem === undefined ? "warning" : "error",
    message:
      problem === undefined
        ? `To ${written} the * is only a character and no wildcard, so the condition compares with just this text.`
        : `${written} compares with ${JSON.stringify(value)}, which is ${problem}, so the condition could never be decided.`,
    range: value === "" ? { offset: node.offset, length: node.length } : contentRange(text, node),
    fixes,
  });
}
