import type { Parameter, VendorDefinition } from "./definition";
import type { IntegrationRequest } from "./manifest";
import { applicableParameters } from "./parameters";

/**
 * The rule for the external ID that the vendor passes to this customer's role; of several, the first. Undefined: it passes
 * none. Without a request: as long as some of its customers have one.
 */
export function externalIdRule(definition: VendorDefinition, request?: IntegrationRequest): Parameter | undefined {
  const parameters = request === undefined ? definition.parameters : applicableParameters(definition, request);
  return parameters.find(({ type }) => type === "external-id");
}

/**
 * An external ID that nobody can guess, from 128 random bits: 22 letters, digits, hyphens and underscores (base64url).
 *
 * @param bytes 16 random ones
 */
export function externalIdOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
