import type { ArrayNode, JsonNode, TextEdit } from "../json";

/**
 * The edits that put the items of a list into another order, each in the layout of the place that it comes to. Comments
 * move with the item that they stand over or behind.
 */
export function sortList<Item extends JsonNode>(
  text: string,
  list: ArrayNode,
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): readonly TextEdit[] {
  // Stable: what compares as equal keeps its order.
  const sorted = [...items].sort(compare);
  if (sorted.every((item, index) => item === items[index])) return [];
  if (!hasComments(text, list)) {
    return items.flatMap(({ offset, length }, index) => {
      const item = sorted[index];
      if (item === undefined || item === items[index]) return [];
      return [{ range: { offset, length }, newText: textOf(text, item) }];
    });
  }
  return [withComments(text, list, items, sorted)];
}

function textOf(text: string, { offset, length }: JsonNode): string {
  return text.slice(offset, offset + length);
}

function gaps(text: string, { offset, length, items }: ArrayNode): readonly string[] {
  const ends = [offset + 1, ...items.map((item) => item.offset + item.length)];
  const starts = [...items.map((item) => item.offset), offset + length - 1];
  return ends.map((end, index) => text.slice(end, starts[index]));
}

function hasComments(text: string, list: ArrayNode): boolean {
  return gaps(text, list).some((gap) => gap.includes("/"));
}

/** The whole list anew, an item on each line. */
function withComments(
  text: string,
  list: ArrayNode,
  items: readonly JsonNode[],
  sorted: readonly JsonNode[],
): TextEdit {
  const between = gaps(text, list);
  const indent = /[^\r\n]*$/.exec(text.slice(0, items[0]?.offset ?? 0))?.[0].match(/^\s*/)?.[0] ?? "";
  const lines = sorted.flatMap((item, place) => {
    const index = items.indexOf(item);
    const over = commentsIn(between[index] ?? "", index === 0 ? "all" : "over");
    const behind = commentsIn(between[index + 1] ?? "", "behind");
    const comma = place < sorted.length - 1 ? "," : "";
    return [...over, [`${textOf(text, item)}${comma}`, ...behind].join(" ")];
  });
  const closing = /[^\r\n]*$/.exec(between.at(-1) ?? "")?.[0].match(/^\s*/)?.[0] ?? "";
  const leftOver = commentsIn(between.at(-1) ?? "", "over");
  const content = [...lines, ...leftOver].map((line) => `\n${indent}${line}`).join("");
  return {
    range: { offset: list.offset + 1, length: list.length - 2 },
    newText: `${content}\n${closing}`,
  };
}

/** `behind`: those on the line of the item before; `over`: those on lines of their own. */
function commentsIn(gap: string, which: "behind" | "over" | "all"): readonly string[] {
  const line = gap.indexOf("\n") < 0 ? gap.length : gap.indexOf("\n");
  const part = which === "all" ? gap : which === "behind" ? gap.slice(0, line) : gap.slice(line);
  return (part.match(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g) ?? []).map((comment) => comment.trimEnd());
}
