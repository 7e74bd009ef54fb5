import type { Range } from "../../policy/json";

/** The string that the cursor is in: its content, and which of its quotes stand there. */
export interface CursorString {
  readonly range: Range;
  readonly quotes: "both" | "opening" | "none";
}

/**
 * Where the string that opens at `quote` ends, seen from the cursor in it. The next quote of the line is its own only if
 * what a string is followed by comes behind it: with `["s3:Get|, "s3:PutObject"]` it opens another string.
 */
export function stringAt(text: string, quote: number, offset: number): CursorString {
  const start = quote + 1;
  const line = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? "";
  const closing = firstQuote(line);
  if (closing >= 0 && /^\s*(?:$|[,\]}:]|\/[/*])/.test(line.slice(closing + 1))) {
    return { range: { offset: start, length: offset + closing - start }, quotes: "both" };
  }
  const word = /^(?:\$\{[^}"]*\}|[^\s",\]}])*/.exec(line)?.[0] ?? "";
  return { range: { offset: start, length: offset + word.length - start }, quotes: "opening" };
}

function firstQuote(line: string): number {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line[at] === '"') return at;
  }
  return -1;
}
