import type { Parameter, VendorDefinition } from "./definition";
import type { IntegrationRequest, ParameterValue } from "./manifest";
import { expandText } from "./template";
import { builtInToken } from "./tokens";
import { matchesWhen } from "./when";

/**
 * The request with the defaults of its parameters as values. A default of false is left out: it says the same as no
 * value. Text that a default is made of (`{{roleName}}`) is filled in.
 */
export function withDefaults(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest {
  if (latest?.request === request && latest.definition === definition) return latest.complete;
  const complete = fillIn(definition, request);
  latest = { definition, request, complete };
  return complete;
}

/** Remembered, because every check of an integration's documents asks about its manifest. */
let latest: { definition: VendorDefinition; request: IntegrationRequest; complete: IntegrationRequest } | undefined;

function fillIn(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest {
  let complete = request;
  // In their order: whether one applies can hang on the default of one before it.
  for (const parameter of definition.parameters) {
    const { name, default: fallback, type, when } = parameter;
    if (fallback === undefined || fallback === false || hasValue(complete, parameter)) continue;
    if (!matchesWhen(when, complete)) continue;
    const value: ParameterValue =
      typeof fallback === "string"
        ? expandText(fallback, (token) => builtInToken(definition, request, token))
        : fallback;
    const parameters = { ...complete.parameters, [name]: type === "bucket-list" ? [String(value)] : value };
    complete = { ...complete, parameters };
  }
  return complete;
}

/** The parameters that these choices leave something to say about. */
export function applicableParameters(definition: VendorDefinition, request: IntegrationRequest): readonly Parameter[] {
  const complete = withDefaults(definition, request);
  return definition.parameters.filter(({ when }) => matchesWhen(when, complete));
}

/** What must still be asked: required now, without a value, without a default and not made by us. */
export function missingParameters(definition: VendorDefinition, request: IntegrationRequest): readonly Parameter[] {
  return applicableParameters(definition, request).filter(
    (parameter) =>
      parameter.required &&
      parameter.phase !== 2 &&
      parameter.chosenBy !== "customer" &&
      !hasValue(withDefaults(definition, request), parameter),
  );
}

/** What the vendor has not answered yet: as long as there is something, nobody can assume the role. */
export function pendingParameters(definition: VendorDefinition, request: IntegrationRequest): readonly Parameter[] {
  if (definition.completion === undefined) return [];
  return applicableParameters(definition, request).filter(
    (parameter) => parameter.phase === 2 && parameter.required && !hasValue(request, parameter),
  );
}

export function hasValue(request: IntegrationRequest, parameter: Parameter): boolean {
  const value = parameter.type === "own-account" ? request.account : request.parameters[parameter.name];
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}
