import type { VendorDefinition, VendorPrincipal } from "./definition";
import type { IntegrationRequest } from "./manifest";
import { tokenValues, withDefaults } from "./parameters";
import { expandString } from "./template";

/**
 * The principal ARNs that the role must trust for this customer: the vendor's, or the IAM user in the customer's own
 * account that is made for the vendor. What has no value yet stands there as the vendor page's placeholder.
 */
export function currentPrincipals(definition: VendorDefinition, request: IntegrationRequest): readonly string[] {
  const templates = definition.principals.filter(({ status }) => status === "current").map(({ value }) => value);
  if (definition.user) {
    templates.push(`arn:{{partition}}:iam::{{account}}:user/${definition.user.name}`);
  }
  const values = tokenValues(definition, withDefaults(definition, request));
  return templates.flatMap((template) => expandString(template, values));
}

/** Principals that only an older page of the vendor names. */
export function retiredPrincipals(definition: VendorDefinition): readonly VendorPrincipal[] {
  return definition.principals.filter(({ status }) => status === "retired");
}
