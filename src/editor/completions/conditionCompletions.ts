import { readOperator } from "../../checks/policyElements";
import { escapeMarkdown } from "../../policy/markdownText";
import type { ConditionKeyFacts, ServiceReference } from "../../policy/serviceReference/serviceReference";
import { operatorHover } from "../hovers/operatorHover";
import { fitsType, hasManyValues, type OperatorWords, operators } from "../operators";
import { type Completion, escapeSnippet, keyCompletion } from "./completion";
import type { CompletionContext } from "./completionContext";
import { isAtCursor, type PolicyCursor } from "./policyCursor";
import { vendorConditions } from "./vendorConditions";

/** Operators that are not there yet; where the operator that is typed has keys already, those that fit their types. */
export function operatorCompletions(cursor: PolicyCursor, context: CompletionContext): readonly Completion[] {
  const { place, siblings } = cursor;
  const types = typesUnderCursor(cursor, context.reference);
  const fitting = operators.filter((operator) => types.every((type) => fitsType(operator, type)));
  const named = fitting.flatMap((operator, order) => forms(operator, types).map((form) => ({ ...form, order })));
  return [
    ...ready(cursor, context),
    ...named
      .filter(({ name }) => !siblings.has(name))
      .map(({ name, group, order }) =>
        keyCompletion(
          place,
          { label: name, kind: "operator", documentation: operatorHover(name) ?? "", group, order, asksAgain: true },
          '{ "$1" }',
        ),
      ),
  ];
}

/** A set operator needs a key with several values, and `IfExists` says nothing of `Null`. */
function forms({ name, family }: OperatorWords, types: readonly string[]): readonly { name: string; group: number }[] {
  const many = types.length === 0 || types.every(hasManyValues);
  const single = types.length === 0 || !types.every(hasManyValues);
  const optional = family === "Null" ? [] : [{ name: `${name}IfExists`, group: 2 }];
  const sets = ["ForAnyValue:", "ForAllValues:"].map((set) => ({ name: `${set}${name}`, group: single ? 3 : 1 }));
  return [
    ...(single ? [{ name, group: 1 }, ...optional] : []),
    ...(many && (family === "String" || family === "ARN") ? sets : []),
  ];
}

/** The types of the keys that the operator at the cursor has. */
function typesUnderCursor({ statement, place }: PolicyCursor, reference: ServiceReference): readonly string[] {
  const keys = statement?.conditions.filter(({ operator }) => isAtCursor(operator, place)) ?? [];
  return keys.flatMap(({ key }) => reference.conditionKey(key.value)?.type ?? []);
}

/** Whole conditions: what the integration's vendor asks for, and in a trust policy the external ID. */
function ready({ place, kind, siblings }: PolicyCursor, context: CompletionContext): readonly Completion[] {
  if (kind !== "trust" || place.next === "colon") return [];
  const { integration } = context;
  const vendors = vendorConditions(context).map(({ operator, key, values }) => ({
    operator,
    key,
    label: `${operator} ${key}`,
    value: values.length === 1 ? JSON.stringify(values[0]) : JSON.stringify(values),
    documentation: `What ${escapeMarkdown(integration?.definition.name ?? "the vendor")} asks for.`,
  }));
  const externalId = {
    operator: "StringEquals",
    key: "sts:ExternalId",
    label: "External ID",
    value: undefined,
    documentation:
      "Only with the external ID that you and the vendor agreed on: it keeps the vendor’s other customers out.",
  };
  return [...vendors, externalId].flatMap(({ operator, key, label, value, documentation }) => {
    if (siblings.has(operator)) return [];
    const body = value === undefined ? '"${1:external ID}"' : escapeSnippet(value);
    const snippet = `{ "${key}": ${body} }`;
    const filterText = `${operator} ${key} ${label}`;
    return [
      keyCompletion(place, { label, value: operator, kind: "operator", documentation, filterText, group: 0 }, snippet),
    ];
  });
}

/** The keys that all actions know, after those that the statement's actions add; only what the operator can compare. */
export function conditionKeys(
  cursor: PolicyCursor,
  operatorName: string,
  context: CompletionContext,
): readonly Completion[] {
  const { place, siblings } = cursor;
  const { reference } = context;
  const { base, set } = readOperator(operatorName);
  const operator = operators.find(({ name }) => name === base);
  const fits = ({ type }: ConditionKeyFacts) =>
    operator === undefined || (fitsType(operator, type) && (base === "Null" || hasManyValues(type) === (set !== "")));
  const own = keysOfActions(cursor, reference);
  const groups = [own, reference.globalConditionKeys.filter((key) => !own.includes(key))];
  return groups.flatMap((keys, group) =>
    keys.flatMap((name) => {
      const facts = reference.conditionKey(name);
      if (facts === undefined || !fits(facts) || siblings.has(name)) return [];
      const documentation = `${escapeMarkdown(facts.description)}.\n\nType: ${escapeMarkdown(facts.type)}`;
      const offer = { label: name, kind: "key" as const, detail: facts.type, documentation, asksAgain: true };
      const rank = name === "sts:ExternalId" ? 0 : rankOf(name, group);
      return [keyCompletion(place, { ...offer, ...withVariable(name), group: rank }, set === "" ? '"$1"' : '["$1"]')];
    }),
  );
}

/** Keys of the services' own and of AWS before those of single identity providers and services. */
function rankOf(name: string, group: number): number {
  const common = /^(aws|s3|kms|sts|iam):/.test(name);
  return common ? group + 1 : group + 3;
}

/** `aws:ResourceTag/${TagKey}`: the customer's part is a tab stop. */
function withVariable(name: string): { readonly snippet?: string } {
  const variable = /\$\{(\w+)\}|<(\w+)>/.exec(name);
  if (variable === null) return {};
  const [whole, one, other] = variable;
  return { snippet: name.replace(whole, `\${2:${one ?? other}}`) };
}

function keysOfActions({ statement, kind }: PolicyCursor, reference: ServiceReference): readonly string[] {
  const keys = new Set<string>(kind === "trust" ? ["sts:ExternalId"] : []);
  for (const { value } of statement?.actions ?? []) {
    if (!value.includes(":")) continue;
    for (const action of reference.expand(value))
      for (const key of reference.action(action)?.conditionKeys ?? []) keys.add(key);
  }
  return [...keys];
}
