import type { JsonObject, JsonValue } from "../policy/json";
import type { VendorDefinition } from "./definition";
import type { IntegrationRequest } from "./manifest";
import { withDefaults } from "./parameters";
import { matchesWhen } from "./render";

/** Actions as the definition writes them, by the statements that a request has. */
const byStatements = new WeakMap<VendorDefinition, Map<string, readonly string[]>>();

/**
 * The actions that the vendor asks for with these choices, wildcards as they stand; nothing is rendered. Asked on every
 * keystroke, so that what follows from the definition alone is remembered.
 */
export function askedActions(definition: VendorDefinition, request: IntegrationRequest): readonly string[] {
  const { statements } = definition.permissions;
  const complete = withDefaults(definition, request);
  const chosen = statements.map(({ when }) => matchesWhen(when, complete));
  const known = byStatements.get(definition) ?? new Map<string, readonly string[]>();
  byStatements.set(definition, known);
  const key = chosen.join();
  let actions = known.get(key);
  if (!actions) {
    const asked = statements.filter((_, index) => chosen[index]).flatMap(({ statement }) => actionsOf(statement));
    actions = [...new Set(asked)];
    known.set(key, actions);
  }
  return actions;
}

function actionsOf({ Effect, Action }: JsonObject): readonly string[] {
  const values: readonly JsonValue[] = Effect !== "Allow" ? [] : Array.isArray(Action) ? Action : [Action ?? null];
  return values.filter((value) => typeof value === "string");
}
