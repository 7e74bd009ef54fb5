import { isObject, type JsonValue } from "../policy/json";
import type { StatementTemplate, VendorDefinition, VendorPrincipal } from "./definition";
import type { IntegrationRequest } from "./manifest";
import { withDefaults } from "./parameters";
import { hasRole } from "./render";
import { expandString } from "./template";
import { principalValues, tokenValues } from "./tokens";
import { matchesWhen } from "./when";

/**
 * The principals that this customer lets in: the vendor's, an IAM user that is made for it in the customer's own account,
 * and whom else its documents name. What has no value yet stands there as the vendor page's placeholder.
 */
export function currentPrincipals(definition: VendorDefinition, request: IntegrationRequest): readonly string[] {
  const complete = withDefaults(definition, request);
  const values = tokenValues(definition, complete);
  const { trust = [], bucketPolicy = [], keyPolicy = [] } = definition;
  const templates = [...(hasRole(definition, complete) ? trust : []), ...bucketPolicy, ...keyPolicy];
  const named = templates
    .filter(({ when, statement }) => statement.Effect === "Allow" && matchesWhen(when, complete))
    .flatMap(principalTemplates)
    .flatMap((template) => expandString(template, values));
  return [...new Set([...principalValues(definition, complete, values), ...named])];
}

/** Principals that only an older page of the vendor names. */
export function retiredPrincipals(definition: VendorDefinition): readonly VendorPrincipal[] {
  return definition.principals.filter(({ status }) => status === "retired");
}

function principalTemplates({ statement: { Principal } }: StatementTemplate): readonly string[] {
  const names: JsonValue = isObject(Principal) ? (Principal.AWS ?? []) : [];
  const list: readonly JsonValue[] = Array.isArray(names) ? names : [names];
  return list.filter((name) => typeof name === "string");
}
