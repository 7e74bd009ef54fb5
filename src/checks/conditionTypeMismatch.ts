import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import type { ConditionKeyFacts } from "../policy/serviceReference/serviceReference";
import { contentRange } from "../policy/stringRange";
import { isAsked, isFreeOperator, keysBeside } from "./conditionParts";
import { type ConditionType, operatorOfType, typeOfKey, typeOfOperator, valueProblem } from "./conditionTypes";
import { allows } from "./documentFacts";
import type { CheckedDocument, Finding, Fix, Severity } from "./finding";
import { isTemplateText, isUnfilled, type ReadOperator, readOperator } from "./policyElements";
import { replaceNode } from "./textEdits";

/**
 * An operator that compares something else than the condition key holds, a value that the operator can't compare, a
 * wildcard where it is only a character, ForAllValues on a key with one value, which also lets in who has none, or no such
 * prefix on a key with several.
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
  if (isAsked(document, condition.key) || isTemplateText(condition.key.value)) return;
  if (operator.base === "Null" && operator.set !== "") {
    findings.push(operatorFinding(document, statement, condition, nullOfSet(condition, operator)));
    return;
  }
  const facts = document.context.reference?.conditionKey(condition.key.value);
  const mismatch =
    facts === undefined || operator.base === "Null" ? undefined : keyMismatch(condition, operator, type, facts);
  if (mismatch !== undefined) {
    findings.push(operatorFinding(document, statement, condition, mismatch));
    return;
  }
  const setMismatch = facts && setProblem(statement, condition, operator, facts);
  if (setMismatch !== undefined) {
    findings.push(operatorFinding(document, statement, condition, setMismatch));
    return;
  }
  for (const node of condition.values) {
    if (node.kind === "string") addValue(document, statement, condition, operator, type, node, findings);
  }
}

interface Mismatch {
  readonly severity: Severity;
  readonly message: string;
  /** What can stand there instead. */
  readonly operators: readonly string[];
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
  if (texts.some(isUnfilled)) return undefined;
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
    operators: replacement === undefined ? [] : [`${set}${replacement}${ifExists ? "IfExists" : ""}`],
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
function setProblem(
  statement: Statement,
  { key, operator: { value: written } }: ConditionEntry,
  { base, set }: ReadOperator,
  { name, type }: ConditionKeyFacts,
): Mismatch | undefined {
  const several = type.startsWith("ArrayOf");
  if (several && set === "" && base !== "Null") {
    return {
      severity: "warning",
      message: `${key.value} can have several values, and ${written} does not say how many of them must match, so the condition may never be met.`,
      operators: [`ForAnyValue:${written}`, `ForAllValues:${written}`],
      safe: false,
    };
  }
  if (several || set !== "ForAllValues:" || !allows(statement) || !/^(aws|s3|kms|sts|iam):/i.test(name))
    return undefined;
  return {
    severity: "warning",
    message: `${key.value} has one value, and ForAllValues also holds for a request that has none, so the condition would let in more than it says.`,
    operators: [written.slice(set.length)],
    safe: false,
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html: Null with qualifier */
function nullOfSet({ key, operator: { value: written } }: ConditionEntry, { base, set }: ReadOperator): Mismatch {
  return {
    severity: "warning",
    message: `Null asks whether a request has ${key.value} at all: ${written} would hold for ${set === "ForAllValues:" ? "every" : "no"} request.`,
    operators: [base],
    safe: false,
  };
}

function operatorFinding(
  { text }: CheckedDocument,
  statement: Statement,
  condition: ConditionEntry,
  { severity, message, operators, safe }: Mismatch,
): Finding {
  const { operator, key } = condition;
  const alone = keysBeside(statement, condition).length === 1;
  const wanted = alone ? operators.filter((other) => isFreeOperator(statement, other)) : [];
  return {
    check: "condition-type-mismatch",
    severity,
    message,
    range: contentRange(text, alone ? operator : key),
    fixes: wanted.map((other) => ({ title: `Replace by ${other}`, edits: [replaceNode(operator, other)], safe })),
  };
}

/** Keys whose values may be a star that is meant as one: If-None-Match: *. */
const literalStar = /^s3:(x-amz-object-)?if-(none-)?match$/i;

/** Of AWS's own keys: other tools write their variables in the same way. */
const policyVariable = /\$\{(aws|s3|kms|sts|iam|saml):[a-z]/i;

function addValue(
  { text }: CheckedDocument,
  statement: Statement,
  { operator: { value: written }, key, operator: operatorNode }: ConditionEntry,
  { base, set, ifExists }: ReadOperator,
  type: ConditionType,
  node: StringNode,
  findings: Finding[],
): void {
  const { value } = node;
  const isVariable = type !== "String" && type !== "Arn" && policyVariable.test(value);
  if (!isVariable && isUnfilled(value)) return;
  const problem = isVariable ? "a policy variable and only replaced in texts and ARNs" : valueProblem(type, value);
  const literal = type === "String" && base.includes("Equals") && value.includes("*") && !literalStar.test(key.value);
  if (problem === undefined && !literal) return;
  const fixes: Fix[] = [];
  const like = `${set}${base.includes("Not") ? "StringNotLike" : "StringLike"}${ifExists ? "IfExists" : ""}`;
  if (literal && isFreeOperator(statement, like))
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
