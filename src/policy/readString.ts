import type { StringNode, TextEdit } from "./json";
import {
  BACKSLASH,
  belongsToScript,
  describeCharacter,
  isInvisible,
  isLineBreak,
  isSpace,
  isTypographicQuote,
  QUOTE,
  visibleForm,
} from "./jsonCharacters";
import { edit, type Reader, report } from "./jsonReader";
import { findStringEnd, isEndedHere, type StringEnd } from "./stringEnd";

/** Reads the string whose opening quote, of whatever kind, stands at the reader's position. */
export function readString(reader: Reader): StringNode {
  const { text } = reader;
  const start = reader.position;
  if (text.charCodeAt(start) === QUOTE) {
    let position = start + 1;
    let code = text.charCodeAt(position);
    while (code >= 32 && code < 127 && code !== QUOTE && code !== BACKSLASH) {
      position += 1;
      code = text.charCodeAt(position);
    }
    if (code === QUOTE && isEndedHere(text, position + 1)) {
      reader.position = position + 1;
      return {
        kind: "string",
        offset: start,
        length: position + 1 - start,
        value: text.slice(start + 1, position),
        verbatim: true,
      };
    }
  }
  return readUnusualString(reader, start);
}

/** A string with escapes, other letters than ASCII's, or something wrong with it. */
function readUnusualString(reader: Reader, start: number): StringNode {
  const { text } = reader;
  const closed = findStringEnd(text, start);
  const wrapped = closed.end === closed.content ? findWrappedEnd(text, start) : undefined;
  const { content, end } = wrapped ?? closed;
  reader.position = end;
  const quoteEdits = delimiterProblem(reader, start, content, end);
  const decoded = decodeContent(reader, start + 1, content, quoteEdits);
  return { kind: "string", offset: start, length: end - start, value: decoded.value, verbatim: decoded.verbatim };
}

/**
 * `"s3:GetObj` on one line and `ect",` on the next: a page or a mail broke the line. Only when the next line begins
 * with something that can't begin a line of JSON.
 */
function findWrappedEnd(text: string, start: number): StringEnd | undefined {
  let position = start;
  // Lines that were broken are short; one that is not would be read again from each of its quotes.
  const last = Math.min(text.length, start + 1000);
  while (position < last && !isLineBreak(text.charCodeAt(position))) position += 1;
  if (position === last) return undefined;
  const lineEnd = position;
  while (position < text.length && isSpace(text.charCodeAt(position))) position += 1;
  const next = position;
  const before = text.charCodeAt(lineEnd - 1);
  if (before === 44 || before === 123 || before === 91) return undefined;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (isLineBreak(code) || code === BACKSLASH) return undefined;
    if (code === QUOTE) {
      const wrapped =
        position > next && isEndedHere(text, position + 1) && /^[\w*?/.:${-]/.test(text.slice(next, next + 1));
      return wrapped ? { content: position, end: position + 1 } : undefined;
    }
  }
  return undefined;
}

/** Reports a string whose quotes are missing or are not JSON's; answers where edits inside the string must go. */
function delimiterProblem(reader: Reader, start: number, content: number, end: number): TextEdit[] | undefined {
  const { text } = reader;
  const opening = text.charCodeAt(start);
  if (end === content) {
    const edits: TextEdit[] = [];
    if (opening !== QUOTE) edits.push(edit(start, 1, '"'));
    edits.push(edit(content, 0, '"'));
    report(
      reader,
      "json-syntax",
      start,
      content - start,
      "The closing quote of this text is missing, so AWS would refuse the document as malformed.",
      { title: "Add the closing quote", edits },
    );
    return opening === QUOTE ? undefined : edits;
  }
  const closing = text.charCodeAt(content);
  if (opening === QUOTE && closing === QUOTE) return undefined;
  const edits: TextEdit[] = [];
  if (opening !== QUOTE) edits.push(edit(start, 1, '"'));
  if (closing !== QUOTE) edits.push(edit(content, 1, '"'));
  const typographic = isTypographicQuote(opening) || isTypographicQuote(closing);
  const offset = opening !== QUOTE ? start : content;
  const length = (closing !== QUOTE ? end : start + 1) - offset;
  const wrong = String.fromCharCode(opening !== QUOTE ? opening : closing);
  report(
    reader,
    typographic ? "typographic-quote" : "json-syntax",
    offset,
    length,
    typographic
      ? `The typographic quote ${wrong} is no JSON quote, so AWS would refuse the document as malformed.`
      : `JSON knows only double quotes, not ${wrong}, so AWS would refuse the document as malformed.`,
    { title: 'Use the straight quote "', edits },
  );
  return edits;
}

interface Decoded {
  readonly value: string;
  readonly verbatim: boolean;
}

