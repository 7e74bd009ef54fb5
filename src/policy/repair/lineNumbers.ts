import { type Repair, repair } from "./repair";

const numbered = /^([ \t\u00a0]*)(\d{1,4})(?:[ \t\u00a0]?[.:|)])?(?=[ \t\u00a0{}[\]"]|$)/;
const message = "A line number of the page stands in the document.";

const marked = /^[ \t\u00a0]*([>+|])(?=[ \t\u00a0{}[\]"]|$)/;

/** `> ` of a quoted mail, `+ ` of a difference, `| `: one and the same before every line but perhaps the first. */
export function lineMarks(text: string): readonly Repair[] {
  const [first = "", ...rest] = text.split("\n");
  const marks = new Set(rest.filter((line) => line.trim() !== "").map((line) => marked.exec(line)?.[1]));
  const [mark] = marks;
  if (marks.size !== 1 || mark === undefined) return [];
  const repairs: Repair[] = [];
  let offset = 0;
  for (const [index, line] of [first, ...rest].entries()) {
    const at = marked.exec(line)?.[1] === mark ? line.indexOf(mark) : -1;
    if (at >= 0) {
      const reason = `The mark ${mark} of the page stands before the ${index === 0 ? "document" : "line"}.`;
      repairs.push(repair("line-number", offset + at, 1, "", reason));
    }
    offset += line.length + 1;
  }
  return repairs;
}

/** Fewer could be values of an array. */
const fewest = 3;

/**
 * The line numbers of a code block, before each line or on lines of their own between the lines. Only numbers that count
 * up without a gap; the first line may have lost its number to the text before the document.
 */
export function lineNumbers(text: string): readonly Repair[] {
  const repairs: Repair[] = [];
  let expected: number | undefined;
  let offset = 0;
  let bare = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const [, blanks = "", number] = numbered.exec(line) ?? [];
    if (number !== undefined && (expected === undefined || Number(number) === expected)) {
      const start = offset + blanks.length;
      const end = start + (numbered.exec(line)?.[0].length ?? 0) - blanks.length;
      repairs.push(repair("line-number", start, end - start, "", message));
      expected = Number(number) + 1;
      bare = 0;
    } else if (line.trim() !== "" && index > 0) {
      // A line without a number: the one line that belongs to a number on a line of its own.
      bare += 1;
      if (bare > 1) return [];
    }
    offset += line.length + 1;
  }
  return repairs.length >= fewest ? repairs : [];
}
