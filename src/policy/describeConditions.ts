import type { JsonValue } from "./json";
import { isObject, texts } from "./policyValue";

/** `{"StringEquals": {"sts:ExternalId": "x"}}` is "sts:ExternalId StringEquals x". */
export function describeConditions(conditions: JsonValue | undefined): string {
  if (!isObject(conditions)) {
    return "";
  }
  return Object.entries(conditions)
    .flatMap(([operator, keys]) =>
      isObject(keys)
        ? Object.entries(keys).map(([key, value]) => `${key} ${operator} ${join(texts(value), "or")}`)
        : [],
    )
    .join(" and ");
}

/** "a, b and c". */
export function join(words: readonly string[], conjunction = "and"): string {
  const head = words.slice(0, -1);
  const last = words.at(-1) ?? "";
  return head.length === 0 ? last : `${head.join(", ")} ${conjunction} ${last}`;
}
