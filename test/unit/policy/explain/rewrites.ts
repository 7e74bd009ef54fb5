import fc from "fast-check";
import { isObject, type JsonObject, type JsonValue } from "../../../../src/policy/json";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";

/** A way to write statements differently that means the same. */
export type Rewrite = (statements: readonly JsonObject[], reference: ServiceReference) => readonly JsonObject[];

const texts = (value: JsonValue | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

const eachElement =
  (names: readonly string[], change: (values: readonly string[]) => JsonValue): Rewrite =>
  (statements) =>
    statements.map((statement) =>
      Object.fromEntries(
        Object.entries(statement).map(([name, value]) => [name, names.includes(name) ? change(texts(value)) : value]),
      ),
    );

const lists = ["Action", "NotAction", "Resource", "NotResource"];

const rewrites: { readonly [name: string]: Rewrite } = {
  reorder: (statements) => [...statements].reverse(),
  "reorder lists": eachElement(lists, (values) => [...values].reverse()),
  "text for a list of one": eachElement(lists, (values) => (values.length === 1 ? (values[0] ?? "") : values)),
  "list for a text": eachElement(lists, (values) => [...values]),
  "say twice": eachElement(lists, (values) => [...values, ...values]),
  "repeat statements": (statements) => [...statements, ...statements],
  "case of actions": eachElement(["Action", "NotAction"], (values) => values.map((value) => value.toUpperCase())),
  "split by action": (statements) =>
    statements.flatMap((statement) =>
      statement.Action === undefined
        ? [statement]
        : texts(statement.Action).map((Action) => ({ ...statement, Action })),
    ),
  "split by resource": (statements) =>
    statements.flatMap((statement) =>
      statement.Resource === undefined
        ? [statement]
        : texts(statement.Resource).map((Resource) => ({ ...statement, Resource })),
    ),
  "expand wildcards": (statements, reference) =>
    eachElement(["Action", "NotAction"], (values) =>
      values.flatMap((value) => (reference.expand(value).length > 0 ? reference.expand(value) : [value])),
    )(statements, reference),
  "case of condition keys": (statements) =>
    statements.map(({ Condition, ...rest }) =>
      isObject(Condition)
        ? {
            ...rest,
            Condition: Object.fromEntries(
              Object.entries(Condition).map(([operator, keys]) => [
                operator,
                isObject(keys)
                  ? Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]))
                  : keys,
              ]),
            ),
          }
        : rest,
    ),
};

export const anyRewrites = fc
  .array(fc.constantFrom(...Object.keys(rewrites)), { minLength: 1, maxLength: 4 })
  .map((names) => ({
    names,
    apply: (statements: readonly JsonObject[], reference: ServiceReference) =>
      names.reduce((all, name) => rewrites[name]?.(all, reference) ?? all, statements),
  }));
