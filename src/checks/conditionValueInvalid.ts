import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { addressFindings } from "./conditionAddresses";
import { dateFinding } from "./conditionDates";
import { unknownValues } from "./conditionIds";
import { isAsked, valueFinding } from "./conditionParts";
import { typeOfOperator } from "./conditionTypes";
import { allows } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { isTemplateFunction, type ReadOperator, readOperator } from "./policyElements";
import { removeItem, replaceNode, replaceRange } from "./textEdits";

/**
 * A value of the right type that the condition key never has, or that AWS reads as another one; more or fewer values than
 * the operator compares with; and conditions that are empty.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionValueInvalid(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of document.policy?.statements ?? []) {
    if (document.regular === undefined) findings.push(...emptyParts(document, statement));
    for (const condition of statement.conditions) {
      const operator = readOperator(condition.operator.value);
      if (operator.known && !isAsked(document, condition.key))
        findings.push(...invalidValues(document, statement, condition, operator));
    }
  }
  return findings;
}

const none: readonly Finding[] = [];

function invalidValues(
  document: CheckedDocument,
  statement: Statement,
  condition: ConditionEntry,
  operator: ReadOperator,
): readonly Finding[] {
  const { text } = document;
  const type = typeOfOperator(operator.base);
  const found =
    type === "IpAddress"
      ? addressFindings(text, statement, condition, operator)
      : type === "Date"
        ? condition.values.flatMap((node) => dateFinding(text, condition.key.value, node) ?? none)
        : type === "String"
          ? unknownValues(text, statement, condition, operator)
          : none;
  if (condition.values.length < 2) return found;
  return [...found, ...(mixedTypes(document, condition) ?? severalTruths(text, condition, operator))];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html: Invalid condition data type */
function mixedTypes({ text, regular }: CheckedDocument, { values }: ConditionEntry): readonly Finding[] | undefined {
  if (regular !== undefined) return undefined;
  const bare = values.filter(({ kind }) => kind === "number" || kind === "boolean");
  const [first] = bare;
  if (first === undefined || values.every(({ kind }) => kind === first.kind)) return undefined;
  // Anything else is element-misplaced's.
  if (!values.every((node) => node.kind === "string" || bare.includes(node))) return undefined;
  const edits = bare.map((node) => replaceNode(node, text.slice(node.offset, node.offset + node.length)));
  const message = "Some of these values are in quotes and some are not, so AWS could refuse the document.";
  return [valueFinding(text, first, "warning", message, [{ title: "Put all of them in quotes", edits, safe: true }])];
}

function severalTruths(
  text: string,
  { key, operator, values }: ConditionEntry,
  { base }: ReadOperator,
): readonly Finding[] {
  const [first, second] = values;
  const last = values.at(-1);
  if (first === undefined || second === undefined || last === undefined) return none;
  if (base !== "Bool" && base !== "Null") return none;
  const byTruth = new Map(
    values.map((node) => ["value" in node ? String(node.value).toLowerCase() : "", node] as const),
  );
  if (![...byTruth.keys()].every((value) => value === "true" || value === "false")) return none;
  const both = byTruth.size > 1;
  const message = both
    ? `With true as well as false the condition holds whatever ${key.value} is, so it limits nothing.`
    : `${operator.value} takes one value for ${key.value}, so AWS could refuse this list.`;
  const span = { offset: first.offset, length: last.offset + last.length - first.offset };
  const fixes = [...byTruth].map(([value, { offset, length }]) => ({
    title: `Keep only ${value}`,
    edits: [replaceRange(span, text.slice(offset, offset + length))],
    safe: !both,
  }));
  return [valueFinding(text, second, "warning", message, fixes)];
}

/** `{}`, `{"StringEquals": {}}`, and a key that is compared with `[]`. */
function emptyParts({ text }: CheckedDocument, statement: Statement): readonly Finding[] {
  const element = statement.elements.get("Condition");
  const conditions = element?.value;
  if (element === undefined || conditions?.kind !== "object" || isTemplateFunction(statement.node)) return none;
  const empty = (properties: typeof conditions.properties, part: typeof element, says: string, safe: boolean) => {
    const edit = removeItem(properties, part);
    const fixes = edit === undefined ? [] : [{ title: `Remove ${part.key.value}`, edits: [edit], safe }];
    return valueFinding(text, part.key, safe ? "information" : "warning", says, fixes);
  };
  const idle = "Nothing is compared here, so it is as if it were not there.";
  if (conditions.properties.length === 0) return [empty(statement.node.properties, element, idle, true)];
  return conditions.properties.flatMap((operator) => {
    const { known, ifExists, set } = readOperator(operator.key.value);
    if (operator.value?.kind !== "object" || !known) return none;
    const { properties } = operator.value;
    if (properties.length === 0) return empty(conditions.properties, operator, idle, true);
    return properties.flatMap((property) => {
      if (property.value?.kind !== "array" || property.value.items.length > 0) return none;
      const result =
        ifExists || set === "ForAllValues:"
          ? `only holds for requests without ${property.key.value}`
          : `holds for no request and the statement never ${allows(statement) ? "allows" : "denies"} anything`;
      return empty(properties, property, `There is no value to compare with, so the condition ${result}.`, false);
    });
  });
}
