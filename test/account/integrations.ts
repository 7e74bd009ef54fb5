import type { Integration, IntegrationDocument } from "../../src/integration/integration";
import type { JsonObject } from "../../src/policy/json";
import { findVendor } from "../../src/vendors/catalog";
import type { DocumentRole, IntegrationRequest, Manifest } from "../../src/vendors/manifest";
import { withDefaults } from "../../src/vendors/parameters";
import { renderDocuments } from "../../src/vendors/render";

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
  const documents = (["permissions", "trust", "cors"] as const).flatMap((role) => {
    const value = rendered[role];
    return value === undefined ? [] : [documentOf(vendor, role, value)];
  });
  const manifest: Manifest = {
    ...complete,
    id,
    vendor,
    documents: {
      permissions: "permissions-policy.json",
      trust: "trust-policy.json",
      ...(rendered.cors && { cors: "cors.json" }),
    },
  };
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

function documentOf(vendor: VendorId, role: DocumentRole, value: JsonObject): IntegrationDocument {
  return { role, path: `vendor-access/${vendor}/${role}.json`, text: JSON.stringify(value), findings: [], value };
}

/** The same integration before its first apply: without an account. */
export function withoutAccount(integration: Integration): Integration {
  const { account: _, ...manifest } = integration.manifest;
  return { ...integration, manifest };
}
