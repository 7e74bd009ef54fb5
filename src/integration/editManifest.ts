import type { Property } from "../policy/json";
import { parseJson } from "../policy/parseJson";

/**
 * A manifest's text with one property set, and nothing else touched: white space, order and line ends stay.
 *
 * @param text the text of a manifest that was read without an error
 * @param after the property that a new one follows; when it is absent, the new one comes last
 */
export function setProperty(text: string, name: string, value: string, after: string): string {
  const { root } = parseJson(text);
  if (root?.kind !== "object") return text;
  const existing = root.properties.findLast(({ key }) => key.value === name);
  if (existing?.value) {
    const { offset, length } = existing.value;
    return text.slice(0, offset) + JSON.stringify(value) + text.slice(offset + length);
  }
  const anchor = root.properties.findLast(({ key }) => key.value === after) ?? root.properties.at(-1);
  if (!anchor?.value) return text;
  const end = anchor.value.offset + anchor.value.length;
  const colon = text.slice(anchor.key.offset + anchor.key.length, anchor.value.offset);
  return `${text.slice(0, end)},${spaceBefore(text, anchor)}${JSON.stringify(name)}${colon}${JSON.stringify(value)}${text.slice(end)}`;
}

/** The line end and indentation before a property, or the blanks on the same line. */
function spaceBefore(text: string, property: Property): string {
  const space = /(?:\r\n|\n|\r)?[ \t]*$/.exec(text.slice(0, property.key.offset))?.[0] ?? "";
  const isFirst = /\{\s*$/.test(text.slice(0, property.key.offset));
  // `{"a": 1, …`: nothing stands before the first property of a single line, yet the next one wants its blank.
  return space === "" && isFirst && /^[^\n]*[:,] /.test(text.slice(property.key.offset)) ? " " : space;
}
