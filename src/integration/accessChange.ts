import { compare } from "../policy/explain/compare";
import type { AccessDocuments, Comparison } from "../policy/explain/explanation";
import type { JsonValue } from "../policy/json";
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
  const documents = accessDocuments(integration);
  if (liveDocuments(resources).trust === undefined || documents === undefined) return undefined;
  const { permissions = [], trust } = documents;
  return compareFor(integration, liveAccess(resources), { permissions, ...(trust && { trust }) });
}

/** What a roll back changes: what there is when its steps are done against what is live. */
export async function rollBackChange(
  integration: Integration,
  { live = [], steps }: RollBackSteps,
): Promise<Comparison> {
  const then = live.map((resource): LiveResource => {
    const step = steps.find(({ kind, name }) => kind === resource.kind && name === resource.name);
    if (step === undefined) return resource;
    return { ...resource, status: step.after === undefined ? "missing" : "in-sync", live: step.after };
  });
  return compareFor(integration, liveAccess(live), liveAccess(then));
}

/** A part of the account room's `Plan`. */
interface RollBackSteps {
  readonly live?: readonly LiveResource[];
  readonly steps: readonly { readonly kind: string; readonly name: string; readonly after: JsonValue | undefined }[];
}

/** Without a role nobody has access by it. */
function liveAccess(resources: readonly LiveResource[]): AccessDocuments {
  const { permissions, trust } = liveDocuments(resources);
  return trust === undefined ? {} : { permissions: permissions.map(({ policy }) => policy), trust };
}

async function compareFor(
  integration: Integration,
  before: AccessDocuments,
  after: AccessDocuments,
): Promise<Comparison> {
  return compare(before, after, await loadServiceReference(), explainContext(integration));
}
