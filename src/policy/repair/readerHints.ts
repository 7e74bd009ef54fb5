import { isAnyQuote, isInvisible, isSpace } from "../jsonCharacters";
import { endOfWord } from "../readScalar";
import { findStringEnd } from "../stringEnd";
import { type Repair, repair } from "./repair";

/** More than the largest document of AWS in one line has no remarks to look for. */
const longestLine = 40_000;

const message = "This is a remark to the reader, and JSON has no place for it.";

/**
 * Remarks to the reader that the page left inside the document: `"arn:…" <- replace with your bucket`, and lines of prose
 * between its lines. What JSON knows as a comment is left to the parser.
 */
export function readerHints(text: string): readonly Repair[] {
  const repairs: Repair[] = [];
  const surplus = depthOf(text);
  let offset = 0;
  for (const line of text.split("\n")) {
    for (const { start, length } of line.length > longestLine ? [] : hintsIn(line, surplus)) {
      const from = line.slice(0, start).trimEnd().length;
      repairs.push(repair("hint", offset + from, start + length - from, "", message));
    }
    offset += line.length + 1;
  }
  return repairs;
}

interface Hint {
  readonly start: number;
  readonly length: number;
}

/** The remarks in a line of the document. */
function hintsIn(line: string, surplus: number): readonly Hint[] {
  if (isProse(line)) return [toTheEnd(line, line.search(/\S/), surplus)];
  const hints: Hint[] = [];
  let complete = false;
  let position = 0;
  while (position < line.length) {
    const code = line.charCodeAt(position);
    const character = line[position] ?? "";
    if (isSpace(code) || isInvisible(code)) {
      position += 1;
    } else if (code === 34 || (isAnyQuote(code) && !complete)) {
      position = stringEnd(line, position);
      complete = true;
    } else if (",]}:{[".includes(character)) {
      complete = ",]}".includes(character);
      position += 1;
    } else {
      const rest = line.slice(position);
      if (/^(?:\/\/|\/\*|#|;|=)/.test(rest) || /^(?:\.\.|…)/.test(rest)) break;
      const hint = ofDocument.test(rest) ? withinLine(rest, position) : atEnd(line, position, complete, surplus);
      if (hint !== undefined) hints.push(hint);
      else if (complete) break;
      position = hint === undefined ? Math.max(endOfWord(line, position), position + 1) : position + hint.length;
      complete = true;
    }
  }
  return hints;
}

/** Where line breaks were lost, the document goes on behind the remark: its own end must be plain. */
function withinLine(rest: string, start: number): Hint | undefined {
  const length = (/^\([^()]*\)(?=\s*[,"“”\]}])/.exec(rest) ??
    (arrow.test(rest) ? /^[^"“”{}[\],]*/.exec(rest) : null))?.[0].length;
  return length === undefined ? undefined : { start, length };
}

function atEnd(line: string, start: number, complete: boolean, surplus: number): Hint | undefined {
  const rest = line.slice(start);
  const isHint = complete ? opensHint.test(rest) || wordsOnly(rest) : arrow.test(rest);
  return isHint ? toTheEnd(line, start, surplus) : undefined;
}

/** A key, an action, an ARN: no remark has these. */
const ofDocument = /["“”]\s*[:{[]|["“”](?:s3|kms|sts|iam|arn)[:*]/;

/** A remark may have quotes of its own: then the string ends before it, not at the last of them. */
function stringEnd(line: string, start: number): number {
  const closing = /^"[^"\\]*"/.exec(line.slice(start))?.[0].length ?? 0;
  const rest = line.slice(start + closing).trimStart();
  return closing > 0 && (opensHint.test(rest) || wordsOnly(rest)) ? start + closing : findStringEnd(line, start).end;
}

const arrow = /^(?:<[-=]+|<<+\s|[-=]+>|[←→⬅➡⟵⇐↑↓👈]|--+\s|\*+\s*\w+\s)/u;
const opensHint = new RegExp(
  `${arrow.source}|^(?:\\(|\\[tl!|\\[!|\\*|!|~|<\\w+ |(?:replace|change|put|insert|use|set|enter|your|add|note|optional|only|required|example|e\\.g|i\\.e|see|edit|update|fill|this|here|remove|delete|swap)\\b)`,
  "iu",
);

/** Words without anything that JSON knows, up to the end of the line: at least two, so that a lost quote is none. */
function wordsOnly(rest: string): boolean {
  return /^[\p{L}<][\p{L}\p{N}'’_<>-]*(?:\s+[^\s"“”{}[\]:,]+)+[.!?]?\s*,?\s*$/u.test(rest);
}

/** A line that no document has: words, and none of the characters that JSON is made of. */
function isProse(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed === "" || /^(?:\/\/|\/\*|\*|#|\.\.|…)/.test(trimmed)) return false;
  if (/["“”{}[\]]/.test(trimmed))
    return /^(?:[←→⬅➡👈👆]|\(|<--|-->)/u.test(trimmed) && !/["“”{}[\]]/.test(trimmed.slice(3));
  return (
    /^[\p{L}(*<←→-].*\s\S+/u.test(trimmed) &&
    !/^(?:true|false|null)\b/.test(trimmed) &&
    !/^\w+\s*:\s*\S+,?$/.test(trimmed)
  );
}

/** Closing brackets after the remark belong to the document when it lacks just these; so does a comma. */
function toTheEnd(line: string, start: number, surplus: number): Hint {
  const rest = line.slice(start).trimEnd();
  const tail = /[\]}\s]+,?$|,$/.exec(rest)?.[0] ?? "";
  const needed = surplus - depthOf(rest) + depthOf(tail) === 0;
  const isOfDocument = tail !== "" && (needed || !/[\]}]/.test(tail));
  return { start, length: rest.length - (isOfDocument ? tail.length : 0) };
}

function depthOf(text: string): number {
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === "\n") quoted = false;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
  }
  return depth;
}
