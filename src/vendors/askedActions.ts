import type { JsonObject, JsonValue } from "../policy/json";
import type { StatementTemplate, VendorDefinition } from "./definition";
import type { DocumentRole, IntegrationRequest } from "./manifest";
import { withDefaults } from "./parameters";
import { hasRole } from "./render";
import { matchesWhen } from "./when";

type PolicyRole = Exclude<DocumentRole, "cors" | "trust">;

/** Actions as the definition writes them, by the statements that a request has. */
const byStatements = new WeakMap<readonly StatementTemplate[], Map<string, readonly string[]>>();

/**
 * The actions that the vendor asks for in one of its documents with these choices, wildcards as they stand; nothing is
 * rendered. Asked on every keystroke, so that what follows from the definition alone is remembered.
 */
export function askedActions(
  definition: VendorDefinition,
  request: IntegrationRequest,
  role: PolicyRole = "permissions",
): readonly string[] {
  const statements = templatesOf(definition, role);
  if (statements === undefined) return [];
  const complete = withDefaults(definition, request);
  if (role === "permissions" && !hasRole(definition, complete)) return [];
  const chosen = statements.map(({ when }) => matchesWhen(when, complete));
  const known = byStatements.get(statements) ?? new Map<string, readonly string[]>();
  byStatements.set(statements, known);
  const key = chosen.join();
  let actions = known.get(key);
  if (!actions) {
    const asked = statements.filter((_, index) => chosen[index]).flatMap(({ statement }) => actionsOf(statement));
    actions = [...new Set(asked)];
    known.set(key, actions);
  }
  return actions;
}

function templatesOf(definition: VendorDefinition, role: PolicyRole): readonly StatementTemplate[] | undefined {
  return role === "permissions" ? definition.permissions?.statements : definition[role];
}

function actionsOf({ Effect, Action }: JsonObject): readonly string[] {
  const values: readonly JsonValue[] = Effect !== "Allow" ? [] : Array.isArray(Action) ? Action : [Action ?? null];
  return values.filter((value) => typeof value === "string");
}
