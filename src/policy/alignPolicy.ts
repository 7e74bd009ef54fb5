import { isObject, type JsonObject, type JsonValue } from "./json";
import { samePolicy } from "./normalizePolicy";

/**
 * One policy written the way another is: what says the same stands as it stands there, in its order and its form, so that
 * a difference of the two texts is one of meaning, and taking `policy` over changes no more lines than it must.
 *
 * Values that are no policy come back as they are.
 */
export function alignPolicy(policy: JsonValue, model: JsonValue): JsonValue {
  if (!isObject(policy) || !isObject(model) || policy.Statement === undefined || model.Statement === undefined) {
    return policy;
  }
  if (samePolicy(policy, model)) return model;
  const { Statement: statements, ...rest } = policy;
  const aligned = alignStatements(listOf(statements), listOf(model.Statement));
  const [only] = aligned;
  const oneAlone = aligned.length === 1 && only !== undefined && !Array.isArray(model.Statement);
  return inOrderOf(model, { ...rest, Statement: oneAlone ? only : aligned });
}

function alignStatements(statements: readonly JsonValue[], models: readonly JsonValue[]): readonly JsonValue[] {
  const left = [...statements];
  const take = (isIt: (statement: JsonValue) => boolean): JsonValue | undefined => {
    const index = left.findIndex(isIt);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  // What says the same first: a statement must not be taken for the changed form of another.
  const same = models.map((model) => take((statement) => samePolicy(asPolicy(statement), asPolicy(model))));
  const placed = models.map((model, index) => {
    if (same[index] !== undefined) return model;
    const changed = take((statement) => sidOf(statement) !== undefined && sidOf(statement) === sidOf(model));
    return changed === undefined ? model : alignStatement(changed, model);
  });
  // Without Sids the next best sign is the place among those that are left.
  return [
    ...models.flatMap((model, index) => {
      if (same[index] !== undefined || placed[index] !== model) return [placed[index] ?? model];
      const next = sidOf(model) === undefined ? take((statement) => sidOf(statement) === undefined) : undefined;
      return next === undefined ? [] : [alignStatement(next, model)];
    }),
    ...left,
  ];
}

function alignStatement(statement: JsonValue, model: JsonValue): JsonValue {
  if (!isObject(statement) || !isObject(model)) return statement;
  const entries = Object.entries(statement).map(([key, value]): [string, JsonValue] => [
    key,
    model[key] === undefined ? value : alignElement(key, value, model[key]),
  ]);
  return inOrderOf(model, Object.fromEntries(entries));
}

const nested = new Set(["Principal", "NotPrincipal", "Condition"]);

function alignElement(key: string, value: JsonValue, model: JsonValue): JsonValue {
  if (samePolicy(asPolicy({ [key]: value }), asPolicy({ [key]: model }))) return model;
  if (nested.has(key) && isObject(value) && isObject(model)) return alignObject(value, model);
  return alignList(key, value, model);
}

/** Principals by their types, conditions by operator and then by key. */
function alignObject(value: JsonObject, model: JsonObject): JsonObject {
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => {
    const like = model[key];
    if (like === undefined) return [key, item];
    return [key, isObject(item) && isObject(like) ? alignObject(item, like) : alignList(key, item, like)];
  });
  return inOrderOf(model, Object.fromEntries(entries));
}

function alignList(key: string, value: JsonValue, model: JsonValue): JsonValue {
  const items = listOf(value);
  const models = listOf(model);
  if (![...items, ...models].every((item) => typeof item === "string")) return value;
  const kept = models.filter((item) => items.some((each) => sameItem(key, each, item)));
  const added = items.filter((item) => !models.some((each) => sameItem(key, each, item)));
  const all = [...kept, ...added];
  const [only] = all;
  return all.length === 1 && only !== undefined && !Array.isArray(model) ? only : all;
}

/** As one statement of a policy, because only there it is known which names ignore case and which lists are sets. */
function asPolicy(statement: JsonValue): JsonValue {
  return { Version: "2012-10-17", Statement: [statement] };
}

/** An account and its root ARN are one principal; names of actions don't depend on upper and lower case. */
function sameItem(key: string, a: JsonValue, b: JsonValue): boolean {
  const statement = (item: JsonValue): JsonValue =>
    key === "AWS" ? { Principal: { AWS: item } } : /^(Not)?Action$/.test(key) ? { Action: item } : { [key]: item };
  return a === b || samePolicy(asPolicy(statement(a)), asPolicy(statement(b)));
}

function sidOf(statement: JsonValue): string | undefined {
  return isObject(statement) && typeof statement.Sid === "string" ? statement.Sid : undefined;
}

function inOrderOf(model: JsonObject, value: JsonObject): JsonObject {
  const keys = [...Object.keys(model).filter((key) => key in value), ...Object.keys(value)];
  return Object.fromEntries([...new Set(keys)].map((key) => [key, value[key] ?? null]));
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}
