import type { ArrayNode, JsonNode, JsonObject, JsonValue, ObjectNode, Range, TextEdit } from "../policy/json";
import { isObject } from "../policy/json";
import type { PolicyDocument } from "../policy/policyDocument";

/** Edits that keep the layout of the document around them. */

export function replaceRange({ offset, length }: Range, newText: string): TextEdit {
  return { range: { offset, length }, newText };
}

export function replaceNode(node: JsonNode, value: JsonValue): TextEdit {
  return replaceRange(node, JSON.stringify(value));
}

/** An item of an array or a property of an object, with its comma and the blanks that go with it. */
export function removeItem(items: readonly Range[], item: Range): TextEdit | undefined {
  const index = items.indexOf(item);
  const next = items[index + 1];
  const previous = items[index - 1];
  if (index < 0) return undefined;
  if (next !== undefined) return between(item.offset, next.offset);
  return between(previous === undefined ? item.offset : endOf(previous), endOf(item));
}

/** Several items of an array, of which at least one stays. */
export function removeItems(items: readonly Range[], removed: readonly Range[]): readonly TextEdit[] {
  const stays = items.findLastIndex((item) => !removed.includes(item));
  const last = items[stays];
  const end = items.at(-1);
  const edits = items.slice(0, Math.max(stays, 0)).flatMap((item, index) => {
    const next = items[index + 1];
    return next !== undefined && removed.includes(item) ? [between(item.offset, next.offset)] : [];
  });
  return last === undefined || end === undefined || end === last ? edits : [...edits, between(endOf(last), endOf(end))];
}

/** Behind another item, on a line of its own when that stands on one. */
function addAfter(text: string, item: JsonNode, value: JsonValue): TextEdit {
  const indent = ownLineIndent(text, item.offset);
  return insert(endOf(item), `,${indent === undefined ? " " : `\n${indent}`}${JSON.stringify(value)}`);
}

/** A further item at the end of a list. */
export function appendItem(text: string, list: ArrayNode, value: JsonValue): readonly TextEdit[] {
  const last = list.items.at(-1);
  if (last === undefined) return [replaceRange(list, JSON.stringify([value]))];
  if (last.kind !== "object" || !isObject(value)) return [addAfter(text, last, value)];
  return [insert(endOf(last), `,${indented(text, last, value)}`)];
}

/**
 * Further texts beside `item`, whose element's value is `value`: into its array, or one is made. A single text can become
 * a list only once: of several the rest follows in the next round.
 */
export function addBeside(
  text: string,
  value: JsonNode | undefined,
  item: JsonNode,
  ...all: readonly string[]
): readonly TextEdit[] {
  if (value?.kind === "array") return all.map((added) => addAfter(text, item, added));
  const [added] = all;
  if (added === undefined) return [];
  return [insert(item.offset, "["), insert(endOf(item), `, ${JSON.stringify(added)}]`)];
}

/** Adds a statement behind the last one, in the document's own indentation. */
export function addStatement({ json, root }: PolicyDocument, statement: JsonObject): readonly TextEdit[] {
  const value = root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  if (value === undefined) return [];
  const { text } = json;
  if (value.kind === "object") {
    const added = indented(text, value, statement);
    return [insert(value.offset, "["), insert(endOf(value), `,${added}]`)];
  }
  if (value.kind !== "array") return [];
  const last = value.items.at(-1);
  if (last === undefined) return [replaceRange(value, JSON.stringify([statement], null, 2))];
  return [insert(endOf(last), `,${indented(text, last, statement)}`)];
}

/** Adds a property behind the last of an object. */
export function addProperty(text: string, node: JsonNode, name: string, value: JsonValue): readonly TextEdit[] {
  const last = node.kind === "object" ? node.properties.at(-1) : undefined;
  if (last === undefined) return [];
  const indent = ownLineIndent(text, last.offset);
  if (indent === undefined) return [insert(endOf(last), `, ${JSON.stringify(name)}: ${JSON.stringify(value)}`)];
  const unit = indentUnit(text, node, last.offset);
  const lines = JSON.stringify(value, null, unit).replaceAll("\n", `\n${indent}`);
  return [insert(endOf(last), `,\n${indent}${JSON.stringify(name)}: ${lines}`)];
}

/** Adds a property before the first of an object. */
export function addFirstProperty(text: string, node: ObjectNode, name: string, value: JsonValue): readonly TextEdit[] {
  const [first] = node.properties;
  const property = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  if (first === undefined) return [insert(node.offset + 1, property)];
  const indent = ownLineIndent(text, first.offset);
  return [insert(first.offset, `${property},${indent === undefined ? " " : `\n${indent}`}`)];
}

/** Puts a property of an object into a new object of that name: `"AWS": x` becomes `"Principal": {"AWS": x}`. */
export function wrapProperty(property: Range, name: string): readonly TextEdit[] {
  return [insert(property.offset, `${JSON.stringify(name)}: { `), insert(endOf(property), " }")];
}

function indented(text: string, sibling: JsonNode, statement: JsonObject): string {
  const indent = ownLineIndent(text, sibling.offset);
  const first = sibling.kind === "object" ? sibling.properties[0] : undefined;
  const inner = first === undefined ? undefined : ownLineIndent(text, first.offset);
  if (inner === undefined) return `${indent === undefined ? " " : `\n${indent}`}${JSON.stringify(statement)}`;
  const outer = indent ?? lineIndent(text, sibling.offset);
  const unit = inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : "  ";
  return `${indent === undefined ? " " : `\n${outer}`}${JSON.stringify(statement, null, unit).replaceAll("\n", `\n${outer}`)}`;
}

function indentUnit(text: string, node: JsonNode, innerOffset: number): string {
  const outer = lineIndent(text, node.offset);
  const inner = lineIndent(text, innerOffset);
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : "  ";
}

/** The blanks before `offset` when nothing else stands before it on its line. */
function ownLineIndent(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(start, offset);
  return start > 0 && /^[ \t]*$/.test(before) ? before : undefined;
}

function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

function insert(offset: number, newText: string): TextEdit {
  return { range: { offset, length: 0 }, newText };
}

function between(offset: number, end: number): TextEdit {
  return { range: { offset, length: end - offset }, newText: "" };
}

function endOf(node: Range): number {
  return node.offset + node.length;
}
