import { UserError } from "../policy/userError";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { hasValue, withDefaults } from "../vendors/parameters";
import { parseSettings } from "../vendors/parseSettings";
import { matchesWhen } from "../vendors/when";
import type { PlannedImport } from "./importPagePlan";
import { newRequest } from "./newRequest";
import { bareToken } from "./page/explanations";
import { distinctPlaceholders } from "./page/pageParameters";

/**
 * Settings as people give them, by the name of a parameter or by the page's placeholder in any of its spellings, told by
 * the parameters' names. What the page's placeholder has no parameter for stays under the placeholder.
 *
 * @throws UserError `parameter-invalid` for a name that is neither
 */
function importSettings(
  { definition, documents }: PlannedImport,
  given: ReadonlyMap<string, readonly string[]>,
): {
  readonly settings: ReadonlyMap<string, readonly string[]>;
  readonly tokens: ReadonlyMap<string, readonly string[]>;
} {
  const settings = new Map<string, readonly string[]>();
  const tokens = new Map<string, readonly string[]>();
  const placeholders = distinctPlaceholders(documents);
  for (const [key, values] of given) {
    const parameter =
      definition.parameters.find(({ name, itemName }) => name === key || itemName === key) ??
      parameterOfToken(
        definition,
        key,
        placeholders.find(({ token }) => bareToken(token) === bareToken(key))?.parameter,
      );
    const placeholder = placeholders.find(({ token }) => bareToken(token) === bareToken(key));
    if (parameter !== undefined) {
      settings.set(parameter.name, [...(settings.get(parameter.name) ?? []), ...values]);
    } else if (placeholder !== undefined) {
      tokens.set(bareToken(placeholder.token), values);
    } else {
      const names = definition.parameters.map(({ name, itemName }) => itemName ?? name);
      const all = [...names, ...placeholders.map(({ token }) => token)].join(", ");
      throw new UserError("parameter-invalid", `Nothing is called "${key}" here. There are: ${all}.`);
    }
  }
  return { settings, tokens };
}

/** The parameter that a placeholder of the page stands for, in any of its spellings. `name`: what the page itself tells. */
export function parameterOfToken(
  definition: VendorDefinition,
  token: string,
  name: string | undefined,
): Parameter | undefined {
  return definition.parameters.find(
    (parameter) =>
      parameter.name === name || parameter.placeholders.some((known) => bareToken(known) === bareToken(token)),
  );
}

/** One value that an import needs or takes: a parameter of the vendor, or a placeholder that stands for none. */
export interface ImportField {
  /** What `importSettings` takes it by. */
  readonly key: string;
  readonly label: string;
  /** As the page writes it; absent for what the page has no placeholder for. */
  readonly token: string | undefined;
  /** The page's own sentence about it. */
  readonly explanation: string | undefined;
  /** What the definition says. */
  readonly description: string | undefined;
  /** What the page itself gives for it, or the definition's default. */
  readonly proposal: string | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly required: boolean;
  /** Takes several values. */
  readonly isList: boolean;
  readonly parameter: Parameter | undefined;
}

