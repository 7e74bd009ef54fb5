import type { JsonObject, JsonValue } from "./json";

/** The statements of a policy document's value; IAM takes one alone like a list of one. */
export function statements(document: JsonValue): readonly JsonObject[] {
  const value = isObject(document) ? document["Statement"] : undefined;
  return (isList(value) ? value : value === undefined ? [] : [value]).filter(isObject);
}

/** One string or a list of them; what is no string stands as JSON. */
export function texts(value: JsonValue | undefined): readonly string[] {
  const values = isList(value) ? value : value === undefined ? [] : [value];
  return values.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
