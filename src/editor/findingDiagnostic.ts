import * as vscode from "vscode";
import type { Finding, Severity } from "../checks/finding";
import type { Range } from "../policy/json";

export const diagnosticSource = "Vendor Access";

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** VS Code strikes through what is deprecated: a principal that only an older page of the vendor names. */
const deprecated = new Set(["principal-retired"]);

/** `documentation` gives the place that a click on the check's id opens. */
export function findingDiagnostic(
  finding: Finding,
  rangeOf: (range: Range) => vscode.Range,
  documentation: (check: string) => vscode.Uri,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(finding.range), finding.message, severities[finding.severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.check, target: documentation(finding.check) };
  if (deprecated.has(finding.check)) diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  return diagnostic;
}
