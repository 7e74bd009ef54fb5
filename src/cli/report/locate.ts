import type { Finding, Severity } from "../../checks/finding";

/** One file that was checked. */
export interface CheckedFile {
  /** As the person named it, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** A finding as programs get it. Lines and columns count from 1, columns in UTF-16 code units. */
export interface LocatedFinding {
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: { readonly offset: number; readonly length: number };
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The reason for which integration.json accepts it. */
  readonly accepted?: string;
}

/** The findings of a file with their lines and columns, in the order of the text. */
export function locate({ text, findings }: Pick<CheckedFile, "text" | "findings">): readonly LocatedFinding[] {
  if (findings.length === 0) return [];
  const lineStarts = startsOfLines(text);
  return [...findings]
    .sort((a, b) => a.range.offset - b.range.offset)
    .map(({ check, severity, message, range: { offset, length }, accepted }) => {
      const start = positionAt(lineStarts, offset);
      const end = positionAt(lineStarts, offset + length);
      return {
        check,
        severity,
        message,
        range: { offset, length },
        ...start,
        endLine: end.line,
        endColumn: end.column,
        ...(accepted !== undefined && { accepted }),
      };
    });
}

export function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + lineEnd.length);
  return starts;
}

function positionAt(lineStarts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
}

export function countFindings(files: readonly CheckedFile[]): Counts {
  let errors = 0;
  let warnings = 0;
  for (const { findings } of files) {
    for (const { severity } of findings) {
      if (severity === "error") errors++;
      else if (severity === "warning") warnings++;
    }
  }
  return { errors, warnings };
}
