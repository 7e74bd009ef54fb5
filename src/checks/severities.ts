import type { Finding, Severity } from "./finding";
import { checks, manifestChecks } from "./registry";

export const severityLevels = ["error", "warning", "information", "hint", "off"] as const;
export type SeverityLevel = Severity | "off";

/** Check id → how its findings are shown. Only that: what blocks an apply does not depend on it. */
export type SeveritySettings = { readonly [check: string]: SeverityLevel };

/** Every check that a setting can name. */
export const checkIds: readonly string[] = [...checks.map(({ id }) => id), ...manifestChecks];

export function isSeverityLevel(value: unknown): value is SeverityLevel {
  return severityLevels.some((level) => level === value);
}

/** The findings as they are to be shown. What integration.json accepts stays a hint, or goes. */
export function withSeverities(findings: readonly Finding[], settings: SeveritySettings): readonly Finding[] {
  if (findings.length === 0 || Object.keys(settings).length === 0) return findings;
  return findings.flatMap((finding) => {
    const level = Object.hasOwn(settings, finding.check) ? settings[finding.check] : undefined;
    if (!isSeverityLevel(level)) return [finding];
    if (level === "off") return [];
    return [finding.accepted === undefined ? { ...finding, severity: level } : finding];
  });
}
