import { isEndedHere } from "../stringEnd";
import { type Repair, repair } from "./repair";

const message = "A line break of the page cut this text in two.";

/** More lines than this are no broken string but a quote that is missing. */
const mostLines = 4;

export interface BrokenLines {
  readonly repairs: readonly Repair[];
  /** Texts of which nobody can tell how they were before. */
  readonly doubtful: readonly string[];
}

/**
 * Strings that a narrow column or a PDF broke, with or without a hyphen. A hyphen at the break belongs to the string or
 * not: names of actions have none, and otherwise `context` (the page) must show the whole word elsewhere.
 */
export function brokenLines(text: string, context: string): BrokenLines {
  const repairs: Repair[] = [];
  const doubtful: string[] = [];
  const lines = text.split("\n");
  let offset = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const opening = openQuote(line);
    const last = opening < 0 ? -1 : lastLine(lines, index);
    if (last > index) {
      const pieces = [line.slice(opening + 1), ...lines.slice(index + 1, last), closingPiece(lines[last] ?? "")];
      join(pieces, offset + opening + 1, context, repairs, doubtful);
    }
    offset += line.length + 1;
    while (index + 1 < last) {
      index += 1;
      offset += (lines[index] ?? "").length + 1;
    }
  }
  return { repairs, doubtful };
}

/** The quote that opens a string which the line does not close, else -1. */
function openQuote(line: string): number {
  let open = -1;
  for (let position = 0; position < line.length; position += 1) {
    const character = line[position];
    if (character === "\\") position += 1;
    else if (character === '"') open = open < 0 ? position : -1;
    else if (open < 0 && (character === "#" || (character === "/" && /[/*]/.test(line[position + 1] ?? "")))) return -1;
  }
  return open;
}

/** The line in which the string ends that line `first` leaves open; -1 when that is no broken string. */
function lastLine(lines: readonly string[], first: number): number {
  if (/[,{[]\s*$/.test(lines[first] ?? "")) return -1;
  for (let index = first + 1; index < lines.length && index < first + mostLines; index += 1) {
    const line = (lines[index] ?? "").trim();
    if (!/^[\w*?/.:${<>@+=-]/.test(line)) return -1;
    const quote = line.indexOf('"');
    if (quote > 0) return isEndedHere(line, quote + 1) && !/^[\w]+$/.test(keyBefore(line, quote)) ? index : -1;
    if (/[{}[\],]/.test(line.replace(/\$?\{[^{}]*\}/g, ""))) return -1;
  }
  return -1;
}

/** `Action": …` after a line without its closing quote is a key, not the end of a broken text. */
function keyBefore(line: string, quote: number): string {
  return /^"\s*:/.test(line.slice(quote)) && /^[A-Z]/.test(line) ? line.slice(0, quote) : "";
}

function closingPiece(line: string): string {
  return line.slice(0, line.indexOf('"'));
}

function join(pieces: readonly string[], start: number, context: string, repairs: Repair[], doubtful: string[]): void {
  const whole = pieces.map((piece) => piece.trim()).join("");
  if (/\s/.test(whole)) doubtful.push(pieces.join("\n"));
  let offset = start;
  let before = "";
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    if (next === undefined) break;
    const kept = piece.trimEnd();
    before += kept.trimStart();
    const hyphen = /[-\u00ad\u2010]$/.test(kept);
    const choice = hyphen ? withHyphen(before, next.trim(), context) : true;
    if (choice === undefined) doubtful.push(pieces.join("\n"));
    const from = choice === false ? kept.length - 1 : kept.length;
    if (choice === false) before = before.slice(0, -1);
    const blanks = next.length - next.trimStart().length;
    repairs.push(repair("broken-line", offset + from, piece.length - from + 1 + blanks, "", message));
    offset += piece.length + 1;
  }
}

/** Does the hyphen at the break belong to the word? Undefined when nobody can tell. */
function withHyphen(before: string, after: string, context: string): boolean | undefined {
  if (/[\u00ad\u2010]$/.test(before)) return false;
  const bare = before.slice(0, -1);
  if (/^[a-z0-9-]+:[A-Za-z*]+$/.test(bare) || /^[A-Z][A-Za-z]*$/.test(bare)) return false;
  if (/:\d{1,11}$/.test(bare) && /^\d+/.test(after)) return false;
  const left = /[\w-]+-$/.exec(before)?.[0] ?? before;
  const right = /^[\w-]*/.exec(after)?.[0] ?? "";
  const hyphenated = context.includes(left + right);
  const joined = context.includes(left.slice(0, -1) + right);
  return hyphenated === joined ? undefined : hyphenated;
}
