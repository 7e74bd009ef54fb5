import type { Finding } from "../../checks/finding";
import { type DocumentRole, documentTitles } from "../../vendors/manifest";

/**
 * "Activeloop Deep Lake · permissions policy · 2 errors, 1 warning". What only informs is not counted.
 * @param role undefined for the integration.json itself
 * @param findings undefined while the document is not checked, and when checks are switched off
 */
export function lensTitle(
  vendor: string,
  role: DocumentRole | undefined,
  findings: readonly Pick<Finding, "severity">[] | undefined,
): string {
  // In a title `$(…)` is an icon: the vendor's name may come from anybody.
  const parts = [vendor.replaceAll("$(", "\\$("), role === undefined ? "integration" : documentTitles[role]];
  if (findings !== undefined) {
    const counted = [counts(findings, "error"), counts(findings, "warning")].filter((text) => text !== "");
    parts.push(counted.length > 0 ? counted.join(", ") : "no problems");
  }
  return parts.join(" · ");
}

function counts(findings: readonly Pick<Finding, "severity">[], severity: "error" | "warning"): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return count === 0 ? "" : `${count} ${severity}${count === 1 ? "" : "s"}`;
}
