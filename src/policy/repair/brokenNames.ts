import type { JsonNode, JsonText, StringNode } from "../json";
import { hasName } from "./hasName";
import { type Repair, repair } from "./repair";

const message = "A line break of the page cut this name in two, and left a blank.";

export interface BrokenNames {
  readonly repairs: readonly Repair[];
  /** A name with a blank in it, of which nobody can tell how it was. */
  readonly doubtful: string | undefined;
}

/**
 * Names with a blank where a line broke. The names of actions have neither blanks nor hyphens behind their service, so
 * theirs goes; in other names only when `context` (the page) has the whole word elsewhere, or an account id needs it.
 * `<your bucket>` and YOUR BUCKET NAME are placeholders.
 */
export function brokenNames({ root, text }: JsonText, context: string): BrokenNames {
  const repairs: Repair[] = [];
  let doubtful: string | undefined;
  visitNames(root, "", (node, element) => {
    if (!node.verbatim || !/[\s-]/.test(node.value)) return;
    const whole = wholeName(node.value, element, context);
    if (whole === undefined) doubtful ??= node.value;
    else if (whole !== node.value)
      repairs.push(repair("broken-line", node.offset + 1, node.length - 2, whole, message));
  });
  repairs.sort((a, b) => a.offset - b.offset);
  return {
    repairs: repairs.filter(({ offset, length, replacement }) => text.slice(offset, offset + length) !== replacement),
    doubtful,
  };
}

/** The name as it was; undefined when nobody can tell. */
function wholeName(value: string, element: string, context: string): string | undefined {
  if (/^(?:Not)?Action$/.test(element)) {
    const [, service = "", name = ""] = /^([a-z0-9-]+:)\s*([A-Za-z*?\s-]+)$/.exec(value) ?? [];
    return name === "" ? (/\s/.test(value) ? undefined : value) : service + name.replace(/[\s-]/g, "");
  }
  const mended = value.replace(/<[^<>]*>|\{[^{}]*\}|\[[^[\]]*\]/g, (token) => wholeToken(token, context));
  if (mended !== value) return mended;
  const bare = value.replace(/<[^<>]*>|\{[^{}]*\}|\[[^[\]]*\]/g, "");
  if (!/\s/.test(bare) || !value.includes("arn:")) return value;
  const joined = value.replace(/\s+/g, "");
  if (/(?::\d{12}:)/.test(joined) && !/(?::\d{12}:)/.test(value)) return joined;
  if (/\b(?:your|my|the|bucket|name|account|id|arn|role|key|here|prefix|path|folder)\b/i.test(bare)) return value;
  return hasName(context, joined) ? joined : undefined;
}

/** `<BUC KET>`, where the page has `<BUCKET>` everywhere else. */
function wholeToken(token: string, context: string): string {
  const joined = token.replace(/\s+/g, "");
  const isOnce = context.split(token).length === 2;
  return joined !== token && isOnce && context.includes(joined) ? joined : token;
}

/** The strings of elements that name something, each with its element's key. No recursion: nesting is as deep as the text. */
function visitNames(root: JsonNode | undefined, key: string, visit: (node: StringNode, element: string) => void): void {
  const stack: { readonly node: JsonNode; readonly element: string }[] =
    root === undefined ? [] : [{ node: root, element: key }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, element } = next;
    if (node.kind === "string" && /^(?:Not)?(?:Action|Resource)$|^AWS$/.test(element)) visit(node, element);
    if (node.kind === "array") stack.push(...node.items.map((item) => ({ node: item, element })));
    if (node.kind !== "object") continue;
    for (const property of node.properties) {
      if (property.value !== undefined) stack.push({ node: property.value, element: property.key.value });
    }
  }
}
