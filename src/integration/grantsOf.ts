import { describeAccess } from "../policy/explain/describeAccess";
import { parseJson } from "../policy/parseJson";
import { readPolicy } from "../policy/readPolicy";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { DocumentRole } from "../vendors/manifest";
import { explainContext } from "./explainContext";
import type { Integration } from "./integration";

/** Who may do what by the documents as they are, in sentences; empty when they are no policies. */
export async function grantsOf(
  integration: Integration,
  options: { readonly limits: boolean } = { limits: true },
): Promise<readonly string[]> {
  const document = (role: DocumentRole) => {
    const found = integration.documents.find((each) => each.role === role && each.value !== undefined);
    return found && readPolicy(parseJson(found.text));
  };
  const permissions = document("permissions");
  const trust = document("trust");
  if (permissions === undefined || trust === undefined) return [];
  const reference = await loadServiceReference();
  return describeAccess({ permissions: [permissions], trust }, explainContext(integration), reference, options);
}
