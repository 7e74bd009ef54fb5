import { operatorNames } from "../policy/evaluate/conditionOperators";
import type { JsonNode, ObjectNode, StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { principalTypes, statementElements } from "../policy/policyWords";
import { nearestName } from "./nearName";
import { hasPlaceholder } from "./placeholderTokens";

const conditionOperators: ReadonlySet<string> = new Set(operatorNames);

export interface ReadOperator {
  /** `ForAllValues:` or `ForAnyValue:` as written; empty without one. */
  readonly set: string;
  readonly base: string;
  readonly ifExists: boolean;
  readonly known: boolean;
}

/** `ForAnyValue:StringLikeIfExists` in its parts. */
export function readOperator(operator: string): ReadOperator {
  if (conditionOperators.has(operator)) return { set: "", base: operator, ifExists: false, known: true };
  const [, set = "", rest = ""] = /^([A-Za-z]+:)?(.*)$/s.exec(operator) ?? [];
  const ifExists = rest.endsWith("IfExists");
  const base = ifExists ? rest.slice(0, -8) : rest;
  const known =
    (set === "" || set === "ForAllValues:" || set === "ForAnyValue:") &&
    conditionOperators.has(base) &&
    !(base === "Null" && ifExists);
  return { set, base, ifExists, known };
}

/** The operator that was probably meant. */
export function nearestOperator(operator: string): string | undefined {
  const [, set = "", rest = ""] = /^([A-Za-z]+:)?(.*)$/s.exec(operator) ?? [];
  const ifExists = /IfExists?$/i.test(rest);
  const base = nearestName(ifExists ? rest.replace(/IfExists?$/i, "") : rest, conditionOperators);
  const prefix = set === "" ? "" : nearestName(set, ["ForAllValues:", "ForAnyValue:"]);
  if (base === undefined || prefix === undefined) return undefined;
  return `${prefix}${base}${ifExists && base !== "Null" ? "IfExists" : ""}`;
}

/** `{"Ref": …}`, `{"Fn::Sub": …}`: CloudFormation puts something else in its place, so it can't be judged. */
export function isTemplateFunction(node: JsonNode | undefined): boolean {
  return node?.kind === "object" && node.properties.some(({ key }) => key.value === "Ref" || isFunctionName(key.value));
}

function isFunctionName(name: string): boolean {
  return name.startsWith("Fn::");
}

/** Condition keys, which have a colon, are the same in capitals and small letters. */
export function keyName({ value }: StringNode): string {
  return value.includes(":") ? value.toLowerCase() : value;
}

/** Text that another tool fills in: `${aws_s3_bucket.data.arn}`, `{{account}}`. Policy variables look the same. */
export function isTemplateText(text: string): boolean {
  return text.includes("${") || text.includes("{{") || text.includes("%{");
}

/** Text that a person or another tool still fills in: other checks leave it alone. */
export function isUnfilled(text: string): boolean {
  return isTemplateText(text) || hasPlaceholder(text);
}

/** Only elements that a statement may have: else it is not known what is missing and what is only written wrongly. */
export function isWellFormed({ node }: Statement): boolean {
  return node.properties.every(({ key }) => statementElements.has(key.value));
}

/** Every condition is where it belongs, so that it is known who a statement does not let in. */
export function hasPlainConditions({ node, elements }: Statement): boolean {
  const condition = elements.get("Condition")?.value;
  return (
    node.properties.every(({ key }) => statementElements.has(key.value)) &&
    (condition === undefined ||
      (condition.kind === "object" &&
        !isTemplateFunction(condition) &&
        condition.properties.every(({ value }) => value?.kind === "object")))
  );
}

/** Does the statement have what was probably meant as this element, written wrongly or in the wrong place? */
export function hasMeant(node: ObjectNode, element: string): boolean {
  return node.properties.some(({ key: { value } }) => {
    if (statementElements.has(value)) return value === element;
    if (element === "Principal" && principalTypes.has(value)) return true;
    if (element === "Condition" && readOperator(value).known) return true;
    return nearestName(value, statementElements) === element;
  });
}
