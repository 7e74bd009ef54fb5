import { type CheckedFile, locate } from "./locate";

/**
 * Workflow commands, which GitHub shows beside the lines of a pull request.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export function githubReport(files: readonly CheckedFile[]): string {
  return files
    .flatMap((file) =>
      locate(file).map(({ check, severity, message, line, column, endLine, endColumn }) => {
        const command = severity === "error" || severity === "warning" ? severity : "notice";
        const place = [`file=${escapeProperty(file.path)}`, `line=${line}`, `endLine=${endLine}`];
        // GitHub takes columns only within one line.
        if (line === endLine) place.push(`col=${column}`, `endColumn=${endColumn}`);
        return `::${command} ${place.join(",")},title=${escapeProperty(check)}::${escapeData(message)}\n`;
      }),
    )
    .join("");
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
