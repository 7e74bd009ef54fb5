import { compare } from "../policy/explain/compare";
import type { Comparison } from "../policy/explain/explanation";
import { parseJson } from "../policy/parseJson";
import { readPolicy } from "../policy/readPolicy";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { DocumentRole } from "../vendors/manifest";
import { explainContext } from "./explainContext";
import type { Integration } from "./integration";
import { type LiveResource, liveDocuments } from "./liveDocuments";

/**
 * What an apply changes for those who get access: what the documents allow and what is live does not, and the reverse.
 * Undefined as long as there is no role, and where a document can't be read.
 */
export async function accessChange(
  integration: Integration,
  resources: readonly LiveResource[],
): Promise<Comparison | undefined> {
  const live = liveDocuments(resources);
  const policyOf = (role: DocumentRole) => {
    const document = integration.documents.find((each) => each.role === role && each.value !== undefined);
    return document && readPolicy(parseJson(document.text));
  };
  const permissions = policyOf("permissions");
  const trust = policyOf("trust");
  if (live.trust === undefined || permissions === undefined || trust === undefined) return undefined;
  return compare(
    { permissions: live.permissions.map(({ policy }) => policy), trust: live.trust },
    { permissions: [permissions], trust },
    await loadServiceReference(),
    explainContext(integration),
  );
}
