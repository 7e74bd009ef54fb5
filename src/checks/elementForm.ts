import { isAccountId, parseArn } from "../policy/arn";
import type { JsonNode, StringNode } from "../policy/json";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { toValue } from "../policy/toValue";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { isTemplateFunction, isTemplateText, readOperator } from "./policyElements";
import { replaceNode } from "./textEdits";

/** A part of element-misplaced: a number as an Action, a text as a Principal, a list as a Condition. */
export function elementForm(document: CheckedDocument): readonly Finding[] {
  const { policy } = document;
  if (policy === undefined) return none;
  const findings: Finding[] = [];
  notStatements(document, policy, findings);
  for (const statement of policy.statements) {
    if (isTemplateFunction(statement.node)) continue;
    for (const name of ["Action", "NotAction", "Resource", "NotResource"]) {
      textsOnly(name, statement.elements.get(name)?.value, findings);
    }
    const sid = statement.elements.get("Sid")?.value;
    if (sid !== undefined && sid.kind !== "string" && !isTemplateFunction(sid)) {
      findings.push(wrongForm(sid, "A Sid is a text"));
    }
    for (const name of ["Principal", "NotPrincipal"]) {
      principalForm(document, name, statement.elements.get(name)?.value, findings);
    }
    conditionForm(statement, findings);
  }
  return findings;
}

const none: readonly Finding[] = [];

function wrongForm(node: JsonNode, rule: string, fixes: readonly Fix[] = []): Finding {
  const opens = node.kind === "object" || node.kind === "array";
  return {
    check: "element-misplaced",
    severity: "error",
    message: `${rule} and not ${described(node)}, so AWS would refuse the document.`,
    range: { offset: node.offset, length: opens ? 1 : node.length },
    fixes,
  };
}

function described(node: JsonNode): string {
  switch (node.kind) {
    case "object":
      return "an object";
    case "array":
      return "a list";
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "null":
      return "null";
  }
}

function notStatements({ context }: CheckedDocument, { root }: PolicyDocument, findings: Finding[]): void {
  const value = root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  if (value?.kind !== "array") return;
  for (const item of value.items) {
    if (item.kind === "object" || (item.kind === "string" && isTemplateText(item.value))) continue;
    const nested = item.kind === "array" && context.integration === undefined;
    if (!nested) findings.push(wrongForm(item, "A statement is an object"));
  }
}

function textsOnly(name: string, value: JsonNode | undefined, findings: Finding[]): void {
  if (value === undefined || value.kind === "string" || isTemplateFunction(value)) return;
  if (value.kind !== "array") {
    findings.push(wrongForm(value, `${article(name)} is a text or a list of texts`));
    return;
  }
  for (const item of value.items) {
    if (item.kind !== "string" && !isTemplateFunction(item)) {
      findings.push(wrongForm(item, `${article(name)} is a text or a list of texts`));
    }
  }
}

function article(name: string): string {
  return name === "Action" ? "An Action" : `A ${name}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalForm(
  document: CheckedDocument,
  name: string,
  value: JsonNode | undefined,
  findings: Finding[],
): void {
  if (value === undefined || isTemplateFunction(value)) return;
  if (value.kind === "string") {
    if (value.value !== "*" && !isTemplateText(value.value)) findings.push(bareName(document, name, value));
    return;
  }
  if (value.kind !== "object") {
    findings.push(wrongForm(value, `A ${name} is an object such as { "AWS": … }`));
    return;
  }
  for (const { key, value: names } of value.properties) {
    textsOnly(`${name} of the kind ${key.value}`, names, findings);
  }
}

function bareName({ text }: CheckedDocument, name: string, node: StringNode): Finding {
  const service = node.value.endsWith(".amazonaws.com");
  const known = service || isAccountId(node.value) || parseArn(node.value) !== undefined;
  const kind = service ? "Service" : "AWS";
  const fixes: Fix[] = known
    ? [{ title: `Write { "${kind}": … }`, edits: [replaceNode(node, { [kind]: node.value })], safe: true }]
    : [];
  return {
    check: "element-misplaced",
    severity: "error",
    message: `A ${name} says of which kind it is, as in { "${kind}": … }, so AWS would refuse this name alone.`,
    range: node.value === "" ? { offset: node.offset, length: node.length } : contentRange(text, node),
    fixes,
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
function conditionForm({ elements }: Statement, findings: Finding[]): void {
  const value = elements.get("Condition")?.value;
  if (value === undefined || isTemplateFunction(value)) return;
  if (value.kind !== "object") {
    const [only, ...more] = value.kind === "array" ? value.items : [];
    const fixes: Fix[] =
      only?.kind === "object" && more.length === 0
        ? [{ title: "Remove the brackets", edits: [replaceNode(value, toValue(only))], safe: true }]
        : [];
    findings.push(wrongForm(value, "A Condition is an object of operators", fixes));
    return;
  }
  for (const { key: operator, value: keys } of value.properties) {
    // An unknown operator is condition-operator-unknown's, whatever follows.
    if (keys === undefined || isTemplateFunction(keys) || !readOperator(operator.value).known) continue;
    if (keys.kind !== "object") {
      findings.push(wrongForm(keys, `${operator.value} takes an object of condition keys`));
      continue;
    }
    for (const { key, value: compared } of keys.properties) {
      const values = compared?.kind === "array" ? compared.items : compared === undefined ? [] : [compared];
      const wrong = values.find(({ kind }) => kind === "null" || kind === "object" || kind === "array");
      if (wrong !== undefined && !isTemplateFunction(wrong)) {
        findings.push(wrongForm(wrong, `${key.value} is compared with texts`));
      }
    }
  }
}
