import { UserError } from "../policy/userError";
import type { Parameter, VendorDefinition } from "./definition";
import type { ParameterValue } from "./manifest";
import { validateParameterValue } from "./parameterRules";

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
