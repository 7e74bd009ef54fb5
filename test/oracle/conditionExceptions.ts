import type { JsonObject, JsonValue } from "../../src/policy/json";
import type { Case } from "./cases";
import type { Exception } from "./exceptions";
import type { Condition } from "./rewrite";
import { allowAll, eachCondition, policyOf, toldOf } from "./rewrite";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const operators = `${guide}/reference_policies_elements_condition_operators.html`;
const lists = `${guide}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const variables = `${guide}/reference_policies_variables.html`;

/** Exceptions in the condition language; `request` is a request that the examples are made of. */
export function conditionExceptions(request: Case): readonly Exception[] {
  const example = (condition: JsonObject, context: Case["context"]): Case => ({
    ...request,
    identity: [policyOf({ ...allowAll, Condition: condition })],
    context,
  });
  return [
    {
      id: "address-ranges",
      rule: "IpAddress takes standard CIDR: of any prefix, `/0` too; with `::` anywhere in an IPv6 address; and NotIpAddress is all addresses except those named, of the other IP version too.",
      source: `${operators}#Conditions_IPAddress`,
      rewrite: (one) =>
        eachCondition(
          one,
          ofOperator("IpAddress", (value) => plainRanges(value)),
        ),
      example: example({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, { "aws:SourceIp": "203.0.113.7" }),
    },
    {
      id: "dates",
      rule: "Dates are of any of the W3C's forms of ISO 8601 (a year alone is one) or in UNIX time, which counts seconds.",
      source: `${operators}#Conditions_Date`,
      rewrite: (one) =>
        eachCondition(
          one,
          ofOperator("Date", (value) => [plainDate(value)]),
        ),
      example: example(
        { DateEquals: { "aws:CurrentTime": "1714979289" } },
        { "aws:CurrentTime": "2024-05-06T07:08:09Z" },
      ),
    },
    {
      id: "variables-in-arns",
      rule: "ARN operators take policy variables: the colon in a variable's name separates no parts.",
      source: `${operators}#Conditions_ARN`,
      rewrite: (one) =>
        eachCondition(
          one,
          ofOperator("Arn", (value) => [textOf(value).replaceAll("${aws:PrincipalAccount}", "111111111111")]),
        ),
      example: example(
        { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:${aws:PrincipalAccount}:*" } },
        { "aws:SourceArn": "arn:aws:sns:eu-west-1:111111111111:topic" },
      ),
    },
    {
      id: "escapes-everywhere",
      rule: "`${*}`, `${?}` and `${$}` can be used in any string where variables can.",
      source: `${variables}#policy-vars-specialchars`,
      rewrite: (one) =>
        eachCondition(one, (condition) =>
          /^String.*Equals/.test(nameOf(condition))
            ? withValues(condition, (value) => [textOf(value).replace(/\$\{([*?$])\}/g, "$1")])
            : condition,
        ),
      example: example({ StringEquals: { "aws:PrincipalTag/team": "${*}" } }, { "aws:PrincipalTag/team": "*" }),
    },
    {
      id: "variables-without-value",
      rule: "Inverted operators match where a variable has no value: nothing is equal to it.",
      source: `${variables}#policy-vars-no-value`,
      rewrite: (one) =>
        eachCondition(one, (condition) =>
          isNegated(condition)
            ? withValues(condition, (value) => [
                textOf(value).replaceAll("${aws:PrincipalTag/none}", "equal-to-nothing"),
              ])
            : condition,
        ),
      example: example(
        { StringNotEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/none}" } },
        { "aws:PrincipalTag/team": "red" },
      ),
    },
    {
      id: "number-of-values",
      rule: "Whether a key has several values depends on the values in the request: with one it needs no set operator, with none it is absent.",
      source: lists,
      rewrite: (one) =>
        eachCondition(withoutEmptyLists(one), (condition) =>
          setOf(condition) === "" && nameOf(condition) !== "Null" && isListOfOne(one, condition.key)
            ? { ...condition, operator: `ForAnyValue:${condition.operator}` }
            : condition,
        ),
      example: example({ StringEquals: { "aws:TagKeys": "red" } }, { "aws:TagKeys": ["red"] }),
    },
    {
      id: "if-exists-with-any-value",
      rule: 'IfExists: "If the key is not present, evaluate the condition element as true", for any operator name except Null.',
      source: `${operators}#Conditions_IfExists`,
      rewrite: (one) =>
        eachCondition(one, (condition) =>
          condition.operator.endsWith("IfExists") && isMissing(one, condition.key) ? true : condition,
        ),
      example: example({ "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "red" } }, {}),
    },
    {
      id: "empty-text-in-a-set",
      rule: "ForAllValues is true and ForAnyValue is false where the value is a null dataset, such as an empty string.",
      source: lists,
      rewrite: (one) =>
        eachCondition(one, (condition) =>
          setOf(condition) !== "" && nameOf(condition) !== "Null" && isEmptyText(one, condition.key)
            ? setOf(condition) === "ForAllValues"
            : condition,
        ),
      example: example(
        { "ForAllValues:StringEquals": { "aws:PrincipalTag/team": "red" } },
        { "aws:PrincipalTag/team": "" },
      ),
    },
    {
      id: "empty-text-is-null",
      rule: 'Null: "the key exists and its value is not null"; where the request has an empty string, the value is null.',
      source: `${guide}/reference_policies_elements_condition.html`,
      rewrite: (one) =>
        eachCondition(one, (condition) =>
          nameOf(condition) === "Null" && isEmptyText(one, condition.key)
            ? condition.values.map(String).includes("true")
            : condition,
        ),
      example: example({ Null: { "aws:PrincipalTag/team": "true" } }, { "aws:PrincipalTag/team": "" }),
    },
  ];
}

/** The operator without its set and IfExists. */
function nameOf({ operator }: Condition): string {
  return operator.replace(/^ForA(ll|ny)Values?:/, "").replace(/IfExists$/, "");
}

function setOf({ operator }: Condition): string {
  return /^(ForA(?:ll|ny)Values?):/.exec(operator)?.[1] ?? "";
}

function isNegated(condition: Condition): boolean {
  return nameOf(condition).includes("Not");
}

function ofOperator(type: string, change: (value: JsonValue) => readonly JsonValue[]) {
  return (condition: Condition) => (nameOf(condition).includes(type) ? withValues(condition, change) : condition);
}

function withValues(condition: Condition, change: (value: JsonValue) => readonly JsonValue[]): Condition {
  return { ...condition, values: condition.values.flatMap(change) };
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : String(value);
}

function plainRanges(value: JsonValue): readonly JsonValue[] {
  if (value === "0.0.0.0/0") return ["0.0.0.0/1", "128.0.0.0/1"];
  if (value === "2001:DB8:0::1") return ["2001:db8::1/128"];
  return /^[\d.]+$/.test(textOf(value)) ? [`${textOf(value)}/32`] : [value];
}

function plainDate(value: JsonValue): JsonValue {
  const text = textOf(value);
  if (/^\d{4}$/.test(text)) return `${text}-01-01T00:00:00Z`;
  return /^\d{5,}$/.test(text) ? new Date(Number(text) * 1000).toISOString() : value;
}

function isListOfOne(one: Case, key: string): boolean {
  return toldOf(one, key)?.length === 1 && key.toLowerCase() === "aws:tagkeys";
}

function isMissing(one: Case, key: string): boolean {
  const told = toldOf(one, key);
  return key.toLowerCase() !== "aws:principalarn" && (told === undefined || told.length === 0);
}

function isEmptyText(one: Case, key: string): boolean {
  return toldOf(one, key)?.join() === "" && !isMissing(one, key);
}

function withoutEmptyLists(one: Case): Case {
  const context = Object.entries(one.context).filter(([, value]) => typeof value === "string" || value.length > 0);
  return context.length === Object.keys(one.context).length ? one : { ...one, context: Object.fromEntries(context) };
}