/** In the order of the page; what the vendor needs besides comes last. */
export function importFields(plan: PlannedImport): readonly ImportField[] {
  const { definition, documents, unused, asOnPage, isNew } = plan;
  const fields: ImportField[] = [];
  for (const placeholder of distinctPlaceholders(documents.filter((document) => !unused.includes(document)))) {
    const { token, explanation, suggestedValue, choices } = placeholder;
    const parameter = parameterOfToken(definition, token, placeholder.parameter);
    if (fields.some((field) => field.parameter !== undefined && field.parameter === parameter)) continue;
    // Where the catalog's documents are written, a token that none of its parameters knows is not in them.
    if (parameter === undefined && !asOnPage) continue;
    if (isNew && !applies(plan, parameter)) continue;
    fields.push({
      key: parameter?.name ?? token,
      label: parameter?.title ?? token,
      token,
      explanation,
      description: parameter?.description,
      proposal: suggestedValue ?? plainDefault(parameter),
      choices: parameter?.choices ?? (choices ?? []).map(({ value, sentence }) => ({ value, label: sentence })),
      required: asOnPage || isNew || (parameter?.required ?? true),
      isList: parameter?.type === "bucket-list" && parameter.maxItems !== 1,
      parameter,
    });
  }
  for (const parameter of definition.parameters) {
    const { name, title, description, required, type, choices = [] } = parameter;
    const isKnown = fields.some((field) => field.parameter === parameter);
    const isMade = type === "external-id" && parameter.chosenBy === "customer";
    if (isNew && !applies(plan, parameter)) continue;
    if (isKnown || !required || type === "boolean" || type === "own-account" || isMade || parameter.phase === 2)
      continue;
    if (plainDefault(parameter) !== undefined && choices.length === 0) continue;
    fields.push({
      key: name,
      label: title,
      token: undefined,
      explanation: undefined,
      description,
      proposal: plainDefault(parameter),
      choices,
      required: true,
      isList: type === "bucket-list" && parameter.maxItems !== 1,
      parameter,
    });
  }
  return fields;
}

/** Of a definition made from the page: what only another of its policies needs is not asked for. */
function applies({ definition, options }: PlannedImport, parameter: Parameter | undefined): boolean {
  const accessLevel = definition.accessLevels[0]?.id ?? "";
  return matchesWhen(parameter?.when, { accessLevel, parameters: options });
}

function plainDefault(parameter: Parameter | undefined): string | undefined {
  const value = parameter?.default;
  return typeof value === "string" && !value.includes("{{") ? value : undefined;
}

/** What the customer decided, and what else goes into the documents. */
export interface ImportRequest {
  readonly request: IntegrationRequest;
  /** Values of placeholders that no parameter stands for, by their bare tokens. */
  readonly tokens: ReadonlyMap<string, readonly string[]>;
  /** Values that the page itself gave and nobody else. */
  readonly suggested: ReadonlyMap<string, string>;
}

/** @throws UserError `parameter-invalid` for a value that can't be, or a name that nothing has */
export function importRequest(
  plan: PlannedImport,
  given: ReadonlyMap<string, readonly string[]>,
  more: { readonly [parameter: string]: ParameterValue } = {},
): ImportRequest {
  const { settings, tokens } = importSettings(plan, given);
  const { parameters, account } = parseSettings(plan.definition, settings);
  const suggested = new Map([...suggestedParameters(plan)].filter(([name]) => parameters[name] === undefined));
  const ofPage = parseSettings(plan.definition, new Map([...suggested].map(([name, value]) => [name, [value]])));
  const request = newRequest(plan.definition, {
    ...(account !== undefined && { account }),
    parameters: { ...plan.options, ...ofPage.parameters, ...parameters, ...more },
  });
  return { request, tokens, suggested };
}

/** Placeholders that would stay in the page's documents; none where the catalog's are written. */
export function unfilledTokens(plan: PlannedImport, { request, tokens }: ImportRequest): readonly ImportField[] {
  if (!plan.asOnPage) return [];
  const complete = withDefaults(plan.definition, request);
  return importFields(plan).filter(({ token, parameter }) => {
    if (token === undefined || tokens.has(bareToken(token))) return false;
    return parameter === undefined || !hasValue(complete, parameter);
  });
}

/** Values that the page itself gives for parameters that have none. Each is told to the customer, who may change it. */
function suggestedParameters({ definition, documents }: PlannedImport): ReadonlyMap<string, string> {
  const suggested = new Map<string, string>();
  for (const { token, parameter, suggestedValue } of distinctPlaceholders(documents)) {
    const known = parameterOfToken(definition, token, parameter);
    if (known === undefined || suggestedValue === undefined || known.default !== undefined) continue;
    suggested.set(known.name, suggestedValue);
  }
  return suggested;
}
