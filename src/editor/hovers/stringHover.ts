import type { Range, StringNode } from "../../policy/json";
import { contentRange, stringRange } from "../../policy/stringRange";
import { accountHover } from "./accountHover";
import { type ArnContext, arnHover } from "./arnHover";

export interface HoverText {
  /** What the hover is about. */
  readonly range: Range;
  /** Markdown, in which nothing but our own words is markup. */
  readonly markdown: string;
}

/** An account id or the part of an ARN that a string holds at `offset`. */
export function hoverInString(
  text: string,
  node: StringNode,
  offset: number,
  context: ArnContext,
): HoverText | undefined {
  const content = contentRange(text, node);
  const account = accountHover(node.value, context);
  if (account !== undefined) return { range: content, markdown: account };
  const part = node.verbatim ? arnHover(node.value, offset - content.offset, context) : undefined;
  return part && { range: stringRange(text, node, part.start, part.length), markdown: part.markdown };
}
