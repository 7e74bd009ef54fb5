import { UserError } from "../policy/userError";
import type { Parameter, VendorDefinition } from "./definition";
import type { IntegrationRequest, ParameterValue } from "./manifest";
import { validateBucketName, validateUserName } from "./names";
import { expandText, type TokenValues } from "./template";

export interface ParsedSettings {
  readonly parameters: { readonly [name: string]: ParameterValue };
  /** From a parameter of type own-account. */
  readonly account?: string;
}

/**
 * Settings as people give them (`--set bucket=a --set bucket=b`): by the parameter's name, or by the name of one item
 * for a list, whose own name also takes several values with commas between them.
 * Throws a UserError `parameter-invalid` that names the parameter and its rule.
 */
export function parseSettings(
  definition: VendorDefinition,
  settings: ReadonlyMap<string, readonly string[]>,
): ParsedSettings {
  const lists = new Map<Parameter, string[]>();
  for (const [name, values] of settings) {
    const parameter = definition.parameters.find((known) => known.name === name || known.itemName === name);
    if (!parameter) {
      throw invalid(`${definition.name} has no parameter "${name}". It has: ${parameterNames(definition)}.`);
    }
    const items = parameter.type === "bucket-list" ? values.flatMap((value) => value.split(",")) : values;
    lists.set(parameter, [...(lists.get(parameter) ?? []), ...items.map((item) => item.trim())]);
  }
  const parameters: { [name: string]: ParameterValue } = {};
  let account: string | undefined;
  for (const [parameter, values] of lists) {
    const value = parseValues(parameter, values);
    if (parameter.type === "own-account") {
      account = String(value);
    } else {
      parameters[parameter.name] = value;
    }
  }
  return account === undefined ? { parameters } : { parameters, account };
}

/** What is wrong with one value, as a sentence for an input box; undefined when it is fine. */
export function validateParameterValue(parameter: Parameter, value: string): string | undefined {
  switch (parameter.type) {
    case "bucket-list":
      return validateBucketName(value);
    case "kms-key-arn":
      return validateKmsKeyArn(value);
    case "account-id":
    case "own-account":
      return validateAccountId(value);
    case "user-name":
      return validateUserName(value);
    case "boolean":
      return value === "true" || value === "false" ? undefined : "This is true or false.";
  }
}

export function validateAccountId(value: string): string | undefined {
  return /^\d{12}$/.test(value) ? undefined : "An AWS account id has 12 digits, without hyphens.";
}

const keyArn =
  /^arn:aws(-cn|-us-gov)?:kms:[a-z]{2}(-[a-z]+)+-\d:\d{12}:key\/([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]{32})$/;

/**
 * A key is named by its ARN: an alias ARN as the resource of a policy grants nothing.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
export function validateKmsKeyArn(value: string): string | undefined {
  if (/^arn:[^:]+:kms:[^:]*:[^:]*:alias\//.test(value) || value.startsWith("alias/")) {
    return "This names an alias, and a policy that names an alias grants nothing: take the ARN of the key behind it (arn:aws:kms:…:key/…).";
  }
  if (/^(mrk-)?[0-9a-f-]{32,36}$/i.test(value)) {
    return "This is only the key's id: take its whole ARN (arn:aws:kms:REGION:ACCOUNT:key/ID).";
  }
  return keyArn.test(value)
    ? undefined
    : "The ARN of a KMS key looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.";
}

/**
 * The request with the defaults of its parameters as values. A default of false is left out: it says the same as no
 * value. Text that a default is made of (`{{roleName}}`) is filled in.
 */
export function withDefaults(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest {
  const defaults = definition.parameters.flatMap((parameter): [string, ParameterValue][] => {
    if (parameter.default === undefined || parameter.default === false || hasValue(request, parameter)) {
      return [];
    }
    const value =
      typeof parameter.default === "string"
        ? expandText(parameter.default, (token) => builtIn(definition, request, token))
        : parameter.default;
    return [[parameter.name, parameter.type === "bucket-list" ? [String(value)] : value]];
  });
  return defaults.length === 0
    ? request
    : { ...request, parameters: { ...request.parameters, ...Object.fromEntries(defaults) } };
}

/** What must still be asked: required, without a value and without a default. */
export function missingParameters(definition: VendorDefinition, request: IntegrationRequest): readonly Parameter[] {
  const complete = withDefaults(definition, request);
  return definition.parameters.filter((parameter) => parameter.required && !hasValue(complete, parameter));
}

/** The values of a template's tokens; of a parameter without a value, the first placeholder of the vendor's page. */
export function tokenValues(definition: VendorDefinition, request: IntegrationRequest): TokenValues {
  return (token) => {
    const parameter = definition.parameters.find(({ name }) => name === token);
    if (!parameter) {
      return builtIn(definition, request, token);
    }
    if (parameter.type === "own-account") {
      return builtIn(definition, request, "account");
    }
    const value = request.parameters[token];
    if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) {
      const [placeholder] = parameter.placeholders;
      return placeholder === undefined ? undefined : [placeholder];
    }
    return Array.isArray(value) ? value : [String(value)];
  };
}

function builtIn(
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
      return [request.role.name];
    default:
      return undefined;
  }
}

function hasValue(request: IntegrationRequest, parameter: Parameter): boolean {
  const value = parameter.type === "own-account" ? request.account : request.parameters[parameter.name];
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function parseValues(parameter: Parameter, values: readonly string[]): ParameterValue {
  for (const value of values) {
    const message = validateParameterValue(parameter, value);
    if (message !== undefined) {
      throw invalid(`${parameter.itemName ?? parameter.name} "${value}" can't be used. ${message}`);
    }
  }
  if (parameter.type === "bucket-list") {
    const unique = [...new Set(values)];
    if (parameter.maxItems !== undefined && unique.length > parameter.maxItems) {
      throw invalid(`${parameter.name} takes at most ${parameter.maxItems}, not ${unique.length}.`);
    }
    return unique;
  }
  const [value] = values;
  if (value === undefined || values.length > 1) {
    throw invalid(`${parameter.name} takes one value, not ${values.length}.`);
  }
  return parameter.type === "boolean" ? value === "true" : value;
}

function parameterNames(definition: VendorDefinition): string {
  return definition.parameters.map(({ name, itemName }) => itemName ?? name).join(", ");
}

function invalid(message: string): UserError {
  return new UserError("parameter-invalid", message);
}
