import { describeAccess } from "../policy/explain/describeAccess";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { accessDocuments } from "./accessDocuments";
import { explainContext } from "./explainContext";
import type { Integration } from "./integration";

/** Who may do what by the documents as they are, in sentences; empty when they are no policies. */
export async function grantsOf(
  integration: Integration,
  options: { readonly limits: boolean } = { limits: true },
): Promise<readonly string[]> {
  const documents = accessDocuments(integration);
  if (documents === undefined) return [];
  const reference = await loadServiceReference();
  return describeAccess(documents, explainContext(integration), reference, options);
}
