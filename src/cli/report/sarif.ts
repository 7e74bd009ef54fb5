import type { Severity } from "../../checks/finding";
import { type CheckedFile, locate } from "./locate";

/**
 * A log that code scanning services read.
 * SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function sarifReport(
  files: readonly CheckedFile[],
  unreadable: readonly { readonly path: string; readonly message: string }[],
  version: string,
): string {
  const results = files.flatMap((file) =>
    locate(file).map(({ check, severity, message, line, column, endLine, endColumn, range, accepted }) => ({
      ruleId: check,
      level: levelOf(severity),
      message: { text: message },
      ...(accepted !== undefined && { suppressions: [{ kind: "external", justification: accepted }] }),
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file.path) },
            region: {
              startLine: line,
              startColumn: column,
              endLine,
              endColumn,
              charOffset: range.offset,
              charLength: range.length,
            },
          },
        },
      ],
    })),
  );
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "vendor-access",
            version,
            rules: rules.map((id) => ({ id, help: { text: `docs/checks.md#${id}` } })),
          },
        },
        columnKind: "utf16CodeUnits",
        artifacts: files.map(({ path }) => ({ location: { uri: uriOf(path) } })),
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: unreadable.map(({ path, message }) => ({
              level: "error",
              message: { text: message },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
            })),
          },
        ],
        results: results.map((result) => ({ ...result, ruleIndex: rules.indexOf(result.ruleId) })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function levelOf(severity: Severity): "error" | "warning" | "note" {
  return severity === "error" || severity === "warning" ? severity : "note";
}

/** A relative reference, or a file URI for an absolute path (`/…`, `C:/…`). */
function uriOf(path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  if (path.startsWith("/")) return `file://${encoded}`;
  return /^[A-Za-z]:\//.test(path) ? `file:///${encoded.replace("%3A", ":")}` : encoded;
}
