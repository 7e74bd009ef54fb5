import { isAccountId, parseArn } from "./arn";
import type { JsonObject, JsonValue } from "./json";
import { isObject } from "./json";
import { documentElements, statementElements } from "./policyWords";

/**
 * The canonical form in which only meaning differs: a list of one is the value itself, lists that are sets are sorted,
 * keys have one order, an account is its id whether written so or as its root ARN, `"*"` as a principal is
 * `{"AWS": "*"}`. Values that are no policy only get their keys sorted.
 */
export function normalizePolicy(value: JsonValue): JsonValue {
  if (!isObject(value) || value.Statement === undefined) return sortKeys(value);
  const statements = listOf(value.Statement).map(normalizeStatement);
  const sorted = statements.map((statement) => ({ statement, text: JSON.stringify(statement) }));
  sorted.sort((a, b) => compare(a.text, b.text));
  const rest = Object.entries(value).filter(([key]) => key !== "Statement");
  return inOrder([...rest, ["Statement", sorted.map(({ statement }) => statement)]], documentOrder);
}

/** Do two policies say the same? Names of actions and of condition keys don't depend on upper and lower case. */
export function samePolicy(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(normalizePolicy(foldCase(a))) === JSON.stringify(normalizePolicy(foldCase(b)));
}

const documentOrder = [...documentElements];
const statementOrder = [...statementElements];

function normalizeStatement(value: JsonValue): JsonValue {
  if (!isObject(value)) return sortKeys(value);
  const entries = Object.entries(value).map(([key, element]): [string, JsonValue] => {
    switch (key) {
      case "Action":
      case "NotAction":
      case "Resource":
      case "NotResource":
        return [key, normalizeSet(element)];
      case "Principal":
      case "NotPrincipal":
        return [key, normalizePrincipal(element)];
      case "Condition":
        return [key, normalizeCondition(element)];
      default:
        return [key, sortKeys(element)];
    }
  });
  return inOrder(entries, statementOrder);
}

function normalizePrincipal(value: JsonValue): JsonValue {
  if (value === "*") return { AWS: "*" };
  if (!isObject(value)) return value;
  return inOrder(
    Object.entries(value).map(([type, names]): [string, JsonValue] => [
      type,
      normalizeSet(type === "AWS" ? listOf(names).map(normalizeAccount) : names),
    ]),
    [],
  );
}

function normalizeAccount(value: JsonValue): JsonValue {
  if (typeof value !== "string" || isAccountId(value)) return value;
  const arn = parseArn(value);
  const root = arn?.service === "iam" && arn.resource === "root" && isAccountId(arn.account);
  return arn !== undefined && root ? arn.account : value;
}

function normalizeCondition(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  return inOrder(
    Object.entries(value).map(([operator, keys]): [string, JsonValue] => {
      if (!isObject(keys)) return [operator, keys];
      const entries = Object.entries(keys).map(([key, values]): [string, JsonValue] => [
        key,
        normalizeSet(listOf(values).map((item) => (typeof item === "object" ? item : String(item)))),
      ]);
      return [operator, inOrder(entries, [])];
    }),
    [],
  );
}

/** Sorted, without duplicates; one item alone stands without a list. */
function normalizeSet(value: JsonValue): JsonValue {
  const items = listOf(value);
  if (!items.every((item) => typeof item === "string")) return value;
  const unique = [...new Set(items)].sort(compare);
  const [first] = unique;
  return unique.length === 1 && first !== undefined ? first : unique;
}

function foldCase(value: JsonValue): JsonValue {
  if (!isObject(value) || value.Statement === undefined) return value;
  const statements = listOf(value.Statement).map((statement) => {
    if (!isObject(statement)) return statement;
    const folded: { [key: string]: JsonValue } = { ...statement };
    for (const key of ["Action", "NotAction"]) {
      const actions = statement[key];
      if (actions !== undefined) folded[key] = listOf(actions).map(lowerCase);
    }
    const condition = statement.Condition;
    if (isObject(condition)) {
      folded.Condition = Object.fromEntries(
        Object.entries(condition).map(([operator, keys]) => [
          operator,
          isObject(keys)
            ? Object.fromEntries(Object.entries(keys).map(([key, item]) => [key.toLowerCase(), item]))
            : keys,
        ]),
      );
    }
    return folded;
  });
  return { ...value, Statement: statements };
}

function lowerCase(value: JsonValue): JsonValue {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function sortKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return inOrder(
    Object.entries(value).map(([key, item]): [string, JsonValue] => [key, sortKeys(item)]),
    [],
  );
}

function inOrder(entries: readonly (readonly [string, JsonValue])[], order: readonly string[]): JsonObject {
  const rank = (key: string) => {
    const index = order.indexOf(key);
    return index < 0 ? order.length : index;
  };
  return Object.fromEntries([...entries].sort(([a], [b]) => rank(a) - rank(b) || compare(a, b)));
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
