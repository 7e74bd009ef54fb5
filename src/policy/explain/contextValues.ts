import { readIpRange } from "../evaluate/ipAddress";
import { readDate, readNumber } from "../evaluate/readValues";
import type { ConditionEntry } from "../policyDocument";
import { toValue } from "../toValue";
import { conditionTest, testKey } from "./conditions";
import { isMet } from "./conditionTruth";
import { type Language, type Token, templateLanguage } from "./language";
import { walkLanguages } from "./walkLanguages";

/** A value of a condition key in a request; undefined: the request does not have it. */
export type ContextValue = string | readonly string[] | undefined;

/** Sets of values are tried in all combinations up to this many of their members. */
const mostMembers = 7;

/**
 * Values of one key that make a difference to what conditions ask of it: for each way in which the conditions can be met
 * or not, one value with which they are. Undefined when there are too many ways to try.
 */
export function contextValues(
  entries: readonly ConditionEntry[],
  resolve: (text: string) => string,
): readonly ContextValue[] | undefined {
  const distinct = [...new Map(entries.map((entry) => [testKey(conditionTest(entry)), entry])).values()];
  const key = distinct[0]?.key.value ?? "";
  const single = differing(distinct, key, candidates(distinct, resolve));
  if (!distinct.some(({ operator }) => /^for(all|any)values?:/i.test(operator.value))) return [undefined, ...single];
  // Each member by what it alone does, under the operators of single values and of sets.
  const members = single.filter((value) => typeof value === "string");
  if (members.length > mostMembers) return undefined;
  const sets: ContextValue[] = [undefined];
  for (let chosen = 1; chosen < 1 << members.length; chosen += 1) {
    sets.push(members.filter((_, index) => (chosen & (1 << index)) !== 0));
  }
  return differing(distinct, key, sets);
}

/** One value for each combination of conditions that are met. */
function differing(entries: readonly ConditionEntry[], key: string, values: readonly ContextValue[]): ContextValue[] {
  // With a variable in them what is met depends on other keys, too.
  if (
    entries.some(({ values: written }) => written.some((node) => node.kind === "string" && node.value.includes("${")))
  ) {
    return [...new Map(values.map((value) => [JSON.stringify(value ?? null), value])).values()];
  }
  const found = new Map<string, ContextValue>();
  for (const value of values) {
    const context = value === undefined ? {} : { [key]: value };
    const truth = entries.map((entry) => Number(isMet(entry, context, false))).join("");
    if (!found.has(truth)) found.set(truth, value);
  }
  return [...found.values()];
}

function candidates(entries: readonly ConditionEntry[], resolve: (text: string) => string): readonly string[] {
  const values = new Set<string>();
  const patterns: Language[] = [];
  for (const { operator, values: nodes } of entries) {
    const name = operator.value.toLowerCase().replace(/^for(all|any)values?:|ifexists$/g, "");
    for (const node of nodes) {
      const value = toValue(node);
      const text = resolve(typeof value === "string" ? value : JSON.stringify(value));
      values.add(text);
      for (const other of neighbours(name, text)) values.add(other);
      if (/like$|^arn/.test(name)) patterns.push(valuePattern(text, name.startsWith("arn")));
      else if (name.startsWith("string")) patterns.push(templateLanguage(text, [text]));
    }
  }
  // Texts that match some of the patterns and not the others, in all ways that there are.
  for (const { witness } of walkLanguages(patterns, () => true) ?? []) values.add(witness);
  for (const other of ["some-other-value", "true", "false"]) values.add(other);
  return [...values];
}

/** Texts just beside one that an operator compares with. */
function neighbours(operator: string, text: string): readonly string[] {
  if (operator.includes("ignorecase")) return [text.toLowerCase(), text.toUpperCase()];
  if (operator.startsWith("numeric")) {
    const number = readNumber(text);
    return number === undefined
      ? []
      : [String(number - 1), String(number + 1), String(number - 0.5), String(number + 0.5)];
  }
  if (operator.startsWith("date")) {
    const time = readDate(text);
    return time === undefined ? [] : [time - 1000, time, time + 1000].map((each) => new Date(each).toISOString());
  }
  if (operator.includes("ipaddress")) return addresses(text);
  if (/like$|^arn/.test(operator)) {
    return ["", "x", "some-other"].map((filling) => text.replaceAll("*", filling).replaceAll("?", "x"));
  }
  return [];
}

/** The first and the last address of a range, and those outside it that are nearest. */
function addresses(text: string): readonly string[] {
  const range = readIpRange(text);
  if (range === undefined) return [];
  const width = range.version === 4 ? 8n : 16n;
  const bits = range.version === 4 ? 32n : 128n;
  const number = range.groups.reduce((all, group) => (all << width) | BigInt(group), 0n);
  const size = 1n << (bits - BigInt(range.prefix));
  const first = number - (number % size);
  return [first, first + size - 1n, first - 1n, first + size]
    .filter((each) => each >= 0n && each < 1n << bits)
    .map((each) => addressText(each, range.version));
}

function addressText(address: bigint, version: 4 | 6): string {
  const [count, width] = version === 4 ? [4, 8n] : [8, 16n];
  const groups = Array.from({ length: count }, (_, index) => {
    const group = (address >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n);
    return group.toString(version === 4 ? 10 : 16);
  });
  return groups.join(version === 4 ? "." : ":");
}

/** ArnLike keeps wildcards within their part of the ARN; StringLike does not. */
function valuePattern(text: string, isArn: boolean): Language {
  let colons = 0;
  const parts = text.split("").map((character): string | { token: Token } => {
    if (character === ":") colons += 1;
    const inPart = isArn && colons < 5;
    if (character === "*") return { token: inPart ? "part" : "text" };
    return character === "?" ? { token: inPart ? "anyInPart" : "any" } : character;
  });
  return templateLanguage(text, parts);
}
