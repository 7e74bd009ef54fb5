import { findingsOf } from "../integration/blockingFindings";
import type { StoredIntegration } from "./integrationStore";

/** What an integration's row says: the worst that is known about it. */
export type IntegrationState =
  | { readonly id: "broken" }
  | { readonly id: "errors"; readonly count: number }
  | { readonly id: "not-applied" }
  /** It names its account, so it was applied or meant for it; nobody looked in this window. */
  | { readonly id: "not-compared" }
  /** Edited after the last look at the account. */
  | { readonly id: "edited" }
  | { readonly id: "in-sync" }
  | { readonly id: "differs"; readonly count: number }
  | { readonly id: "foreign"; readonly count: number };

export function integrationState(stored: StoredIntegration): IntegrationState {
  const { integration, live, liveIsOutdated, isNew } = stored;
  if ("broken" in integration) return { id: "broken" };
  const errors = findingsOf(integration, "error").length;
  if (errors > 0) return { id: "errors", count: errors };
  if (!live) return { id: isNew || integration.manifest.account === undefined ? "not-applied" : "not-compared" };
  const { resources } = live;
  const foreign = resources.filter(({ status }) => status === "foreign").length;
  if (foreign > 0) return { id: "foreign", count: foreign };
  // A bucket and its settings stay when the access is removed: they say nothing about it.
  const access = resources.filter(({ kind }) => !["bucket", "public-access-block", "cors"].includes(kind));
  if (access.every(({ status }) => status === "missing")) return { id: "not-applied" };
  if (liveIsOutdated) return { id: "edited" };
  const different = resources.filter(({ status }) => status !== "in-sync").length;
  return different > 0 ? { id: "differs", count: different } : { id: "in-sync" };
}
