import { isObject, type JsonObject, type JsonValue } from "../json";
import { documentElements, principalTypes, statementElements } from "../policyWords";

/**
 * Is this, element by element, a document that AWS knows: a policy, CORS rules, a statement or a list of them, or several
 * of these? Only then a text whose brackets had to be mended was mended as it was meant.
 */
export function isWholeDocument(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value.every(isCorsRule) || value.every(isWholeDocument));
  if (!isObject(value)) return false;
  return isPolicy(value) || isStatement(value) || isCors(value) || isHolder(value);
}

function isPolicy(value: JsonObject): boolean {
  const { Statement: statements, Version: version } = value;
  if (statements === undefined || !Object.keys(value).every((key) => documentElements.has(key))) return false;
  if (version !== undefined && typeof version !== "string") return false;
  if (value.Id !== undefined && !isPlain(value.Id)) return false;
  return Array.isArray(statements)
    ? statements.length > 0 && statements.every((item) => isObject(item) && isStatement(item))
    : isObject(statements) && isStatement(statements);
}

function isStatement(value: JsonObject): boolean {
  const { Effect: effect, Condition: condition } = value;
  if (!Object.keys(value).every((key) => statementElements.has(key))) return false;
  if (effect !== "Allow" && effect !== "Deny") return false;
  if (value.Sid !== undefined && !isPlain(value.Sid)) return false;
  const actions = value.Action ?? value.NotAction;
  const resources = value.Resource ?? value.NotResource;
  const principal = value.Principal ?? value.NotPrincipal;
  if (!isTexts(actions) || (resources === undefined && principal === undefined)) return false;
  if (resources !== undefined && !isNames(resources)) return false;
  if (!texts(actions).every((action) => /^(?:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/.test(action))) return false;
  return (principal === undefined || isPrincipal(principal)) && (condition === undefined || isCondition(condition));
}

function isPrincipal(value: JsonValue): boolean {
  if (value === "*") return true;
  return (
    isObject(value) &&
    Object.entries(value).length > 0 &&
    Object.entries(value).every(([type, names]) => principalTypes.has(type) && isNames(names))
  );
}

function isCondition(value: JsonValue): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([operator, keys]) =>
      /^(?:For(?:All|Any)Values?:)?[A-Z][A-Za-z]+$/.test(operator) &&
      !statementElements.has(operator) &&
      isObject(keys) &&
      Object.entries(keys).every(([key, values]) => key.includes(":") && isConditionValues(values)),
  );
}

const corsElements = new Set(["AllowedHeaders", "AllowedMethods", "AllowedOrigins", "ExposeHeaders"]);

function isCors(value: JsonObject): boolean {
  const { CORSRules: rules } = value;
  return Array.isArray(rules) && rules.length > 0 && rules.every(isCorsRule);
}

export function isCorsRule(value: JsonValue): boolean {
  if (!isObject(value)) return false;
  const { ID: id, MaxAgeSeconds: age, ...lists } = value;
  if (value.AllowedMethods === undefined || value.AllowedOrigins === undefined) return false;
  if ((id !== undefined && typeof id !== "string") || (age !== undefined && typeof age !== "number")) return false;
  return Object.entries(lists).every(
    ([key, list]) => corsElements.has(key) && Array.isArray(list) && list.every((item) => isPlain(item) && item !== ""),
  );
}

/** `{"TrustPolicy": {…}, "PermissionsPolicy": {…}}` */
function isHolder(value: JsonObject): boolean {
  const values = Object.values(value);
  return values.length > 0 && values.every((item) => isObject(item) && isPolicy(item));
}

function isConditionValues(value: JsonValue): boolean {
  const values = Array.isArray(value) ? value : [value];
  return (
    values.length > 0 && values.every((item) => typeof item === "boolean" || typeof item === "number" || isPlain(item))
  );
}

/** ARNs, account ids, placeholders: blanks and quotes stand at most in a placeholder (`<your bucket>`). */
function isNames(value: JsonValue | undefined): boolean {
  return (
    isTexts(value) && texts(value).every((name) => isPlain(name) && !/[\s"'(),;<>]/.test(withoutPlaceholders(name)))
  );
}

/** Brackets of JSON in a text come from a quote that went astray; in pairs they are a placeholder. */
function isPlain(value: JsonValue): boolean {
  return typeof value === "string" && !/[{}[\]"]/.test(withoutPlaceholders(value));
}

function withoutPlaceholders(text: string): string {
  return text.replace(/<[^<>]*>|\{\{?[^{}]*\}?\}|\[[^[\]]*\]/g, "");
}

function isTexts(value: JsonValue | undefined): value is string | readonly string[] {
  if (typeof value === "string") return value !== "";
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && item !== "");
}

function texts(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
