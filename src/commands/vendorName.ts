import { vendorIdFrom } from "../integration/page/definitionFromPage";
import type { VendorDefinition } from "../vendors/definition";

/** Why a new vendor can't have this name; undefined when it can. */
export function problemOfVendorName(name: string, vendors: readonly VendorDefinition[]): string | undefined {
  const id = vendorIdFrom(name);
  if (id === "") return "A name has a letter or a digit.";
  const taken = vendors.find((vendor) => vendor.id === id || vendorIdFrom(vendor.name) === id);
  return taken && `There is ${taken.name} already: choose another name.`;
}
