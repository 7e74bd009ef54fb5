import { isObject, type JsonValue } from "../policy/json";
import { UserError } from "../policy/userError";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import type { DocumentRole, IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { hasValue, withDefaults } from "../vendors/parameters";
import { parseSettings } from "../vendors/parseSettings";
import { expandTemplate } from "../vendors/template";
import { tokenValues } from "../vendors/tokens";
import { matchesWhen } from "../vendors/when";
import type { FileSystem, Integration } from "./integration";
import { newRequest } from "./newRequest";
import type { OwnDefinitions } from "./ownDefinitions";
import { definitionFromPage, isFragment, type NewVendor, optionsOf, vendorIdFrom } from "./page/definitionFromPage";
import { bareToken } from "./page/explanations";
import type { PageDocumentKind } from "./page/pageDocuments";
import { distinctPlaceholders, pageParameters } from "./page/pageParameters";
import { pageTemplate } from "./page/pageTemplate";
import type { PageDocument, VendorPage } from "./page/readPage";
import { scaffold } from "./scaffold";
import { refuseTakenDefinition, writeDefinition } from "./writeDefinition";

export interface ImportChoices {
  /** A vendor's id, or the name of a new one; absent: the recognised vendor. */
  readonly vendor?: string;
  /** Which documents, by their number on the page from 1; absent: all but additions to others. */
  readonly documents?: readonly number[];
  /** Keep the page's documents also where the catalog has its own. */
  readonly asOnPage?: boolean;
  /** ISO 8601. */
  readonly today: string;
}

/** What a page becomes: a vendor of the catalog or a new one, and the documents to write. */
export interface PlannedImport {
  readonly definition: VendorDefinition;
  /** The definition was made from the page and has to be written, too. */
  readonly isNew: boolean;
  readonly documents: readonly PageDocument[];
  /** The integration gets the documents as they are on the page, filled in; else those that the definition renders. */
  readonly asOnPage: boolean;
  /** Parameters that switch on the parts of the page that were chosen. */
  readonly options: { readonly [parameter: string]: true };
  /** Documents of the page that the integration does not need: a second one of its kind. */
  readonly unused: readonly PageDocument[];
}

/**
 * @throws UserError `usage` when nobody knows whose page it is and no name was given, or no document was found;
 * `vendor-unknown` when the name is taken
 */
export function planImport(
  page: VendorPage,
  vendors: readonly VendorDefinition[],
  choices: ImportChoices,
): PlannedImport {
  const documents = chosenDocuments(page, choices.documents);
  const known =
    choices.vendor === undefined ? page.recognised?.vendor : vendors.find(({ id }) => id === choices.vendor);
  if (known !== undefined) {
    const strange =
      page.recognised?.vendor !== known || page.recognised.by === "name" || page.recognised.unknown.length > 0;
    const asOnPage = choices.asOnPage ?? strange;
    const unused = asOnPage ? secondOfKind(documents) : [];
    return { definition: known, isNew: false, documents, asOnPage, options: {}, unused };
  }
  if (choices.vendor === undefined) {
    throw new UserError(
      "usage",
      "The page is of no vendor that is known here. Give the vendor a name, and a definition is made from the page.",
    );
  }
  const all = page.documents.filter((document) => documents.includes(document) || isFragment(document));
  const definition = definitionFromPage(page, all, newVendor(choices.vendor, choices.today, vendors));
  const switches = [...optionsOf(all)].filter(([document]) => documents.includes(document));
  const options = Object.fromEntries(switches.map(([, { name }]) => [name, true as const]));
  const unused = documents.filter(({ kind }) => kind === "trust").slice(1);
  return { definition, isNew: true, documents, asOnPage: false, options, unused };
}

function chosenDocuments({ documents, unread }: VendorPage, numbers: readonly number[] | undefined) {
  if (documents.length === 0) {
    const [first] = unread;
    const reason =
      first === undefined ? "" : ` What looks like one in line ${first.line} can't be read: ${first.reason}`;
    throw new UserError("usage", `No document of AWS was found on the page.${reason}`);
  }
  if (numbers === undefined || numbers.length === 0) return documents.filter((each) => !isAddition(each, documents));
  return numbers.map((number) => {
    const document = documents[number - 1];
    if (document !== undefined) return document;
    throw new UserError("usage", `The page has no document ${number}. It has ${documents.length}.`);
  });
}

/** What the page adds for some customers to a document of its own is taken only when it is chosen. */
export function isAddition(document: PageDocument, documents: readonly PageDocument[]): boolean {
  return isFragment(document) && documents.some((other) => other.kind === document.kind && !isFragment(other));
}

/** A name of one's own must not look like that of a vendor of the catalog. */
function newVendor(name: string, today: string, vendors: readonly VendorDefinition[]): NewVendor {
  const id = vendorIdFrom(name);
  if (id === "") throw new UserError("usage", `"${name}" gives no id: a name needs letters or digits.`);
  const taken = vendors.find((vendor) => vendor.id === id || vendorIdFrom(vendor.name) === id);
  if (taken !== undefined) {
    throw new UserError(
      "vendor-unknown",
      `"${name}" is ${taken.name} (${taken.id}) of the catalog. Name it by that id.`,
    );
  }
  return { id, name, today };
}

function secondOfKind(documents: readonly PageDocument[]): readonly PageDocument[] {
  return documents.filter(
    (document, index) =>
      !isAddition(document, documents) && documents.findIndex(({ kind }) => kind === document.kind) < index,
  );
}

const roleOfKind: { readonly [Kind in PageDocumentKind]?: DocumentRole } = {
  permissions: "permissions",
  trust: "trust",
  bucket: "bucketPolicy",
  key: "keyPolicy",
  cors: "cors",
};

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

function parameterOfToken(
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

/** Reads files of definitions as they are read from then on, and says which of them are not obeyed. */
export type ReadOwn = (files: ReadonlyMap<string, string>) => Promise<OwnDefinitions>;

/**
 * Writes the definition of a new vendor, unless it would not be obeyed: one that lets in an official vendor under another
 * name, for example. @throws UserError `vendor-unknown` with the reasons; `file` as `writeDefinition`
 */
export async function writeNewVendor(
  { definition }: PlannedImport,
  workspace: FileSystem,
  readOwn: ReadOwn,
): Promise<string> {
  await refuseUnobeyed(definition, readOwn);
  return writeDefinition(workspace, definition);
}

async function refuseUnobeyed(definition: VendorDefinition, readOwn: ReadOwn): Promise<void> {
  const { refused } = await readOwn(new Map([[definition.id, JSON.stringify(definition)]]));
  const reasons = refused.flatMap((each) => each.reasons);
  if (reasons.length > 0) throw new UserError("vendor-unknown", reasons.join(" "));
}

export interface ImportPlace {
  /** Where the integration goes: a folder of integrations, and the name of the new one. */
  readonly files: FileSystem;
  readonly folder: string;
  readonly name: string;
  /** Where definitions of one's own lie. */
  readonly workspace: FileSystem;
  readonly readOwn: ReadOwn;
}

/**
 * Writes the integration of a page, and the definition of a new vendor.
 *
 * @throws UserError as `scaffold` and `writeNewVendor`: then nothing was written
 */
export async function writeImport(
  plan: PlannedImport,
  { request, tokens }: ImportRequest,
  place: ImportPlace,
): Promise<{ readonly integration: Integration; readonly definitionPath: string | undefined }> {
  const { definition, isNew, asOnPage } = plan;
  const documents = asOnPage ? { documents: filledDocuments(plan, request, tokens) } : {};
  // Before anything is written: half of an import would be in the way of the next attempt.
  if (isNew) {
    await refuseUnobeyed(definition, place.readOwn);
    await refuseTakenDefinition(place.workspace, definition);
  }
  const integration = await scaffold(place.files, place.folder, {
    definition,
    request,
    name: place.name,
    ...documents,
  });
  const definitionPath = isNew ? await writeDefinition(place.workspace, definition) : undefined;
  return { integration, definitionPath };
}

/**
 * The documents of the page with the customer's values: by the vendor's parameters where a placeholder stands for one, else
 * by `tokens`. A value that is missing leaves the placeholder, which the checks then report.
 */
export function filledDocuments(
  plan: PlannedImport,
  request: IntegrationRequest,
  tokens: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<DocumentRole, JsonValue> {
  const { definition, documents, unused } = plan;
  const values = tokenValues(definition, withDefaults(definition, request));
  const own = pageParameters(documents);
  const filled = new Map<DocumentRole, JsonValue>();
  for (const document of documents) {
    const role = roleOfKind[document.kind];
    if (role === undefined || unused.includes(document)) continue;
    const parameterNames = new Map(document.placeholders.map(({ token, parameter }) => [token, parameter]));
    const names = new Map<string, readonly string[]>();
    const template = pageTemplate(document, (token) => {
      const bare = bareToken(token);
      const parameter = parameterOfToken(definition, token, parameterNames.get(token));
      const replacement = tokens.get(bare) ?? (parameter && values(parameter.name));
      const name = own.get(bare)?.name;
      if (replacement === undefined || name === undefined) return undefined;
      names.set(name, replacement);
      return name;
    });
    const value = expandTemplate(template, (name) => names.get(name));
    // A page may show the bare list that the console takes.
    const whole = role === "cors" && !isObject(value) ? { CORSRules: value } : value;
    filled.set(role, merged(filled.get(role), whole));
  }
  return filled;
}

/** Statements that the page adds go behind those of the document that it adds them to. */
function merged(document: JsonValue | undefined, addition: JsonValue): JsonValue {
  if (!isObject(document) || !isObject(addition)) return addition;
  const statements = [document, addition].flatMap(({ Statement: statement = [] }) => statement);
  return { ...document, Statement: statements };
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
