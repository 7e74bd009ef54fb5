import { newRequest, type RequestChoices } from "../../../src/integration/newRequest";
import { catalog } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest } from "../../../src/vendors/manifest";

export const customerAccount = "314159265358";

export function vendor(id: string): VendorDefinition {
  const definition = catalog.find((each) => each.id === id);
  if (!definition) throw new Error(`no vendor ${id}`);
  return definition;
}

export function requestFor(definition: VendorDefinition, choices: Partial<RequestChoices> = {}): IntegrationRequest {
  return newRequest(definition, {
    account: customerAccount,
    region: "eu-central-1",
    ...choices,
    parameters: { buckets: ["training-data"], ...choices.parameters },
  });
}
