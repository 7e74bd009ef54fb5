import type { JsonNode, StringNode } from "./json";
import { isAnyQuote, isInvisible, isLineBreak, isSpace } from "./jsonCharacters";
import { edit, type Reader, report } from "./jsonReader";
import { isEndedHere } from "./stringEnd";

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Other languages' spellings of JSON's literals. */
const foreignLiterals = new Map([
  ["True", "true"],
  ["False", "false"],
  ["TRUE", "true"],
  ["FALSE", "false"],
  ["None", "null"],
  ["NULL", "null"],
  ["nil", "null"],
  ["undefined", "null"],
]);

/** A number, `true`, `false` or `null`; anything else is text that lacks its quotes. */
export function readScalar(reader: Reader): JsonNode {
  const { text } = reader;
  const offset = reader.position;
  const end = endOfWord(text, offset);
  const word = text.slice(offset, end);
  const length = end - offset;
  const foreign = foreignLiterals.get(word);
  const literal = foreign ?? word;
  if (literal === "true" || literal === "false" || literal === "null" || numberPattern.test(word)) {
    reader.position = end;
    if (foreign !== undefined) {
      report(
        reader,
        "json-syntax",
        offset,
        length,
        `JSON writes ${foreign}, not ${word}, so AWS would refuse the document as malformed.`,
        { title: `Write ${foreign}`, edits: [edit(offset, length, foreign)] },
      );
    }
    if (literal === "null") return { kind: "null", offset, length };
    if (literal === "true" || literal === "false")
      return { kind: "boolean", offset, length, value: literal === "true" };
    return { kind: "number", offset, length, value: Number(word) };
  }
  return readBareText(reader);
}

/** Text without its opening quote (`s3:GetObject",`), or without both (`Allow,`). */
export function readBareText(reader: Reader): StringNode {
  const { text } = reader;
  const offset = reader.position;
  const quote = unopenedEnd(text, offset);
  if (quote >= 0) {
    const closing = text[quote];
    reader.position = quote + 1;
    const edits = [edit(offset, 0, '"')];
    if (closing !== '"') edits.push(edit(quote, 1, '"'));
    report(
      reader,
      "json-syntax",
      offset,
      quote - offset,
      "The opening quote of this text is missing, so AWS would refuse the document as malformed.",
      { title: "Add the opening quote", edits },
    );
    const length = quote + 1 - offset;
    return { kind: "string", offset, length, value: text.slice(offset, quote), verbatim: true };
  }
  const end = Math.max(endOfWord(text, offset), offset + 1);
  reader.position = end;
  const length = end - offset;
  report(
    reader,
    "json-syntax",
    offset,
    length,
    "This text stands without quotes, so AWS would refuse the document as malformed.",
    { title: "Put it in quotes", edits: [edit(offset, 0, '"'), edit(end, 0, '"')] },
  );
  return { kind: "string", offset, length, value: text.slice(offset, end), verbatim: true };
}

/** The offset of the closing quote when text begins at `offset` without an opening one, else -1. */
function unopenedEnd(text: string, offset: number): number {
  for (let position = offset; position < text.length; position += 1) {
    const character = text[position] ?? "";
    if (text.startsWith("${", position)) {
      position = endOfVariable(text, position) - 1;
      continue;
    }
    if ("\r\n{}[],\\".includes(character)) return -1;
    if (isAnyQuote(text.charCodeAt(position))) return isEndedHere(text, position + 1) ? position : -1;
  }
  return -1;
}

/** Words end at blanks and JSON's own characters; a colon inside a word belongs to it (`s3:GetObject`). */
export function endOfWord(text: string, offset: number): number {
  let position = offset;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (isSpace(code) || isInvisible(code) || isAnyQuote(code)) break;
    if (code === 36 && text.charCodeAt(position + 1) === 123) {
      position = endOfVariable(text, position) - 1;
      continue;
    }
    // , [ ] { } ;
    if (code === 44 || code === 91 || code === 93 || code === 123 || code === 125 || code === 59) break;
    if (code === 58) {
      const next = text.charCodeAt(position + 1);
      if (Number.isNaN(next) || isSpace(next) || isAnyQuote(next) || next === 91 || next === 123) break;
    }
  }
  return position;
}

/** The end of a policy variable, `${aws:username}`; without a closing brace on a short way, of its two first characters. */
function endOfVariable(text: string, offset: number): number {
  const length = text.slice(offset, offset + longestVariable).search(/[}\s"]/);
  return length > 0 && text[offset + length] === "}" ? offset + length + 1 : offset + 2;
}

const longestVariable = 128;

/** Text that belongs to nothing: up to the end of the line or to the next character of JSON's structure. */
export function endOfStrayText(text: string, offset: number): number {
  let position = offset + 1;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (isLineBreak(code) || isAnyQuote(code) || code === 44 || code === 93 || code === 125) break;
  }
  while (position > offset + 1 && isSpace(text.charCodeAt(position - 1))) position -= 1;
  return position;
}
