import type { JsonValue } from "../policy/json";
import type { ConditionEntry, PolicyDocument, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { externalIdRule } from "../vendors/externalId";
import { accountMismatch } from "./accountMismatch";
import { allows, isWhole, trustPolicy } from "./documentFacts";
import { type ExpectedCondition, type ExpectedStatement, namesSame, vendorStatements } from "./expectedTrust";
import { isExternalIdKey, requiresExternalId } from "./externalIds";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { addProperty, addStatement, replaceNode } from "./textEdits";

/**
 * A condition of the vendor's definition is missing, or has another operator, key or value; or the account in a
 * statement's principal is not the one in its condition, which then can never hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function conditionMismatch(document: CheckedDocument): Finding[] {
  const policy = trustPolicy(document);
  if (policy === undefined) return [];
  if (document.expectedTrust !== undefined && saysJust(policy, document.expectedTrust)) return [];
  const expected = expectedConditions(document, policy);
  const findings = policy.statements.filter(allows).flatMap((statement) => {
    const found = compareStatement(document, policy, statement, expected);
    return found.length > 0 ? found : accountMismatch(document, statement);
  });
  return findings.length > 0 ? findings : missingStatement(document, policy, expected);
}

/** Nearly every trust policy has what the vendor asks for, word for word. */
function saysJust({ statements }: PolicyDocument, expected: readonly ExpectedStatement[]): boolean {
  return (
    statements.length === expected.length &&
    expected.every(({ principals, conditions }, index) => {
      const statement = statements[index];
      return (
        statement?.effect?.value === "Allow" &&
        statement.conditions.length === conditions.length &&
        statement.principals.every(({ node }) => principals.includes(node.value)) &&
        conditions.every((condition, at) => isJust(statement.conditions[at], condition))
      );
    })
  );
}

function isJust(entry: ConditionEntry | undefined, { operator, key, values }: ExpectedCondition): boolean {
  return (
    entry?.operator.value === operator &&
    entry.key.value === key &&
    entry.values.length === values.length &&
    entry.values.every((node, index) => node.kind === "string" && node.value === values[index])
  );
}

/** Without those on the external ID that external-id-missing and external-id-invalid look at. */
function expectedConditions(
  { expectedTrust, vendor, context }: CheckedDocument,
  { statements }: PolicyDocument,
): readonly ExpectedStatement[] {
  const expected = expectedTrust ?? [];
  const absent = () => !statements.some(({ conditions }) => conditions.some(requiresExternalId));
  const rest =
    vendor === undefined || externalIdRule(vendor, context.integration?.manifest)?.required !== true
      ? expected
      : expected.map((statement) => ({
          ...statement,
          conditions: statement.conditions.filter(
            ({ key, values }) => !isExternalIdKey(key) || !(values.every((value) => value.includes("{{")) || absent()),
          ),
        }));
  return rest.filter(({ conditions }) => conditions.length > 0);
}

function compareStatement(
  document: CheckedDocument,
  policy: PolicyDocument,
  statement: Statement,
  expected: readonly ExpectedStatement[],
): Finding[] {
  const own = expected.filter((item) => trusts(statement, item));
  if (own.length === 0) return [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const condition of own.flatMap(({ conditions }) => conditions)) {
    const name = condition.key.toLowerCase();
    if (seen.has(name)) continue;
    seen.add(name);
    const entry = statement.conditions.find(({ key }) => key.value.toLowerCase() === name);
    if (entry === undefined) {
      const renamed = statement.conditions.find((other) => isRenamed(other, condition, own));
      findings.push(
        ...(renamed === undefined
          ? missingCondition(document, policy, statement, condition, own)
          : [otherKey(document, renamed, condition)]),
      );
      continue;
    }
    if (!sameOperator(entry.operator.value, condition.operator)) {
      findings.push(otherOperator(document, entry, condition));
      continue;
    }
    findings.push(...otherValues(document, policy, entry, condition, own));
  }
  return findings;
}

function trusts(statement: Statement, { principals }: ExpectedStatement): boolean {
  return statement.principals.some(({ node }) => principals.some((principal) => namesSame(principal, node.value)));
}

/** AWS compares ArnEquals exactly as ArnLike. */
function sameOperator(a: string, b: string): boolean {
  if (a === b) return true;
  const canonical = (operator: string) => operator.toLowerCase().replace("arnequals", "arnlike");
  return canonical(a) === canonical(b);
}

/** The vendor's values under another key. */
function isRenamed({ values }: ConditionEntry, { key }: ExpectedCondition, own: readonly ExpectedStatement[]): boolean {
  const wanted = own.flatMap(({ conditions }) => conditions.flatMap((item) => (item.key === key ? item.values : [])));
  return values.some((node) => node.kind === "string" && wanted.some((value) => namesSame(value, node.value)));
}

function otherKey({ text, vendor }: CheckedDocument, entry: ConditionEntry, { key }: ExpectedCondition): Finding {
  const written = entry.key.value;
  return {
    check: "condition-mismatch",
    severity: "error",
    message: `${vendor?.name ?? "The vendor"} asks for ${key}: ${written} is compared with something else, so the condition would never hold.`,
    range: contentRange(text, entry.key),
    fixes: [{ title: `Replace ${written} by ${key}`, edits: [replaceNode(entry.key, key)], safe: true }],
  };
}

function missingCondition(
  document: CheckedDocument,
  policy: PolicyDocument,
  statement: Statement,
  { operator, key }: ExpectedCondition,
  own: readonly ExpectedStatement[],
): Finding[] {
  const principal = statement.principals[0]?.node;
  if (principal === undefined || !isWhole(document)) return [];
  const name = document.vendor?.name ?? "the vendor";
  const wanted = own.find((item) => !isCovered(policy, item)) ?? own[0];
  return [
    {
      check: "condition-mismatch",
      severity: "error",
      message: `The condition ${operator} on ${key} that ${name} asks for is missing, so everyone in the trusted account could assume the role, not only ${name}’s service.`,
      range: contentRange(document.text, principal),
      fixes: wanted === undefined ? [] : addConditionFixes(document, statement, wanted),
    },
  ];
}

function addConditionFixes({ text }: CheckedDocument, statement: Statement, wanted: ExpectedStatement): Fix[] {
  const existing = statement.elements.get("Condition")?.value;
  const [condition] = wanted.conditions;
  const whole = wanted.statement();
  if (condition === undefined || whole === undefined) return [];
  let edits = existing === undefined ? addProperty(text, statement.node, "Condition", whole.Condition ?? {}) : [];
  if (existing?.kind === "object") {
    const operator = existing.properties.find(({ key }) => key.value === condition.operator)?.value;
    const value = single(condition.values);
    edits =
      operator === undefined
        ? addProperty(text, existing, condition.operator, { [condition.key]: value })
        : addProperty(text, operator, condition.key, value);
  }
  return edits.length === 0 ? [] : [{ title: `Add the condition on ${condition.key}`, edits, safe: true }];
}

function single(values: readonly string[]): JsonValue {
  return values.length === 1 ? (values[0] ?? "") : values;
}

function otherOperator(
  document: CheckedDocument,
  entry: ConditionEntry,
  { operator, key }: ExpectedCondition,
): Finding {
  const written = entry.operator.value;
  const alone = document.policy?.statements.some(({ elements }) => {
    const conditions = elements.get("Condition")?.value;
    const property =
      conditions?.kind === "object" ? conditions.properties.find((item) => item.key === entry.operator) : undefined;
    return property?.value?.kind === "object" && property.value.properties.length === 1;
  });
  return {
    check: "condition-mismatch",
    severity: "error",
    message: `${document.vendor?.name ?? "The vendor"} asks for ${operator} on ${key}: ${written} compares in another way, so the role could be refused to the service or open to others.`,
    range: contentRange(document.text, entry.operator),
    fixes:
      alone === true
        ? [{ title: `Replace ${written} by ${operator}`, edits: [replaceNode(entry.operator, operator)], safe: true }]
        : [],
  };
}

function otherValues(
  document: CheckedDocument,
  policy: PolicyDocument,
  entry: ConditionEntry,
  { key }: ExpectedCondition,
  own: readonly ExpectedStatement[],
): Finding[] {
  const name = document.vendor?.name ?? "the vendor";
  const findings: Finding[] = [];
  for (const node of entry.values) {
    if (node.kind !== "string" || own.some((statement) => isWanted(statement, key, node.value))) continue;
    if (hasPlaceholder(node.value)) continue;
    const complete = own.filter((item) => item.statement() !== undefined);
    const sameForm = complete.filter(({ conditions }) =>
      conditions.some(({ values }) => values.some((value) => formOf(value) === formOf(node.value))),
    );
    const free = complete.find((item) => !isCovered(policy, item));
    const replacement = (sameForm[0] ?? free)?.conditions.find((condition) => condition.key === key)?.values[0];
    findings.push({
      check: "condition-mismatch",
      severity: "error",
      message:
        sameForm.length > 0
          ? `The account in this condition is not the one that ${name} uses, so the condition would never hold and ${name} would be refused.`
          : `This value of ${key} is not one that ${name} asks for, so ${name} would be refused or someone else let in.`,
      range: contentRange(document.text, node),
      fixes:
        replacement === undefined
          ? []
          : [{ title: `Replace by ${replacement}`, edits: [replaceNode(node, replacement)], safe: true }],
    });
  }
  return findings;
}

function isWanted({ conditions }: ExpectedStatement, key: string, actual: string): boolean {
  return conditions.some(
    (condition) => condition.key === key && condition.values.some((value) => namesSame(value, actual)),
  );
}

/** The resource of an ARN: what stays the same when only the account is wrong. */
function formOf(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

/** Does some statement of the document let in whom this expected statement lets in? */
function isCovered(policy: PolicyDocument, expected: ExpectedStatement): boolean {
  return policy.statements
    .filter(allows)
    .some(
      (statement) =>
        trusts(statement, expected) && expected.conditions.every((condition) => holds(statement, condition)),
    );
}

function holds(statement: Statement, { operator, key, values }: ExpectedCondition): boolean {
  const entry = statement.conditions.find(
    (item) => item.key.value.toLowerCase() === key.toLowerCase() && sameOperator(item.operator.value, operator),
  );
  return values.every((value) =>
    entry?.values.some(
      (node) => node.kind === "string" && (namesSame(value, node.value) || hasPlaceholder(node.value)),
    ),
  );
}

/** The vendor asks for several statements, and one of them is not there. */
function missingStatement(
  document: CheckedDocument,
  policy: PolicyDocument,
  expected: readonly ExpectedStatement[],
): Finding[] {
  const missing = vendorStatements(expected).filter((item) => !isCovered(policy, item));
  if (missing.length === 0 || !isWhole(document)) return [];
  const trusting = policy.statements.filter((item) => allows(item) && expected.some((wanted) => trusts(item, wanted)));
  const near = trusting.at(-1)?.conditions[0]?.values[0];
  if (near?.kind !== "string") return [];
  const range = contentRange(document.text, near);
  return missing.map((item) => {
    const value = item.conditions[0]?.values[0] ?? "";
    const name = document.vendor?.name ?? "The vendor";
    const statement = item.statement();
    return {
      check: "condition-mismatch",
      severity: "error",
      message: `${name} asks for a second pattern, ${value.replace(/\{\{\w+\}\}/g, "…")}, besides this one: without it a part of ${name} would be refused.`,
      range,
      fixes:
        statement === undefined
          ? []
          : [{ title: `Add the statement for ${value}`, edits: addStatement(policy, statement), safe: true }],
    };
  });
}
