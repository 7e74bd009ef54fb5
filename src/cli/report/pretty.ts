import type { Severity } from "../../checks/finding";
import type { Style } from "../style";
import { type CheckedFile, countFindings, type LocatedFinding, locate, startsOfLines } from "./locate";

/** The findings for a person: where, what, and the line with the place underlined. */
export function prettyReport(files: readonly CheckedFile[], style: Style): string {
  return files
    .flatMap((file) => locate(file).map((finding) => prettyFinding(file, finding, style)))
    .map((finding) => `${finding}\n`)
    .join("\n");
}

/** `2 errors, 1 warning in 12 documents; 2 can be repaired with --fix.` */
export function prettySummary(files: readonly CheckedFile[], style: Style): string {
  if (files.length === 0) return style.faint("No IAM policy documents found.");
  const documents = count(files.length, "document");
  const { errors, warnings } = countFindings(files);
  if (errors + warnings === 0) return style.good(`${documents} checked, no errors, no warnings.`);
  const fixable = files
    .flatMap(({ findings }) => findings)
    .filter(({ fixes }) => fixes.some(({ safe }) => safe)).length;
  const found = `${count(errors, "error")}, ${count(warnings, "warning")} in ${documents}`;
  const repair = fixable > 0 ? `; ${fixable} can be repaired with --fix` : "";
  return (errors > 0 ? style.error : style.warning)(`${found}${repair}.`);
}

export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

function prettyFinding({ path, text }: CheckedFile, finding: LocatedFinding, style: Style): string {
  const { line, column, severity, message, check, accepted } = finding;
  const place = style.strong(`${path}:${line}:${column}`);
  const head = `${place} ${severityStyle(severity, style)(accepted === undefined ? severity : "accepted")} ${message} ${style.faint(`(${check})`)}`;
  const { code, underline } = excerpt(text, finding);
  const margin = " ".repeat(String(line).length);
  return [
    head,
    `${style.faint(`  ${line} |`)} ${code}`,
    `${style.faint(`  ${margin} |`)} ${severityStyle(severity, style)(underline)}`,
  ].join("\n");
}

function severityStyle(severity: Severity, style: Style): (text: string) => string {
  return severity === "error" ? style.error : severity === "warning" ? style.warning : style.note;
}

/** As much of a line as fits a terminal, and what underlines the finding in it. */
function excerpt(
  text: string,
  { line, column, endLine, endColumn }: LocatedFinding,
): { readonly code: string; readonly underline: string } {
  const starts = startsOfLines(text);
  const start = starts[line - 1] ?? 0;
  const whole = text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/, "");
  const end = endLine === line ? endColumn - 1 : whole.length;
  // A minified document is one line of thousands of characters: show what is around the place.
  const most = 110;
  const first = whole.length <= most ? 0 : Math.max(0, Math.min(column - 1 - 30, whole.length - most));
  const [before, after] = [first > 0 ? "…" : "", whole.length > first + most ? "…" : ""];
  const code = before + visible(whole.slice(first, first + most)) + after;
  const indent = before.replace("…", " ") + whole.slice(first, column - 1).replace(/[^\t]/g, " ");
  const length = Math.max(1, Math.min(end, first + most) - (column - 1));
  return { code, underline: indent + "^".repeat(length) };
}

/** One mark for each character that a terminal would not show, or would obey. */
function visible(code: string): string {
  return code.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, "·");
}
