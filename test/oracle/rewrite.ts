import type { JsonObject, JsonValue } from "../../src/policy/json";
import { isObject } from "../../src/policy/json";
import type { Case } from "./cases";

/** One condition of a statement: `{"StringEquals": {"aws:username": ["alice"]}}`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly JsonValue[];
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function statementsOf(policy: JsonObject | undefined): readonly JsonObject[] {
  return listOf(policy?.Statement).filter(isObject);
}

/** The case with every policy changed; the same object when nothing changes. */
export function eachPolicy(one: Case, change: (policy: JsonObject) => JsonObject): Case {
  const optional = (policy: JsonObject | undefined) => (policy === undefined ? undefined : change(policy));
  const made: Case = {
    ...one,
    identity: one.identity.map(change),
    resourcePolicy: optional(one.resourcePolicy),
    boundary: optional(one.boundary),
    session: optional(one.session),
    serviceControl: one.serviceControl.map((policies) => policies.map(change)),
    resourceControl: one.resourceControl.map((policies) => policies.map(change)),
  };
  return isSame(made, one) ? one : made;
}

/** Every condition of every policy changed: to others that must be met instead, to `true`, or to `false`. */
export function eachCondition(one: Case, change: (condition: Condition) => Condition | boolean): Case {
  return eachPolicy(one, (policy) => ({
    ...policy,
    Statement: statementsOf(policy).map((statement) =>
      isObject(statement.Condition) ? { ...statement, Condition: changed(statement.Condition, change) } : statement,
    ),
  }));
}

const never: Condition = { operator: "StringEquals", key: "aws:PrincipalTag/nobody-has-this", values: ["x"] };

function changed(condition: JsonObject, change: (condition: Condition) => Condition | boolean): JsonObject {
  const made: { [operator: string]: { [key: string]: JsonValue } } = {};
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, value] of Object.entries(isObject(keys) ? keys : {})) {
      const before: Condition = { operator, key, values: listOf(value) };
      const after = change(before);
      if (after === true) continue;
      const { operator: name, key: renamed, values } = after === false ? never : after;
      made[name] = { ...made[name], [renamed]: isSame(values, before.values) ? value : values };
    }
  }
  return made;
}

/** What the request tells of a key, whatever its case. */
export function toldOf(one: Case, key: string): readonly string[] | undefined {
  for (const [name, value] of Object.entries(one.context)) {
    if (name.toLowerCase() === key.toLowerCase()) return typeof value === "string" ? [value] : value;
  }
  return undefined;
}

export const allowAll: JsonObject = { Effect: "Allow", Action: "*", Resource: "*" };

export function policyOf(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

/** As JSON: what is undefined is not there. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
