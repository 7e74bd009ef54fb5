import type { JsonObject, JsonValue } from "./json";
import { isObject } from "./json";

/** `, only if aws:SourceIp is an IpAddress of …`: every condition with its operator, as it is written. */
export function describeConditions(condition: JsonValue | undefined): string {
  if (!isObject(condition)) return "";
  const parts = Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => `${key} ${operator} ${joined(textsOf(values), "or")}`)
      : [`${operator} ${compact(keys)}`],
  );
  return parts.length === 0 ? "" : `, only if ${parts.join(" and ")}`;
}

export function compact(value: JsonValue): string {
  return JSON.stringify(value);
}

export function statementsOf(document: JsonValue): readonly JsonObject[] {
  if (!isObject(document)) return [];
  const content = document.Statement;
  return (Array.isArray(content) ? content : [content]).filter(isObject);
}

/** One text or a list of them; anything else as compact JSON, so that nothing is dropped. */
export function textsOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined) return [];
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return items.map((item) => (typeof item === "string" ? item : compact(item)));
}

/** "a, b and c" */
export function joined(items: readonly string[], word: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}
