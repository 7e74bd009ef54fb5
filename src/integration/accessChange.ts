import { compare } from "../policy/explain/compare";
import type { Comparison } from "../policy/explain/explanation";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { accessDocuments } from "./accessDocuments";
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
  const documents = accessDocuments(integration);
  if (live.trust === undefined || documents === undefined) return undefined;
  const { permissions = [], trust } = documents;
  return compare(
    { permissions: live.permissions.map(({ policy }) => policy), trust: live.trust },
    { permissions, ...(trust && { trust }) },
    await loadServiceReference(),
    explainContext(integration),
  );
}
