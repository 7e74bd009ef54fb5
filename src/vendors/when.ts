import type { JsonValue } from "../policy/json";
import type { When } from "./definition";
import type { IntegrationRequest } from "./manifest";

/** Whether every condition holds. Defaults that are not false must be filled in already (`withDefaults`). */
export function matchesWhen(when: When | undefined, request: IntegrationRequest): boolean {
  if (when === undefined) return true;
  for (const name in when) {
    if (!holds(when[name], givenValue(request, name))) return false;
  }
  return true;
}

function givenValue({ accessLevel, partition = "aws", parameters }: IntegrationRequest, name: string) {
  if (name === "accessLevel") return accessLevel;
  return name === "partition" ? partition : parameters[name];
}

function holds(wanted: When[string] | undefined, value: JsonValue | undefined): boolean {
  if (typeof wanted === "boolean") return isSet(value) === wanted;
  const accepted = typeof wanted === "string" ? [wanted] : (wanted ?? []);
  const actual = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
  return actual.some((item) => accepted.includes(item));
}

function isSet(value: JsonValue | undefined): boolean {
  return Array.isArray(value) || typeof value === "string" ? value.length > 0 : value === true;
}
