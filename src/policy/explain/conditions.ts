import type { JsonValue } from "../json";
import type { ConditionEntry } from "../policyDocument";
import { toValue } from "../toValue";
import type { ConditionTest, GrantCondition } from "./explanation";
import { joined } from "./words";

export function conditionTest({ operator, key, values }: ConditionEntry): ConditionTest {
  return { operator: operator.value, key: key.value, values: values.map(toValue) };
}

/** What an Allow asks for. */
export function onlyCondition(test: ConditionTest, on: GrantCondition["on"]): GrantCondition {
  return { effect: "only", tests: [test], on, text: `only ${circumstance(test)}` };
}

/** All conditions of a grant, to end a sentence: ", only with the external ID abc and if …, unless …"; empty for none. */
export function conditionPhrase(conditions: readonly GrantCondition[]): string {
  const texts = (effect: GrantCondition["effect"]) =>
    conditions.filter((each) => each.effect === effect).map(({ text }) => text);
  const only = texts("only").map((text) => text.replace(/^only /, ""));
  const phrases = [...(only.length > 0 ? [`only ${joined(only, "and")}`] : []), ...texts("unless")];
  return phrases.map((phrase) => `, ${phrase}`).join("");
}

/** What a Deny takes away; at least one of its parts must say something. */
export function unlessCondition(
  parts: Pick<GrantCondition, "tests" | "on" | "resources" | "allBut" | "principals">,
): GrantCondition {
  const { tests, resources, allBut, principals } = parts;
  const phrases = [
    ...(principals ? [`it is ${joined(principals, "or")}`] : []),
    ...(resources ? [`it is about ${allBut ? "anything but " : ""}${joined(resources, "or")}`] : []),
    ...(tests.length > 0 ? [tests.map(unlessPhrase).join(" and ")] : []),
  ];
  return { effect: "unless", ...parts, text: `unless ${phrases.join(" and ")}` };
}

/** Equal for conditions that ask the same: lists are sets, names don't depend on upper and lower case. */
export function conditionKey({ effect, tests, on, resources, allBut, principals }: GrantCondition): string {
  return JSON.stringify([effect, on, tests.map(testKey).sort(), resources, allBut, principals]);
}

export function testKey({ operator, key, values }: ConditionTest): string {
  const set = [...new Set(values.map(textOf))].sort();
  return JSON.stringify([operator.toLowerCase(), key.toLowerCase(), set]);
}

/** What to say for the conditions that people meet most: the key and the operator in lower case, and the words. */
const phrases: { readonly [keyAndOperator: string]: (values: string) => string } = {
  "sts:externalid stringequals": (values) => `with the external ID ${values}`,
  "aws:sourceip ipaddress": (values) => `from the IP addresses ${values}`,
  "aws:principalorgid stringequals": (values) => `from the organization ${values}`,
  "aws:sourceaccount stringequals": (values) => `on behalf of account ${values}`,
  "aws:sourcevpce stringequals": (values) => `through the VPC endpoint ${values}`,
  "aws:sourcevpc stringequals": (values) => `from the VPC ${values}`,
  "kms:viaservice stringequals": (values) => `through ${values}`,
};

const encrypted = "over an encrypted connection";

/** To stand after "only": "with the external ID abc", "if aws:RequestedRegion is eu-central-1". */
function circumstance(test: ConditionTest): string {
  const name = `${test.key.toLowerCase()} ${test.operator.toLowerCase()}`;
  const phrase = Object.hasOwn(phrases, name) ? phrases[name] : undefined;
  const values = joined(test.values.map(textOf), "or");
  if (phrase !== undefined && test.values.length > 0) return phrase(values);
  if (name === "aws:securetransport bool" && values === "true") return encrypted;
  if (name === "aws:multifactorauthpresent bool" && values === "true") return "with multi-factor authentication";
  return `if ${fact(test)}`;
}

function unlessPhrase(test: ConditionTest): string {
  const insecure = test.key.toLowerCase() === "aws:securetransport" && /^bool(ifexists)?$/i.test(test.operator);
  if (insecure && test.values.map(textOf).join() === "false") return "the connection is not encrypted";
  return fact(test);
}

/** Operators in lower case without their set prefix and IfExists. Those that deny are true when no value matches. */
const operators: { readonly [operator: string]: readonly [verb: string, word: "or" | "nor"] } = {
  stringequals: ["is", "or"],
  stringnotequals: ["is not", "nor"],
  stringequalsignorecase: ["is, in upper or lower case,", "or"],
  stringnotequalsignorecase: ["is not, in upper or lower case,", "nor"],
  stringlike: ["matches", "or"],
  stringnotlike: ["does not match", "nor"],
  arnequals: ["matches", "or"],
  arnlike: ["matches", "or"],
  arnnotequals: ["does not match", "nor"],
  arnnotlike: ["does not match", "nor"],
  ipaddress: ["is in", "or"],
  notipaddress: ["is not in", "nor"],
  numericequals: ["is", "or"],
  numericnotequals: ["is not", "nor"],
  numericlessthan: ["is less than", "or"],
  numericlessthanequals: ["is at most", "or"],
  numericgreaterthan: ["is more than", "or"],
  numericgreaterthanequals: ["is at least", "or"],
  dateequals: ["is", "or"],
  datenotequals: ["is not", "nor"],
  datelessthan: ["is before", "or"],
  datelessthanequals: ["is at or before", "or"],
  dategreaterthan: ["is after", "or"],
  dategreaterthanequals: ["is at or after", "or"],
  bool: ["is", "or"],
  binaryequals: ["is", "or"],
};

/** "aws:RequestedRegion is eu-central-1 or eu-west-1"; an operator that has no words stands as it is written. */
function fact({ operator, key, values }: ConditionTest): string {
  const [, set = "", name = "", ifExists] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  const texts = values.map(textOf);
  if (name === "null" && set === "" && texts.length === 1 && /^(true|false)$/i.test(texts[0] ?? "")) {
    return `${key} is ${/true/i.test(texts[0] ?? "") ? "absent" : "present"}`;
  }
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (known === undefined) return `${key} ${operator} ${joined(texts, "or")}`;
  const [verb, word] = known;
  const list = texts.length === 0 ? "nothing" : word === "nor" ? texts.join(" nor ") : joined(texts, "or");
  const subject = set === "forallvalues" ? `each of ${key}` : set === "foranyvalue" ? `one of ${key}` : key;
  return `${subject} ${verb} ${list}${ifExists ? " (or is absent)" : ""}`;
}

function textOf(value: JsonValue): string {
  if (value === "") return '""';
  return typeof value === "string" ? value : JSON.stringify(value);
}
