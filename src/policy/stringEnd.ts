import {
  APOSTROPHE,
  BACKSLASH,
  BACKTICK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  ELLIPSIS,
  EQUALS,
  HASH,
  isAnyQuote,
  isInvisible,
  isLineBreak,
  isSpace,
  isTypographicDoubleQuote,
  isTypographicQuote,
  isTypographicSingleQuote,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SEMICOLON,
  SLASH,
} from "./jsonCharacters";

/**
 * Where the content of a string ends: `content` is the offset after its last character, `end` the offset after the
 * closing quote, the same when there is none.
 */
export interface StringEnd {
  readonly content: number;
  readonly end: number;
}

/** A line is not searched without end for a better closing quote: the scan must stay linear. */
const maxInnerQuotes = 16;

/** Can the text from here on come after a string? Only then may a doubtful quote be its closing quote. */
export function isEndedHere(text: string, offset: number): boolean {
  let position = offset;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (isLineBreak(code)) return true;
    if (!isSpace(code) && !isInvisible(code)) break;
    position += 1;
  }
  if (position >= text.length) return true;
  const code = text.charCodeAt(position);
  if (code === SLASH) {
    const next = text.charCodeAt(position + 1);
    return next === SLASH || next === 42;
  }
  return (
    code === COMMA ||
    code === COLON ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET ||
    code === OPEN_BRACE ||
    code === OPEN_BRACKET ||
    code === SEMICOLON ||
    code === EQUALS ||
    code === ELLIPSIS ||
    (code === HASH && position > offset) ||
    (code === DOT && text.charCodeAt(position + 1) === DOT) ||
    // The next string begins: a comma is missing between the two.
    (isAnyQuote(code) && position > offset) ||
    (code === QUOTE && !isEndedAfterQuote(text, position + 1))
  );
}

/** `"a""b"` is two strings; `"a"",` is one with a quote too many. Looks at one character, so the scan stays linear. */
function isEndedAfterQuote(text: string, offset: number): boolean {
  const code = offset < text.length ? text.charCodeAt(offset) : 10;
  return isLineBreak(code) || code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET;
}

/**
 * Finds the end of the string that opens at `start`, within its line. A straight quote followed by what may follow a
 * string always ends it, so a string of valid JSON is never cut short by a typographic quote in its content.
 */
export function findStringEnd(text: string, start: number): StringEnd {
  const opening = text.charCodeAt(start);
  const straight = opening === QUOTE;
  let firstStraight = -1;
  let doubtfulDouble = -1;
  let doubtfulSingle = -1;
  let innerQuotes = 0;
  let position = start + 1;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (isLineBreak(code)) break;
    if (code === BACKSLASH) {
      if (position + 1 < text.length && !isLineBreak(text.charCodeAt(position + 1))) position += 1;
      continue;
    }
    if (code === QUOTE) {
      if (isEndedHere(text, position + 1)) {
        if (straight || doubtfulDouble < 0) return { content: position, end: position + 1 };
        break;
      }
      if (straight && doubtfulDouble >= 0) break;
      // The quote may open the next string: then the one before it lacks its closing quote.
      const unclosed = structureBefore(text, start + 1, position);
      if (unclosed >= 0) {
        if (firstStraight >= 0) break;
        return doubtfulSingle >= 0
          ? { content: doubtfulSingle, end: doubtfulSingle + 1 }
          : { content: unclosed, end: unclosed };
      }
      if (firstStraight < 0) firstStraight = position;
      innerQuotes += 1;
      if (innerQuotes > maxInnerQuotes) break;
      continue;
    }
    const sameQuote = code === opening && (code === APOSTROPHE || code === BACKTICK);
    if (!sameQuote && !isTypographicQuote(code)) continue;
    innerQuotes += 1;
    if (innerQuotes > maxInnerQuotes) break;
    if (isEndedHere(text, position + 1)) {
      if (sameQuote) return { content: position, end: position + 1 };
      if (isTypographicDoubleQuote(code)) {
        if (!straight) return { content: position, end: position + 1 };
        if (doubtfulDouble < 0) doubtfulDouble = position;
      } else {
        if (isTypographicSingleQuote(opening)) return { content: position, end: position + 1 };
        if (doubtfulSingle < 0) doubtfulSingle = position;
      }
    } else if (!straight && isTypographicDoubleQuote(code)) {
      const unclosed = structureBefore(text, start + 1, position);
      if (unclosed >= 0) {
        if (doubtfulSingle >= 0) break;
        return { content: unclosed, end: unclosed };
      }
    }
  }
  for (const quote of [doubtfulDouble, firstStraight, doubtfulSingle]) {
    if (quote >= 0) return { content: quote, end: quote + 1 };
  }
  const content = unclosedEnd(text, start + 1, position);
  return { content, end: content };
}

/**
 * `"Effect: "Allow"`: between `from` and the quote at `quote`, does the text end in what stands between two strings
 * (`, ` `: ` `], ` `: [`)? Then the offset where that begins, else -1.
 */
function structureBefore(text: string, from: number, quote: number): number {
  let position = skipBack(text, from, quote, OPEN_BRACE, OPEN_BRACKET);
  const separator = text.charCodeAt(position - 1);
  if (position <= from || (separator !== COMMA && separator !== COLON)) return -1;
  position -= 1;
  // "arn:aws:s3:::" ends in colons that are content.
  if (separator === COLON && text.charCodeAt(position - 1) === COLON) return -1;
  position = skipBack(text, from, position, CLOSE_BRACE, CLOSE_BRACKET);
  return position > from ? position : -1;
}

function skipBack(text: string, from: number, to: number, first: number, second: number): number {
  let position = to;
  while (position > from) {
    const code = text.charCodeAt(position - 1);
    if (!isSpace(code) && !isInvisible(code) && code !== first && code !== second) break;
    position -= 1;
  }
  return position;
}

/** The string is not closed on its line: it ends before the structure that ends the line. */
function unclosedEnd(text: string, from: number, lineEnd: number): number {
  const structure = structureBefore(text, from, lineEnd);
  if (structure >= 0 && balanced(text, from, structure)) return structure;
  let position = skipBack(text, from, lineEnd, 32, 32);
  if (text.charCodeAt(position - 1) === COMMA) position -= 1;
  const closed = skipBack(text, from, position, CLOSE_BRACE, CLOSE_BRACKET);
  if (closed > from && balanced(text, from, closed)) return closed;
  return Math.max(from, skipBack(text, from, position, 32, 32));
}

/** `${aws:username}` must keep its brace. */
function balanced(text: string, from: number, to: number): boolean {
  let depth = 0;
  for (let position = from; position < to; position += 1) {
    const code = text.charCodeAt(position);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
  }
  return depth <= 0;
}
