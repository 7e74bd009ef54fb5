import type { Parameter, VendorDefinition } from "./definition";
import { roleArn } from "./iamArn";
import type { IntegrationRequest } from "./manifest";
import { expandString, type TokenValues } from "./template";
import { matchesWhen } from "./when";

/**
 * The values of a template's tokens; of a parameter without a value, the first placeholder of the vendor's page. Defaults
 * must be filled in already (`withDefaults`).
 */
export function tokenValues(definition: VendorDefinition, request: IntegrationRequest): TokenValues {
  const values: TokenValues = (token) => {
    if (token === "principals") return principalValues(definition, request, values);
    const parameter = definition.parameters.find(({ name }) => name === token);
    if (!parameter) return builtInToken(definition, request, token);
    if (parameter.type === "own-account") return builtInToken(definition, request, "account");
    const value = request.parameters[token];
    const [placeholder] = parameter.placeholders;
    const isAbsent = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    if (parameter.type === "prefix") return [prefixToken(parameter, isAbsent ? undefined : String(value))];
    if (isAbsent) return placeholder === undefined ? undefined : [placeholder];
    return Array.isArray(value) ? value : [String(value)];
  };
  return values;
}

/** The vendor's principals of today that apply to this customer. */
export function principalValues(
  { principals }: VendorDefinition,
  request: IntegrationRequest,
  values: TokenValues,
): readonly string[] {
  return principals
    .filter(({ status, when }) => status === "current" && matchesWhen(when, request))
    .flatMap(({ value }) => expandString(value, values));
}

/** A token that is no parameter: what the request itself says. */
export function builtInToken(
  definition: VendorDefinition,
  request: IntegrationRequest,
  token: string,
): readonly string[] | undefined {
  switch (token) {
    case "partition":
      return [request.partition ?? "aws"];
    case "account": {
      const own = definition.parameters.find(({ type }) => type === "own-account");
      return [request.account ?? own?.placeholders[0] ?? "<account-id>"];
    }
    case "region":
      return [request.region ?? "<region>"];
    case "roleName":
      return [request.role?.name ?? "<role-name>"];
    case "roleArn": {
      const [account = ""] = builtInToken(definition, request, "account") ?? [];
      return [roleArn(request.role ?? { name: "<role-name>" }, account, request.partition)];
    }
    default:
      return undefined;
  }
}

/** With its slash; nothing for a prefix that may be left out and is. */
function prefixToken({ required, placeholders }: Parameter, value: string | undefined): string {
  if (value !== undefined) return `${value}/`;
  return required ? `${placeholders[0] ?? "<prefix>"}/` : "";
}
