import { isObject, type JsonValue } from "../policy/json";
import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole, IntegrationRequest } from "../vendors/manifest";
import { withDefaults } from "../vendors/parameters";
import { expandTemplate } from "../vendors/template";
import { tokenValues } from "../vendors/tokens";
import type { PlannedImport } from "./importPagePlan";
import { type ImportRequest, parameterOfToken } from "./importPageValues";
import type { FileSystem, Integration } from "./integration";
import type { OwnDefinitions } from "./ownDefinitions";
import { bareToken } from "./page/explanations";
import type { PageDocumentKind } from "./page/pageDocuments";
import { pageParameters } from "./page/pageParameters";
import { pageTemplate } from "./page/pageTemplate";
import { scaffold } from "./scaffold";
import { refuseTakenDefinition, writeDefinition } from "./writeDefinition";

const roleOfKind: { readonly [Kind in PageDocumentKind]?: DocumentRole } = {
  permissions: "permissions",
  trust: "trust",
  bucket: "bucketPolicy",
  key: "keyPolicy",
  cors: "cors",
};

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
