import type { LiveState, ResourceState } from "../account/account";
import { findingsOf } from "../integration/blockingFindings";
import { isPending } from "../integration/completion";
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
  /** Edited after the last look at the account. */
  | { readonly id: "edited" }
  | { readonly id: "in-sync" }
  /** Applied as far as is known, and the vendor has not yet answered with what it shows only when it knows the role. */
  | { readonly id: "pending" }
  | { readonly id: "differs"; readonly count: number }
  | { readonly id: "foreign"; readonly count: number };

/**
 * Whether the account is not as this integration left it, whatever else is the matter with it. What was edited here and not
 * applied yet is no drift, and what was never applied has none.
 */
export function hasDrifted(stored: StoredIntegration): boolean {
  const { live, liveIsOutdated, wasApplied } = stored;
  if (!live || liveIsOutdated) return false;
  if (isGone(live)) return wasApplied;
  return live.resources.some(({ status }) => status !== "in-sync");
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
  if (isGone(live)) return { id: stored.wasApplied ? "gone" : "not-applied" };
  if (liveIsOutdated) return { id: "edited" };
  const different = resources.filter(({ status }) => status !== "in-sync").length;
  if (different > 0) return { id: "differs", count: different };
  return { id: isPending(integration) ? "pending" : "in-sync" };
}
