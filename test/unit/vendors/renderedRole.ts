import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/policy/json";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { renderDocuments } from "../../../src/vendors/render";

/** The two documents of a vendor that asks for a role with a policy. */
export function renderedRole(
  definition: VendorDefinition,
  request: IntegrationRequest,
): { readonly permissions: JsonObject; readonly trust: JsonObject } {
  const { permissions, trust } = renderDocuments(definition, request);
  assert.ok(permissions && trust, `${definition.name} asks for a role with a policy`);
  return { permissions, trust };
}
