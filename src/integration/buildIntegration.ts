import { checkDocument } from "../checks/checkDocument";
import { checkManifest } from "../checks/checkManifest";
import type { BucketFacts } from "../checks/finding";
import type { JsonValue } from "../policy/json";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import { type DocumentRole, documentRoles, type Manifest } from "../vendors/manifest";
import { joinPath } from "./documentPath";
import type { BrokenIntegration, Integration, IntegrationDocument } from "./integration";

export interface IntegrationTexts {
  readonly name: string;
  readonly folder: string;
  readonly manifestText: string;
  /** The documents that are there, by their names in the manifest. */
  readonly documentTexts: ReadonlyMap<string, string>;
}

export interface IntegrationOptions {
  readonly vendors: readonly VendorDefinition[];
  /** What a look at the account told about the buckets. */
  readonly buckets?: readonly BucketFacts[];
  /** Absent: what needs it is not checked. */
  readonly reference?: ServiceReference;
}

/** The documents that a manifest names, in a fixed order. */
export function documentNames(manifest: Manifest): readonly { readonly role: DocumentRole; readonly name: string }[] {
  return documentRoles.flatMap((role) => {
    const name = manifest.documents[role];
    return name === undefined ? [] : [{ role, name }];
  });
}

/** An integration from its texts: checked, but nothing read or written. */
export function buildIntegration(
  texts: IntegrationTexts,
  options: IntegrationOptions,
): Integration | BrokenIntegration {
  const { name, folder, manifestText, documentTexts } = texts;
  const { manifest, definition, findings } = checkManifest(manifestText, {
    vendors: options.vendors,
    fileExists: (document) => documentTexts.has(document),
  });
  if (manifest === undefined || definition === undefined) {
    return { name, folder, manifestText, manifestFindings: findings, broken: true };
  }
  const documents = documentNames(manifest).flatMap(({ role, name: document }): IntegrationDocument[] => {
    const text = documentTexts.get(document);
    if (text === undefined) return [];
    const integration = { manifest, definition, documentRole: role };
    const { vendors, buckets, reference } = options;
    const context = { vendors, integration, ...(buckets && { buckets }), ...(reference && { reference }) };
    return [
      { role, path: joinPath(folder, document), text, findings: checkDocument(text, context), value: parsed(text) },
    ];
  });
  return { name, folder, manifest, manifestText, manifestFindings: findings, definition, documents };
}

/** The same integration, checked again with what a look at the account told. */
export function withBucketFacts(integration: Integration, options: IntegrationOptions): Integration {
  return rebuild(integration, integration.manifestText, new Map(), options);
}

/**
 * The same integration with other texts.
 *
 * @param documentTexts new texts by the documents' paths; a document that is not in it keeps its text
 */
export function rebuild(
  integration: Integration,
  manifestText: string,
  documentTexts: ReadonlyMap<string, string>,
  options: IntegrationOptions,
): Integration {
  const { name, folder } = integration;
  const texts = new Map(
    documentNames(integration.manifest).flatMap(({ role, name: documentName }) => {
      const document = integration.documents.find((each) => each.role === role);
      return document ? [[documentName, documentTexts.get(document.path) ?? document.text] as const] : [];
    }),
  );
  const rebuilt = buildIntegration({ name, folder, manifestText, documentTexts: texts }, options);
  if ("broken" in rebuilt) throw new Error(`The manifest of ${name} was readable and is not any more.`);
  return rebuilt;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue; // what JSON.parse returns is a JsonValue
  } catch {
    return undefined;
  }
}
