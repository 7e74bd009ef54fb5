import { createServiceReference } from "./createServiceReference";
import type { ServiceReference } from "./serviceReference";

let reference: ServiceReference | undefined;

/** Reads the data from disk at the first call; every call gives the same reference. */
export async function loadServiceReference(): Promise<ServiceReference> {
  const { data } = await import("./serviceReference.generated.mjs");
  reference ??= createServiceReference(data);
  return reference;
}
