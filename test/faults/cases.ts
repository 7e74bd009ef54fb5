import type { Identity, ResourceKind } from "../../src/account/account";
import { desiredResources } from "../../src/account/desired";
import type { Integration } from "../../src/integration/integration";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import { isObject } from "../../src/policy/json";
import { catalog } from "../../src/vendors/catalog";
import type { Parameter, VendorDefinition } from "../../src/vendors/definition";
import {
  type DocumentRole,
  documentRoles,
  type IntegrationRequest,
  type Manifest,
  type ParameterValue,
} from "../../src/vendors/manifest";
import { withDefaults } from "../../src/vendors/parameters";
import { hasRole, renderDocuments } from "../../src/vendors/render";

const account = "210987654321";
export const bucket = "training-data";
export const awsPolicyName = "OfAws";
const awsPolicyArn = `arn:aws:iam::${account}:policy/${awsPolicyName}`;
/** What the emulator calls the first key after its chance was set to begin at 1. */
export const kmsKeyId = "cd613e30-d8f1-4adf-91b7-584a2265b1f5";
const kmsKeyArn = `arn:aws:kms:us-east-1:${account}:key/${kmsKeyId}`;
const integrationId = "00000000-0000-4000-8000-000000000001";

const identity: Identity = {
  account,
  arn: `arn:aws:iam::${account}:user/tester`,
  partition: "aws",
  region: "us-east-1",
  profile: "sandbox",
};

/** One integration, as it is first and after somebody has changed its documents. */
export interface FaultCase {
  readonly name: string;
  /** All vendors of whom AWS is asked the same. */
  readonly vendors: readonly string[];
  readonly kinds: readonly ResourceKind[];
  readonly first: Integration;
  readonly changed: Integration;
}

/**
 * Integrations that between them make every kind of resource in every combination that a vendor of the catalog asks for.
 * Of those that are made of the same resources one stands for all: AWS is asked the same about them.
 */
export function faultCases(): readonly FaultCase[] {
  const cases = new Map<string, FaultCase>();
  for (const definition of catalog.map(withLocalPolicies)) {
    for (const extent of ["least", "most"] as const) {
      const first = integrationOf(definition, extent, false);
      const kinds = desiredResources(first, identity).map(({ kind }) => kind);
      const shape = shapeOf(first, kinds);
      const known = cases.get(shape);
      const vendors = [...new Set([...(known?.vendors ?? []), definition.id])];
      const changed = integrationOf(definition, extent, true);
      cases.set(
        shape,
        known ? { ...known, vendors } : { name: `${definition.id} (${extent})`, vendors, kinds, first, changed },
      );
    }
  }
  // The largest first: what it has covered needs not be tried again with the others.
  return [...cases.values()].sort((a, b) => b.kinds.length - a.kinds.length);
}

/** The emulator has none of AWS's own policies: one of the account's with the same name stands for it. */
function withLocalPolicies(definition: VendorDefinition): VendorDefinition {
  const { role } = definition;
  if (role?.awsPolicies === undefined) return definition;
  const awsPolicies = role.awsPolicies.map((policy) => ({ ...policy, arn: awsPolicyArn }));
  return { ...definition, role: { ...role, awsPolicies } };
}

function shapeOf(integration: Integration, kinds: readonly ResourceKind[]): string {
  const ownArn = `:role/${integration.manifest.role?.name}"`;
  const trust = integration.documents.find(({ role }) => role === "trust")?.text ?? "";
  return [...[...kinds].sort(), trust.includes(ownArn) ? "trusts itself" : ""].join(" ");
}

function integrationOf(definition: VendorDefinition, extent: "least" | "most", changed: boolean): Integration {
  let request: IntegrationRequest = {
    accessLevel: definition.accessLevels[0]?.id ?? "",
    account,
    region: "us-east-1",
    parameters: {},
    role: {
      name: definition.role?.fixedName ?? `role-of-${definition.id}`,
      ...(changed && { maxSessionDuration: 7200, tags: { team: "data" } }),
    },
  };
  for (const parameter of definition.parameters) {
    if (parameter.type === "own-account" || (extent === "least" && !parameter.required)) continue;
    if (extent === "least" && parameter.default !== undefined) continue;
    request = { ...request, parameters: { ...request.parameters, [parameter.name]: sampleOf(parameter) } };
  }
  const complete = withDefaults(definition, request);
  const { role: _, ...withoutRole } = complete;
  const final = hasRole(definition, complete) ? complete : withoutRole;
  const rendered = renderDocuments(definition, final);
  const documents = documentRoles.flatMap((role) => {
    const value = rendered[role];
    if (value === undefined) return [];
    return [documentOf(role, changed ? changedDocument(role, value) : value)];
  });
  const manifest: Manifest = {
    ...final,
    id: integrationId,
    vendor: definition.id,
    documents: Object.fromEntries(documents.map(({ role, path }) => [role, path])),
  };
  return {
    name: definition.id,
    folder: `vendor-access/${definition.id}`,
    manifest,
    manifestText: JSON.stringify(manifest),
    manifestFindings: [],
    definition,
    documents,
  };
}

function documentOf(role: DocumentRole, value: JsonValue) {
  return { role, path: `${role}.json`, text: JSON.stringify(value), findings: [], value };
}

function sampleOf({ type, choices, name }: Parameter): ParameterValue {
  switch (type) {
    case "bucket-list":
      return [bucket];
    case "kms-key-arn":
      return kmsKeyArn;
    case "boolean":
      return true;
    case "account-id":
      return "345678901234";
    case "external-id":
      return `external-id-of-${name}`;
    case "principal-arn":
      return choices?.[0]?.value ?? "arn:aws:iam::345678901234:role/vendor";
    case "choice":
      return choices?.[0]?.value ?? "";
    default:
      return choices?.[0]?.value ?? "sample";
  }
}

/** Another meaning, which AWS takes as well. */
function changedDocument(role: DocumentRole, value: JsonObject): JsonObject {
  if (role === "cors")
    return { ...value, CORSRules: listOf(value.CORSRules).map((rule) => ({ ...rule, MaxAgeSeconds: 77 })) };
  const Statement = listOf(value.Statement).map((statement) => ({
    ...statement,
    Condition: {
      ...(isObject(statement.Condition) ? statement.Condition : {}),
      DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
    },
  }));
  return { ...value, Statement };
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value ?? null]).filter(isObject);
}
