import type { JsonNode, Property, StringNode } from "./json";
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./jsonCharacters";

/** Deeper texts are left to `parseJson`, which does not recurse. */
const deepest = 64;

interface Reader {
  readonly text: string;
  position: number;
}

/**
 * The tree of a text that is JSON of objects, arrays and plain ASCII strings, as nearly every policy is. Undefined for
 * all other texts, right or wrong: `parseJson` looks closer then.
 */
export function readPlainJson(text: string): JsonNode | undefined {
  const reader = { text, position: 0 };
  const root = readValue(reader, 0);
  return root !== undefined && Number.isNaN(skipBlanks(reader)) ? root : undefined;
}

function readValue(reader: Reader, depth: number): JsonNode | undefined {
  const code = skipBlanks(reader);
  if (code === QUOTE) return readString(reader);
  if (depth === deepest) return undefined;
  if (code === OPEN_BRACE) return readObject(reader, depth);
  return code === OPEN_BRACKET ? readArray(reader, depth) : undefined;
}

function readObject(reader: Reader, depth: number): JsonNode | undefined {
  const offset = reader.position;
  const properties: Property[] = [];
  reader.position += 1;
  let code = skipBlanks(reader);
  while (code !== CLOSE_BRACE || properties.length > 0) {
    const key = code === QUOTE ? readString(reader) : undefined;
    if (key === undefined || skipBlanks(reader) !== COLON) return undefined;
    reader.position += 1;
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    properties.push({ key, value, offset: key.offset, length: reader.position - key.offset });
    code = skipBlanks(reader);
    if (code === CLOSE_BRACE) break;
    if (code !== COMMA) return undefined;
    reader.position += 1;
    code = skipBlanks(reader);
  }
  reader.position += 1;
  return { kind: "object", offset, length: reader.position - offset, properties };
}

function readArray(reader: Reader, depth: number): JsonNode | undefined {
  const offset = reader.position;
  const items: JsonNode[] = [];
  reader.position += 1;
  let code = skipBlanks(reader);
  while (code !== CLOSE_BRACKET || items.length > 0) {
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    code = skipBlanks(reader);
    if (code === CLOSE_BRACKET) break;
    if (code !== COMMA) return undefined;
    reader.position += 1;
  }
  reader.position += 1;
  return { kind: "array", offset, length: reader.position - offset, items };
}

function readString(reader: Reader): StringNode | undefined {
  const { text, position: offset } = reader;
  let position = offset + 1;
  let code = text.charCodeAt(position);
  while (code >= 32 && code < 127 && code !== QUOTE && code !== BACKSLASH) {
    position += 1;
    code = text.charCodeAt(position);
  }
  if (code !== QUOTE) return undefined;
  reader.position = position + 1;
  const length = position + 1 - offset;
  return { kind: "string", offset, length, value: text.slice(offset + 1, position), verbatim: true };
}

/** The character after the blanks; NaN at the end. */
function skipBlanks(reader: Reader): number {
  const { text } = reader;
  let { position } = reader;
  let code = text.charCodeAt(position);
  while (code === 32 || code === 10 || code === 13 || code === 9) {
    position += 1;
    code = text.charCodeAt(position);
  }
  reader.position = position;
  return code;
}
