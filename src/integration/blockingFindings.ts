import type { Finding, Severity } from "../checks/finding";
import { joinPath } from "./documentPath";
import type { BrokenIntegration, Integration } from "./integration";
import { manifestName } from "./recogniseManifest";

export interface FindingInFile {
  /** Relative to the file system's root. */
  readonly path: string;
  readonly text: string;
  readonly finding: Finding;
}

/** What keeps an integration from being applied: errors in its manifest or in its documents. */
export function blockingFindings(integration: Integration | BrokenIntegration): readonly FindingInFile[] {
  return findingsOf(integration, "error");
}

/**
 * The findings of a severity in the manifest, then in the documents in their order. With the warnings comes what the
 * manifest accepts: who confirms an apply sees that somebody has decided so, and why.
 */
export function findingsOf(integration: Integration | BrokenIntegration, severity: Severity): readonly FindingInFile[] {
  const { folder, manifestText, manifestFindings } = integration;
  const files = [
    { path: joinPath(folder, manifestName), text: manifestText, findings: manifestFindings },
    ...("broken" in integration ? [] : integration.documents),
  ];
  return files.flatMap(({ path, text, findings }) =>
    findings
      .filter((finding) => finding.severity === severity || (severity === "warning" && finding.accepted !== undefined))
      .map((finding) => ({ path, text, finding })),
  );
}
