import type { Integration, IntegrationDocument } from "../../src/integration/integration";
import type { JsonObject } from "../../src/policy/json";
import { findVendor } from "../../src/vendors/catalog";
import type { VendorDefinition } from "../../src/vendors/definition";
import {
  type DocumentRole,
  documentFiles,
  documentRoles,
  type IntegrationRequest,
  type Manifest,
} from "../../src/vendors/manifest";
import { withDefaults } from "../../src/vendors/parameters";
import { renderDocuments } from "../../src/vendors/render";
import { allSamples } from "../unit/vendors/sampleRequests";

export type VendorId = "activeloop-deep-lake" | "jfrog-ml" | "dataloop";

export const vendorIds: readonly VendorId[] = ["activeloop-deep-lake", "jfrog-ml", "dataloop"];

interface Changes extends Partial<Omit<IntegrationRequest, "parameters">> {
  readonly id?: string;
  readonly parameters?: IntegrationRequest["parameters"];
  /** Other documents than the vendor's. */
  readonly documents?: { readonly [role in DocumentRole]?: JsonObject | undefined };
}

const accountId = "210987654321";

const parameters: { readonly [id in VendorId]: IntegrationRequest["parameters"] } = {
  "activeloop-deep-lake": { buckets: ["training-data"] },
  "jfrog-ml": { buckets: ["training-data"] },
  dataloop: { buckets: ["dataloop-items"], createBucket: true },
};

/** An integration as it is loaded from disk, without a disk. */
export function integrationOf(vendor: VendorId, changes: Changes = {}): Integration {
  const definition = findVendor(vendor);
  if (!definition) throw new Error(`No vendor ${vendor}`);
  const { id = "00000000-0000-4000-8000-000000000001", documents: other, ...request } = changes;
  const complete = withDefaults(definition, {
    accessLevel: definition.accessLevels[0]?.id ?? "",
    account: accountId,
    role: { name: `${vendor}-role` },
    ...request,
    parameters: { ...parameters[vendor], ...request.parameters },
  });
  const rendered: { readonly [role in DocumentRole]?: JsonObject | undefined } = {
    ...renderDocuments(definition, complete),
    ...other,
  };
  return integrationWith(definition, { ...complete, id }, rendered);
}

/** An integration of any vendor of the catalog, by the name of a sample request. */
export function sampleIntegration(vendor: string, sample: string, changes: Changes = {}): Integration {
  const found = allSamples.find(({ definition, name }) => definition.id === vendor && name === sample);
  if (!found) throw new Error(`No sample ${sample} of ${vendor}`);
  const { id = "00000000-0000-4000-8000-000000000001", documents: other, parameters: chosen, ...rest } = changes;
  const request = { ...found.request, ...rest, id, parameters: { ...found.request.parameters, ...chosen } };
  return integrationWith(found.definition, request, { ...renderDocuments(found.definition, request), ...other });
}

function integrationWith(
  definition: VendorDefinition,
  request: IntegrationRequest & { readonly id: string },
  rendered: { readonly [role in DocumentRole]?: JsonObject | undefined },
): Integration {
  const { id: vendor } = definition;
  const documents = documentRoles.flatMap((role) => {
    const value = rendered[role];
    return value === undefined ? [] : [documentOf(vendor, role, value)];
  });
  // Also those that a test takes away: then the file is missing.
  const files = documentRoles.flatMap((role) => (role in rendered ? [[role, documentFiles[role]] as const] : []));
  const manifest: Manifest = { ...request, vendor, documents: Object.fromEntries(files) };
  return {
    name: vendor,
    folder: `vendor-access/${vendor}`,
    manifest,
    manifestText: JSON.stringify(manifest),
    manifestFindings: [],
    definition,
    documents,
  };
}

function documentOf(vendor: string, role: DocumentRole, value: JsonObject): IntegrationDocument {
  return { role, path: `vendor-access/${vendor}/${role}.json`, text: JSON.stringify(value), findings: [], value };
}

/** The same integration before its first apply: without an account. */
export function withoutAccount(integration: Integration): Integration {
  const { account: _, ...manifest } = integration.manifest;
  return { ...integration, manifest };
}
