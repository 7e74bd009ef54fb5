import type { Range } from "../../policy/json";
import type { PageText } from "./pageText";

/**
 * Where documents of JSON seem to stand in a page. Damage is expected: a block may lack brackets or have one too many, and
 * its quotes may be of any kind. What is no AWS document is sorted out later.
 */
export function findBlocks({ text, code }: PageText): readonly Range[] {
  const found: Range[] = [];
  let from = 0;
  for (;;) {
    const start = nextStart(text, from);
    if (start < 0) break;
    const inside = code.find(({ offset, length }) => offset <= start && start < offset + length);
    const limit = endOfJson(text, start, inside === undefined ? text.length : inside.offset + inside.length);
    const end = endOfBlock(text, start, limit);
    found.push({ offset: start, length: end - start });
    from = Math.max(end, start + 1);
  }
  return joinPieces(text, found);
}

const blank = String.raw`(?:[\s\u00a0\u200b\ufeff]|\\[nrt]|\\(?=\n)|&nbsp;|&#160;|<[^<>"{}]*(?:"[^"<>]*"[^<>"{}]*)*>|\d{1,4}(?:[ ]?[.:|)])?(?=[\s"“”'{\[])|\/\/[^\n]*\n|\/\*[\s\S]{0,200}?\*\/|#[^\n]*\n|[>+|](?=[ \t]))*`;
const quote = String.raw`(?:\\*["'\x60“”„‟«»‘’″]|&quot;|&#0?34;|&#x22;|&ldquo;|&rdquo;|&laquo;|&raquo;)`;
const words =
  "Version|Id|Statement|Sid|Effect|Principal|Action|Resource|Condition|CORSRules|AllowedHeaders|AllowedMethods|AllowedOrigins";
