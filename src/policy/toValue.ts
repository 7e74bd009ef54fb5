import type { JsonNode, JsonValue } from "./json";

type MutableObject = { [key: string]: JsonValue };
type Open = { readonly node: JsonNode; readonly value: JsonValue[] | MutableObject; next: number };

/**
 * The value as `JSON.parse` returns it: the last of duplicate keys wins, `__proto__` is an ordinary key. A key without
 * a value is left out. No recursion: nesting is as deep as the text.
 */
export function toValue(root: JsonNode): JsonValue {
  const scalar = scalarValue(root);
  if (scalar !== undefined) return scalar;
  const first = open(root);
  const stack: Open[] = [first];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { node } = top;
    let child: JsonNode | undefined;
    let key: string | undefined;
    if (node.kind === "array") {
      child = node.items[top.next];
    } else if (node.kind === "object") {
      const property = node.properties[top.next];
      if (property !== undefined && property.value === undefined) {
        top.next += 1;
        continue;
      }
      child = property?.value;
      key = property?.key.value;
    }
    if (child === undefined) {
      stack.pop();
      continue;
    }
    top.next += 1;
    let value = scalarValue(child);
    if (value === undefined) {
      const opened = open(child);
      stack.push(opened);
      value = opened.value;
    }
    if (Array.isArray(top.value)) top.value.push(value);
    else if (key === "__proto__") defineKey(top.value, key, value);
    else if (key !== undefined) top.value[key] = value;
  }
  return first.value;
}

function open(node: JsonNode): Open {
  return { node, value: node.kind === "array" ? [] : {}, next: 0 };
}

function defineKey(object: MutableObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function scalarValue(node: JsonNode): JsonValue | undefined {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
      return node.value;
    case "null":
      return null;
    case "array":
    case "object":
      return undefined;
  }
}
