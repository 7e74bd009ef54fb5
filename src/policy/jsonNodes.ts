import type { JsonNode, ObjectNode, StringNode } from "./json";

export interface NodeVisitor {
  readonly object?: (node: ObjectNode) => void;
  /** String values, not keys. `inArray`: another string may be put beside it. */
  readonly string?: (node: StringNode, inArray: boolean) => void;
}

/** Visits every node in the order of the text. No recursion: nesting is as deep as the text. */
export function visitNodes(root: JsonNode | undefined, visitor: NodeVisitor): void {
  const stack: { readonly node: JsonNode; readonly inArray: boolean }[] = [];
  if (root !== undefined) stack.push({ node: root, inArray: false });
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, inArray } = next;
    if (node.kind === "string") {
      visitor.string?.(node, inArray);
    } else if (node.kind === "array") {
      for (let index = node.items.length - 1; index >= 0; index -= 1) {
        const item = node.items[index];
        if (item !== undefined) stack.push({ node: item, inArray: true });
      }
    } else if (node.kind === "object") {
      visitor.object?.(node);
      for (let index = node.properties.length - 1; index >= 0; index -= 1) {
        const value = node.properties[index]?.value;
        if (value !== undefined) stack.push({ node: value, inArray: false });
      }
    }
  }
}
