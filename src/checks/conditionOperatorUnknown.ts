import type { JsonNode, StringNode } from "../policy/json";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { isTemplateFunction, isTemplateText, nearestOperator, readOperator } from "./policyElements";
import { replaceNode, wrapProperty } from "./textEdits";

/**
 * A condition operator that AWS does not have, or a condition key where an operator belongs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionOperatorUnknown(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const { elements } of document.policy?.statements ?? []) {
    const condition = elements.get("Condition")?.value;
    if (condition?.kind !== "object" || isTemplateFunction(condition)) continue;
    for (const property of condition.properties) {
      const { key, value } = property;
      if (readOperator(key.value).known || isTemplateText(key.value)) continue;
      if (value !== undefined && value.kind !== "object" && /^[\w-]+:/.test(key.value) && !/^For/.test(key.value)) {
        findings.push(withoutOperator(document, key, wrapProperty(property, operatorFor(key.value))));
      } else {
        findings.push(unknown(document, key, value));
      }
    }
  }
  return findings;
}

function withoutOperator({ text }: CheckedDocument, key: StringNode, edits: Fix["edits"]): Finding {
  const operator = operatorFor(key.value);
  return {
    check: "condition-operator-unknown",
    severity: "error",
    message: `${key.value} is a condition key: an operator such as ${operator} must stand around it, so AWS would refuse the document.`,
    range: contentRange(text, key),
    fixes: [{ title: `Compare it with ${operator}`, edits, safe: true }],
  };
}

function operatorFor(key: string): string {
  if (/arn$/i.test(key)) return "ArnLike";
  return /^aws:(SecureTransport|MultiFactorAuthPresent|ViaAWSService)$/i.test(key) ? "Bool" : "StringEquals";
}

function unknown({ text }: CheckedDocument, key: StringNode, value: JsonNode | undefined): Finding {
  const written = key.value;
  const meant = nearestOperator(written);
  // AWS documents the operators in this spelling only; whether it takes another is not written anywhere.
  const sameLetters = meant !== undefined && meant.toLowerCase() === written.toLowerCase();
  const nullIfExists = readOperator(written).base === "Null";
  const reason = nullIfExists
    ? "Null already asks whether the key exists and takes no IfExists"
    : `AWS has no condition operator ${JSON.stringify(written)}`;
  return {
    check: "condition-operator-unknown",
    severity: sameLetters ? "warning" : "error",
    message: sameLetters
      ? `AWS writes this operator ${meant}, so it could refuse the document or never apply the condition.`
      : `${reason}, so it would refuse the document.`,
    range: written === "" || value === undefined ? { offset: key.offset, length: key.length } : contentRange(text, key),
    fixes:
      meant === undefined
        ? []
        : [{ title: `Replace by ${meant}`, edits: [replaceNode(key, meant)], safe: sameLetters || nullIfExists }],
  };
}
