import { isEndedHere } from "../stringEnd";
import { type Repair, repair } from "./repair";

const message = "A closing } is missing before this element of the statement.";

/** Elements that stand in a statement and nowhere below it. */
const ofStatement = new Set([
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "Sid",
  "Principal",
  "NotPrincipal",
]);

/**
 * `"Principal": {"AWS": "…", "Action": …`: an element of the statement inside its principal or condition, where none can
 * stand. The brackets that are missing before it are told by the words; only where the text lacks as many.
 */
export function placeByWords(text: string): readonly Repair[] {
  const repairs: Repair[] = [];
  /** The open brackets, each with the places of the last list and of the first principal or condition up to it. */
  const open: { readonly list: number; readonly within: number }[] = [];
  let key = "";
  let end = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") {
      const { list = -1, within = -1 } = open.at(-1) ?? {};
      const isWithin = within < 0 && (key === "Principal" || key === "Condition");
      open.push({ list: token === "[" ? open.length : list, within: isWithin ? open.length : within });
      key = "";
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (
      /^\s*:/.test(text.slice(index + token.length, index + token.length + 20)) &&
      isEndedHere(text, index + token.length)
    ) {
      const name = token.slice(1, -1);
      const { list = -1, within = -1 } = open.at(-1) ?? {};
      if (ofStatement.has(name) && within > list) {
        repairs.push(repair("json-syntax", end, 0, "}".repeat(open.length - within), message));
        open.splice(within);
      }
      key = name;
    }
    end = index + token.length;
  }
  const missing = repairs.reduce((sum, { replacement }) => sum + replacement.length, 0);
  return missing > 0 && open.length === 0 ? repairs : [];
}