const key = String.raw`(?:${quote}[\w:.$\/ -]{1,80}:?${quote}?${blank}(?:[:=：]|${quote})|(?:${words})${blank}[:=])`;
const starts = new RegExp(String.raw`(?:\[${blank})?\{${blank}${key}`, "gi");
const roots = new RegExp(
  String.raw`(?:\[${blank})?\{${blank}${quote}?(?:Version|Id|Statement|CORSRules|Allowed(?:Headers|Methods|Origins))${quote}?${blank}[:=]`,
  "g",
);
/** Behind a key, in a list, as an argument. A sentence may end in a colon, too. */
const nested = /(?:["“”'\\]\s*[:=]|\w\s*=|[,([{])["'\s\u00a0]*(?:\d{1,4}[.:|)]?\s*|[>+|]\s*)?(?:<[^<>]*>\s*)*$/;
/** A document whose opening bracket was lost begins with its first key, on a line of its own. */
const headless = /^[ \t\u00a0]*(["“”]Version["“”]\s*:\s*["“”]20\d\d-)/gm;

function nextStart(text: string, from: number): number {
  starts.lastIndex = from;
  const braced = starts.exec(text)?.index ?? -1;
  headless.lastIndex = from;
  const bare = headless.exec(text);
  const start = bare === null ? -1 : bare.index + bare[0].length - (bare[1]?.length ?? 0);
  if (start < 0 || (braced >= 0 && braced < start)) return braced;
  return start;
}

/** So many lines of prose are in no document: what stands behind them is not looked at, and the search stays linear. */
const mostProse = 12;

function endOfJson(text: string, start: number, limit: number): number {
  let offset = start;
  let prose = 0;
  while (offset < limit && prose <= mostProse) {
    const end = text.indexOf("\n", offset);
    const line = text.slice(offset, end < 0 || end > limit ? limit : end);
    if (isJsonLine(line)) prose = 0;
    else if (line.trim() !== "") prose += 1;
    offset += line.length + 1;
  }
  return Math.min(offset, limit);
}

function endOfBlock(text: string, start: number, limit: number): number {
  const another = nextDocument(text, start, limit);
  if (!/[{[]/.test(text[start] ?? "")) return cutAtProse(text, start, Math.min(limit, another));
  for (const strings of [true, false]) {
    const end = matchingEnd(text, start, limit, strings);
    if (end >= 0 && end <= another) return withStrayClosers(text, end, limit);
  }
  const end = matchingEnd(text, start, limit, true);
  if (another < limit && end > another && !looksWhole(text, start, another)) return withStrayClosers(text, end, limit);
  return cutAtProse(text, start, Math.min(limit, another));
}

/** A list of documents has several in one pair of brackets; the same in a holder or a template. */
function looksWhole(text: string, start: number, another: number): boolean {
  const between = text.slice(start, another);
  return !/^\s*\[/.test(between) && !/[:=,]\s*$/.test(between) && /["“”]?Statement["“”]?\s*[:=]/.test(between);
}

/** Where, behind the beginning, a further document begins that is no part of this one, else `limit`. */
function nextDocument(text: string, start: number, limit: number): number {
  roots.lastIndex = start + 1;
  for (let next = roots.exec(text); next !== null && next.index < limit; next = roots.exec(text)) {
    const before = text.slice(Math.max(start, next.index - 60), next.index);
    if (!nested.test(before)) return next.index;
  }
  return limit;
}

/** Brackets are counted whatever their kind: a wrong one is mended later. -1 when the count never comes to nothing. */
function matchingEnd(text: string, start: number, limit: number, strings: boolean): number {
  let depth = 0;
  let quoted = false;
  for (let position = start; position < limit; position += 1) {
    const character = text[position];
    if (character === "\n") quoted = false;
    else if (strings && character === '"' && text[position - 1] !== "\\") quoted = !quoted;
    else if (quoted) continue;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return position + 1;
    }
  }
  return -1;
}

/** Closing brackets on lines of their own right behind a document belong to it: it has one too many. */
function withStrayClosers(text: string, end: number, limit: number): number {
  const closers = /^[ \t\u00a0]*(?:\n[ \t\u00a0]*)?[\]}][\]}\s]*(?=\n|$)/.exec(
    text.slice(end, Math.min(limit, end + 400)),
  );
  return closers === null ? end : end + closers[0].trimEnd().length;
}

const jsonStart = /^[\s\d.:|)>+]*["“”„{}[\]]|^\s*(?:\/\/|\/\*|\*\/|\.\.\.|…)/;

function isJsonLine(line: string): boolean {
  return jsonStart.test(line) || /["“”}\],{[]$/.test(line.trimEnd());
}

/** The block is out of balance: it ends with the last line that looks like JSON, before prose begins. */
function cutAtProse(text: string, start: number, limit: number): number {
  let end = start;
  let offset = start;
  let prose = 0;
  // A paragraph of its own after a closing bracket is no remark within the document.
  for (const line of text.slice(start, limit).split("\n")) {
    const length = line.length;
    if (isJsonLine(line)) {
      end = offset + line.trimEnd().length;
      prose = 0;
    } else if (line.trim() !== "") {
      prose += 1;
      const apart =
        /[\]}]\s*\n\s*\n/.test(text.slice(start, offset).slice(-8)) &&
        /^\n\s*\n/.test(text.slice(offset + length, offset + length + 4));
      if (prose > 2 || apart) break;
    }
    offset += length + 1;
  }
  return Math.max(end, start + 1);
}

/** Pieces with only a comma or closing brackets between them are one text: a list of statements, or a bracket too many. */
function joinPieces(text: string, found: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of found) {
    const previous = joined.at(-1);
    const gap = previous === undefined ? "" : text.slice(previous.offset + previous.length, range.offset);
    if (previous !== undefined && /^\s*[,\]}][\s,\]}]*$/.test(gap)) {
      joined[joined.length - 1] = { offset: previous.offset, length: range.offset + range.length - previous.offset };
    } else {
      joined.push(range);
    }
  }
  return joined;
}
