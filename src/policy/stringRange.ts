import type { Range, StringNode } from "./json";
import { isAnyQuote } from "./jsonCharacters";

/** Where `length` characters of a string's value, from `start` on, stand in the text. */
export function stringRange(text: string, node: StringNode, start: number, length: number): Range {
  const first = node.offset + (isAnyQuote(text.charCodeAt(node.offset)) ? 1 : 0);
  if (node.verbatim) return { offset: first + start, length };
  const offset = skipCharacters(text, first, start);
  return { offset, length: skipCharacters(text, offset, length) - offset };
}

/** The whole value without the quotes around it. */
export function contentRange(text: string, node: StringNode): Range {
  return stringRange(text, node, 0, node.value.length);
}

function skipCharacters(text: string, from: number, count: number): number {
  let offset = from;
  for (let skipped = 0; skipped < count; skipped += 1) {
    if (text.charCodeAt(offset) !== 92) offset += 1;
    else offset += text[offset + 1] === "u" ? 6 : 2;
  }
  return offset;
}
