import type { Range } from "../../policy/json";
import { countBefore, type Search, searchIn } from "./pageSearch";
import type { PageText } from "./pageText";

export interface FoundBlocks {
  readonly blocks: readonly Range[];
  /** Where the search ended, if before the end of the page. */
  readonly leftFrom: number | undefined;
}

/** More than any page has. */
const mostBlocks = 1000;

/** So many times the length of the page are looked through for ends that are not there. */
const mostInVain = 20;

/**
 * Where documents of JSON seem to stand in a page. Damage is expected: a block may lack brackets or have one too many, and
 * its quotes may be of any kind. What is no AWS document is sorted out later.
 */
export function findBlocks({ text, code }: PageText): FoundBlocks {
  const found: Range[] = [];
  const page = new Page(text);
  let from = 0;
  for (;;) {
    const start = page.nextStart(from);
    if (start < 0) return { blocks: joinPieces(text, found), leftFrom: undefined };
    if (found.length === mostBlocks || page.inVain > mostInVain * text.length)
      return { blocks: joinPieces(text, found), leftFrom: start };
    const inside = code[countBefore(code, start + 1, ({ offset }) => offset) - 1];
    const endOfCode = inside === undefined ? 0 : inside.offset + inside.length;
    const limit = page.endOfJson(start, start < endOfCode ? endOfCode : text.length);
    const end = page.endOfBlock(start, limit);
    found.push({ offset: start, length: end - start });
    from = Math.max(end, start + 1);
  }
}

const blank = String.raw`(?:[\s\u00a0\u200b\ufeff]|\\[nrt]|\\(?=\n)|&nbsp;|&#160;|<[^<>"{}]*(?:"[^"<>]*"[^<>"{}]*)*>|\d{1,4}(?:[ ]?[.:|)])?(?=[\s"“”'{\[])|\/\/[^\n]*\n|\/\*(?:(?!\*\/)[\s\S]){0,200}\*\/|#[^\n]*\n|[>+|](?=[ \t]))*`;
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

/** So many lines of prose are in no document: what stands behind them is not looked at. */
const mostProse = 12;

/** As much text tells whether a document stands within another one. */
const before = 60;

/** The text of a page, with what the search for one block has found that helps with the next. */
class Page {
  /** How many characters were looked through for the end of a block and are not in it. */
  inVain = 0;
  private readonly start: Search;
  private readonly headless: Search;
  private readonly root: Search;
  private prose: ProseLines | undefined;
  /** From the first offset on, the next document that is no part of another one is at the second. */
  private free: readonly [from: number, at: number] | undefined;

  constructor(private readonly text: string) {
    this.start = searchIn(text, starts);
    this.headless = searchIn(text, headless);
    this.root = searchIn(text, roots);
  }

  nextStart(from: number): number {
    const braced = this.start(from)?.index ?? -1;
    const bare = this.headless(from);
    const start = bare === null ? -1 : bare.index + bare[0].length - (bare[1]?.length ?? 0);
    if (start < 0 || (braced >= 0 && braced < start)) return braced;
    return start;
  }

  endOfJson(start: number, limit: number): number {
    this.prose ??= proseLines(this.text);
    return Math.min(this.prose.endAfter(start), limit);
  }

  endOfBlock(start: number, limit: number): number {
    const { text } = this;
    const another = this.nextDocument(start, limit);
    const end = /[{[]/.test(text[start] ?? "") ? this.matchingEnd(start, limit, another) : -1;
    return end >= 0 ? withStrayClosers(text, end, limit) : cutAtProse(text, start, Math.min(limit, another));
  }

  private matchingEnd(start: number, limit: number, another: number): number {
    const { text } = this;
    const until = Math.min(limit, another);
    for (const strings of [true, false]) {
      const end = matchingEnd(text, start, until, strings);
      if (end >= 0) return end;
      this.inVain += until - start;
    }
    if (another >= limit || looksWhole(text, start, another)) return -1;
    const end = matchingEnd(text, start, limit, true);
    if (end < 0) this.inVain += limit - start;
    return end;
  }

  /** Where, behind the beginning, a further document begins that is no part of this one, else `limit`. */
  private nextDocument(start: number, limit: number): number {
    for (let next = this.root(start + 1); next !== null && next.index < limit; next = this.root(endOf(next))) {
      if (next.index - start >= before) return Math.min(this.nextFree(next), limit);
      if (!nested.test(this.text.slice(start, next.index))) return next.index;
    }
    return limit;
  }

  private nextFree(first: RegExpExecArray): number {
    const { index: from } = first;
    if (this.free === undefined || from < this.free[0] || from > this.free[1]) {
      let next: RegExpExecArray | null = first;
      while (next !== null && nested.test(this.text.slice(next.index - before, next.index)))
        next = this.root(endOf(next));
      this.free = [from, next?.index ?? this.text.length];
    }
    return this.free[1];
  }
}

function endOf({ index, 0: whole }: RegExpExecArray): number {
  return index + whole.length;
}

interface ProseLines {
  /** The end of the lines that may be a document which begins in this one. */
  readonly endAfter: (start: number) => number;
}

function proseLines(text: string): ProseLines {
  /** The beginnings of lines of JSON and of prose, and of the lines behind too much prose. */
  const json: number[] = [];
  const prose: number[] = [];
  const ends: number[] = [];
  let run = 0;
  for (let offset = 0; offset <= text.length; ) {
    const end = text.indexOf("\n", offset);
    const line = text.slice(offset, end < 0 ? text.length : end);
    if (isJsonLine(line)) {
      json.push(offset);
      run = 0;
    } else if (line.trim() !== "") {
      prose.push(offset);
      run += 1;
    }
    offset += line.length + 1;
    if (run === mostProse + 1) ends.push(offset);
  }
  const firstFrom = (sorted: readonly number[], offset: number, further = 0) =>
    sorted[countBefore(sorted, offset, (at) => at) + further];
  return {
    endAfter(start) {
      const end = text.indexOf("\n", start);
      const next = end < 0 ? text.length : end + 1;
      const nextJson = firstFrom(json, next);
      const last = firstFrom(prose, next, mostProse);
      if (last !== undefined && (nextJson === undefined || last < nextJson)) {
        const endOfLast = text.indexOf("\n", last);
        return endOfLast < 0 ? text.length : endOfLast + 1;
      }
      return (nextJson === undefined ? undefined : firstFrom(ends, nextJson + 1)) ?? text.length;
    },
  };
}

/** A list of documents has several in one pair of brackets; the same in a holder or a template. */
function looksWhole(text: string, start: number, another: number): boolean {
  const between = text.slice(start, another);
  return !/^\s*\[/.test(between) && !/[:=,]\s*$/.test(between) && /["“”]?Statement["“”]?\s*[:=]/.test(between);
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
  while (offset <= limit) {
    const next = text.indexOf("\n", offset);
    const line = text.slice(offset, next < 0 || next > limit ? limit : next);
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
