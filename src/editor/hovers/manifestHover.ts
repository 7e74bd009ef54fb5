import type { StringNode } from "../../policy/json";
import { visitNodes } from "../../policy/jsonNodes";
import { parseJson } from "../../policy/parseJson";
import type { ArnContext } from "./arnHover";
import { type HoverText, hoverInString } from "./stringHover";

/** In an integration.json: whose an account is, and what the parts of an ARN say. The rest is explained by the schema. */
export function manifestHoverAt(text: string, offset: number, context: ArnContext): HoverText | undefined {
  let found: StringNode | undefined;
  visitNodes(parseJson(text).root, {
    string: (node) => {
      if (node.offset <= offset && offset <= node.offset + node.length) found = node;
    },
  });
  return found && hoverInString(text, found, offset, context);
}
