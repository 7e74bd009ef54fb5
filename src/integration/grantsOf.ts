import { describeAccess } from "../policy/explain/describeAccess";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { accessDocuments } from "./accessDocuments";
import { awsPolicySentences } from "./awsPolicySentences";
import { explainContext } from "./explainContext";
import type { Integration } from "./integration";

/** Who may do what by the documents as they are, in sentences; empty when they are no policies. */
export async function grantsOf(
  integration: Integration,
  options: { readonly limits: boolean } = { limits: true },
): Promise<readonly string[]> {
  const documents = accessDocuments(integration);
  if (documents === undefined) return [];
  const byAws = awsPolicySentences(integration);
  // What the documents themselves allow may be nothing.
  const allows = [...(documents.permissions ?? []), documents.resource].some((policy) =>
    policy?.statements.some(({ effect }) => effect?.value === "Allow"),
  );
  if (byAws.length > 0 && !allows) return byAws;
  const reference = await loadServiceReference();
  return [...byAws, ...describeAccess(documents, explainContext(integration), reference, options)];
}