const simpleEscapes = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** `quoteEdits`: the string's own quotes get replaced, so straight quotes inside must be escaped in the same repair. */
function decodeContent(reader: Reader, from: number, to: number, quoteEdits: TextEdit[] | undefined): Decoded {
  const { text } = reader;
  const innerQuotes: number[] = [];
  let value = "";
  let copied = from;
  let verbatim = true;
  let position = from;
  while (position < to) {
    const code = text.charCodeAt(position);
    if (code === BACKSLASH) {
      const escaped = readEscape(text, position, to);
      value += text.slice(copied, position) + escaped.value;
      verbatim = false;
      if (escaped.replacement !== undefined) reportEscape(reader, position, escaped.length, escaped.replacement);
      position += escaped.length;
      copied = position;
      continue;
    }
    if (code === QUOTE) {
      innerQuotes.push(position);
    } else if (isLineBreak(code)) {
      const end = endOfBlanks(text, position, to);
      value += text.slice(copied, position);
      verbatim = false;
      report(
        reader,
        "json-syntax",
        position,
        end - position,
        "A line break inside a text is no JSON, so AWS would refuse the document as malformed.",
        { title: "Join the two lines", edits: [edit(position, end - position, "")] },
      );
      position = end;
      copied = end;
      continue;
    } else if (code < 32) {
      reportControl(reader, position, code);
    } else if (code > 126 && isInvisible(code) && !belongsToScript(code, text.charCodeAt(position - 1))) {
      position = reportInvisible(reader, from, position, to);
      continue;
    }
    position += 1;
  }
  value = copied === from ? text.slice(from, to) : value + text.slice(copied, to);
  const escapes = innerQuotes.map((offset) => edit(offset, 0, "\\"));
  const first = innerQuotes[0];
  if (quoteEdits !== undefined) {
    quoteEdits.push(...escapes);
  } else if (first !== undefined) {
    report(
      reader,
      "json-syntax",
      first,
      1,
      'A quote inside a text must be written \\", else the text ends here and AWS would refuse the document as malformed.',
      { title: "Escape the quotes inside the text", edits: escapes },
    );
  }
  return { value, verbatim };
}

function endOfBlanks(text: string, from: number, to: number): number {
  let position = from;
  while (position < to && isSpace(text.charCodeAt(position))) position += 1;
  return position;
}

interface Escape {
  readonly value: string;
  readonly length: number;
  /** What should stand there instead; absent when the escape is right. */
  readonly replacement?: string;
}

function readEscape(text: string, position: number, to: number): Escape {
  const character = position + 1 < to ? (text[position + 1] ?? "") : "";
  const simple = simpleEscapes.get(character);
  if (simple !== undefined) return { value: simple, length: 2 };
  if (character === "u") {
    const digits = text.slice(position + 2, Math.min(position + 6, to));
    if (/^[0-9a-fA-F]{4}$/.test(digits)) return { value: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 };
  }
  // `\*` and `\_` come from Markdown, where they mean the character itself.
  if (character !== "" && !/[\w\s]/.test(character)) return { value: character, length: 2, replacement: character };
  if (character === "_") return { value: "_", length: 2, replacement: "_" };
  return { value: "\\", length: 1, replacement: "\\\\" };
}

function reportEscape(reader: Reader, offset: number, length: number, replacement: string): void {
  const written = reader.text.slice(offset, offset + Math.max(length, 2));
  report(
    reader,
    "json-syntax",
    offset,
    length,
    `JSON does not know the escape ${written}, so AWS would refuse the document as malformed.`,
    { title: `Replace by ${replacement}`, edits: [edit(offset, length, replacement)] },
  );
}

function reportControl(reader: Reader, offset: number, code: number): void {
  const written = code === 9 ? "\\t" : `\\u${code.toString(16).padStart(4, "0")}`;
  report(
    reader,
    "json-syntax",
    offset,
    1,
    `A ${code === 9 ? "tab" : "control character"} inside a text is no JSON, so AWS would refuse the document as malformed.`,
    { title: `Replace by ${written}`, edits: [edit(offset, 1, written)] },
  );
}

/** Reports one run inside a string and answers its end. */
function reportInvisible(reader: Reader, from: number, start: number, to: number): number {
  const { text } = reader;
  let end = start;
  let form = "";
  while (end < to && text.charCodeAt(end) > 126 && isInvisible(text.charCodeAt(end))) {
    form += visibleForm(text.charCodeAt(end));
    end += 1;
  }
  // Between words of prose it stood for a blank; in an ARN or an action nothing can.
  const betweenWords = start > from && end < to && form !== "" && text.slice(from, to).includes(" ");
  const replacement = betweenWords ? " " : "";
  report(
    reader,
    "invisible-character",
    start,
    end - start,
    `This text holds an invisible character (${describeCharacter(text.charCodeAt(start))}), so AWS would compare it literally and never match what you mean.`,
    {
      title: replacement === "" ? "Remove the invisible character" : "Replace by an ordinary space",
      edits: [edit(start, end - start, replacement)],
    },
  );
  return end;
}
