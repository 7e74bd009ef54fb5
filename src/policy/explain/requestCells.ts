import type { RequestContext, RequestPrincipal } from "../evaluate/evaluation";
import type { ConditionEntry } from "../policyDocument";
import type { AccessStatement } from "./accessStatements";
import { type ContextValue, contextValues } from "./contextValues";
import { principalKeys } from "./requestPrincipals";

/** Contexts that are tried at most for one principal and one group of actions; beyond it is not decided. */
const mostContexts = 4096;

/**
 * Contexts of requests, one for each way in which the statements' conditions can be met or not: the product of the values
 * of each key that make a difference. Undefined when there are too many.
 *
 * @param fixed keys that follow from the principal, and so are not tried
 */
export function requestContexts(
  statements: readonly AccessStatement[],
  fixed: ReadonlySet<string> = principalKeys,
): readonly RequestContext[] | undefined {
  const byKey = new Map<string, ConditionEntry[]>();
  for (const { statement } of statements) {
    for (const entry of statement.conditions) entriesOf(byKey, entry.key.value).push(entry);
    for (const text of textsWithVariables(statement)) {
      for (const key of variablesIn(text)) entriesOf(byKey, key);
    }
  }
  let contexts: readonly RequestContext[] = [{}];
  for (const [key, entries] of byKey) {
    if (fixed.has(key)) continue;
    const values = contextValues(entries, resolved);
    if (values === undefined) return undefined;
    const all: readonly ContextValue[] = isVariable(key, statements) ? [...values, stand(key)] : values;
    if (contexts.length * all.length > mostContexts) return undefined;
    contexts = contexts.flatMap((context) =>
      all.map((value) => (value === undefined ? context : { ...context, [key]: value })),
    );
  }
  return contexts;
}

function entriesOf(byKey: Map<string, ConditionEntry[]>, key: string): ConditionEntry[] {
  const name = key.toLowerCase();
  const entries = byKey.get(name) ?? [];
  byKey.set(name, entries);
  return entries;
}

function isVariable(key: string, statements: readonly AccessStatement[]): boolean {
  return statements.some(({ statement }) =>
    textsWithVariables(statement).some((text) => variablesIn(text).some((name) => name.toLowerCase() === key)),
  );
}

function textsWithVariables({ resources, notResources, conditions }: AccessStatement["statement"]): readonly string[] {
  const values = conditions.flatMap((entry) => entry.values);
  return [...resources, ...notResources, ...values].flatMap((node) =>
    node.kind === "string" && node.value.includes("${") ? [node.value] : [],
  );
}

const variable = /\$\{([^\s,}*?$]+)[^}]*\}/g;

function variablesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(variable), ([, key = ""]) => key);
}

/** What a variable stands for in the requests that are tried: a text that nothing else mentions. */
function stand(key: string): string {
  return `some-${key.slice(key.search(/[^:/]*$/)).toLowerCase()}`;
}

function resolved(text: string): string {
  return text.replace(variable, (_, key: string) => stand(key)).replace(/\$\{([*?$])\}/g, "$1");
}

/** A request without its action and resource. */
export interface Requester {
  readonly principal: RequestPrincipal;
  readonly context: RequestContext;
}
