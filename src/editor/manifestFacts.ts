import { documentRoles } from "../integration/mentionedDocuments";
import { isObject } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import { toValue } from "../policy/toValue";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole, IntegrationRequest, ParameterValue } from "../vendors/manifest";

/** What an integration.json says, as far as it can be read: help at the cursor must not wait until it is right. */
export interface ManifestFacts {
  readonly definition: VendorDefinition | undefined;
  readonly request: IntegrationRequest;
  /** The documents by the names that it gives them. */
  readonly roles: ReadonlyMap<string, DocumentRole>;
}

export function manifestFacts(text: string, vendors: readonly VendorDefinition[]): ManifestFacts {
  const { root } = parseJson(text);
  const value = root && toValue(root);
  const manifest = isObject(value) ? value : {};
  const { accessLevel, account, region, partition, parameters, role } = manifest;
  const definition = vendors.find(({ id }) => id === manifest.vendor);
  const { name, path } = isObject(role) ? role : {};
  const known = isObject(parameters) ? Object.entries(parameters) : [];
  return {
    definition,
    request: {
      accessLevel: typeof accessLevel === "string" ? accessLevel : (definition?.accessLevels[0]?.id ?? ""),
      ...(typeof account === "string" && { account }),
      ...(typeof region === "string" && { region }),
      ...((partition === "aws-cn" || partition === "aws-us-gov") && { partition }),
      parameters: Object.fromEntries(known.filter((entry): entry is [string, ParameterValue] => isParameter(entry[1]))),
      role: { name: typeof name === "string" ? name : "", ...(typeof path === "string" && { path }) },
    },
    roles: documentRoles(text),
  };
}

function isParameter(value: unknown): value is ParameterValue {
  if (typeof value === "string" || typeof value === "boolean") return true;
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
