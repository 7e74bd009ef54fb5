import type { LiveState, ResourceState } from "../account/account";
import { findingsOf } from "../integration/blockingFindings";
import { isPending } from "../integration/completion";
import { fingerprint } from "../vendors/names";
import type { StoredIntegration } from "./integrationStore";

/** What an integration's row says: the worst that is known about it. */
export type IntegrationState =
  | { readonly id: "broken" }
  | { readonly id: "errors"; readonly count: number }
  | { readonly id: "not-applied" }
  /** It was in the account, and somebody else than us has taken it away. */
  | { readonly id: "gone" }
  /** It names its account, so it was applied or meant for it; nobody looked in this window. */
  | { readonly id: "not-compared" }
  /** Edited, and the account is as it was. */
  | { readonly id: "edited" }
  | { readonly id: "in-sync" }
  /** Applied as far as is known, and the vendor has not yet answered with what it shows only when it knows the role. */
  | { readonly id: "pending" }
  | { readonly id: "differs"; readonly count: number }
  | { readonly id: "foreign"; readonly count: number };

/** A few characters of what each resource was, by its kind and name. */
export type Digests = { readonly [resource: string]: string };

/** Of an account that is as the documents say; undefined for another one. */
export function digestsInSync({ resources }: LiveState): Digests | undefined {
  if (resources.some(({ status }) => status !== "in-sync")) return undefined;
  return Object.fromEntries(resources.map((each) => [keyOf(each), digest(each)]));
}

/**
 * Whether the account is not as this integration left it, whatever else is the matter with it. What was edited here and not
 * applied yet is no drift, and what was never applied has none.
 */
export function hasDrifted(stored: StoredIntegration): boolean {
  return !stored.liveIsOutdated && hasChanged(stored);
}

/**
 * What differs is drift when it is not what it was when all was in sync. When nobody has seen that, whatever differs is:
 * nothing tells which of the two has changed.
 */
function hasChanged({ live, wasApplied, lastInSync }: StoredIntegration): boolean {
  if (!live || (isGone(live) && !wasApplied)) return false;
  return live.resources.some((resource) => {
    if (resource.status === "in-sync" || !lastInSync) return resource.status !== "in-sync";
    const before = lastInSync[keyOf(resource)];
    return before !== undefined && (resource.status === "missing" || before !== digest(resource));
  });
}

function keyOf({ kind, name }: ResourceState): string {
  return `${kind} ${name}`;
}

function digest({ live }: ResourceState): string {
  return fingerprint(JSON.stringify(live ?? ""));
}

/** Whether something that gives access is there, and ours. */
export function isThere(live: LiveState): boolean {
  return accessOf(live).some(({ status }) => status === "in-sync" || status === "differs");
}

function isGone(live: LiveState): boolean {
  return accessOf(live).every(({ status }) => status === "missing");
}

/** A bucket and its settings stay when the access is removed: they say nothing about it. */
function accessOf({ resources }: LiveState): readonly ResourceState[] {
  return resources.filter(({ kind }) => !["bucket", "public-access-block", "cors"].includes(kind));
}

export function integrationState(stored: StoredIntegration): IntegrationState {
  const { integration, live, liveIsOutdated, isNew } = stored;
  if ("broken" in integration) return { id: "broken" };
  const errors = findingsOf(integration, "error").length;
  if (errors > 0) return { id: "errors", count: errors };
  if (!live && (isNew || integration.manifest.account === undefined)) return { id: "not-applied" };
  if (!live) return { id: isPending(integration) ? "pending" : "not-compared" };
  const { resources } = live;
  const foreign = resources.filter(({ status }) => status === "foreign").length;
  if (foreign > 0) return { id: "foreign", count: foreign };
  if (isGone(live)) return { id: !stored.wasApplied ? "not-applied" : hasChanged(stored) ? "gone" : "edited" };
  if (liveIsOutdated) return { id: "edited" };
  const different = resources.filter(({ status }) => status !== "in-sync").length;
  if (different > 0) return hasDrifted(stored) ? { id: "differs", count: different } : { id: "edited" };
  return { id: isPending(integration) ? "pending" : "in-sync" };
}
