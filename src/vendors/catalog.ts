import activeloopDeepLake from "./catalog/activeloop-deep-lake.json";
import dataloop from "./catalog/dataloop.json";
import jfrogMl from "./catalog/jfrog-ml.json";
import type { VendorDefinition } from "./definition";

/**
 * The vendors that we know, in the order in which they are offered. TypeScript widens the strings of imported JSON, so
 * that the unions of VendorDefinition can't be seen from here: a test validates each file against its schema instead.
 */
export const catalog: readonly VendorDefinition[] = [
  activeloopDeepLake as unknown as VendorDefinition,
  jfrogMl as unknown as VendorDefinition,
  dataloop as unknown as VendorDefinition,
];

export function findVendor(id: string): VendorDefinition | undefined {
  return catalog.find((definition) => definition.id === id);
}
