import type { JsonNode, JsonText, ObjectNode, Property, StringNode } from "../json";
import { contentRange } from "../stringRange";
import {
  addPiece,
  type EmbeddedText,
  type EmbeddedTextDraft,
  finishText,
  type Spelling,
  startText,
} from "./embeddedText";
import { type StandIn, standFor, usualValue } from "./standIn";
import { type FunctionPart, templateFunction } from "./templateFunction";

/** A policy that is an object of a template: its own text, with a string in the place of each function. */
export function objectText({ text }: JsonText, policy: ObjectNode, standIn: StandIn): EmbeddedText {
  const draft = startText(lineIndent(text, policy.offset));
  let written = policy.offset;
  const upTo = (offset: number): void => {
    addPiece(draft, "same", text.slice(written, offset), written, offset);
    written = offset;
  };
  for (const { node, parts, property } of functionsIn(policy)) {
    const key = property && draft.length + property.offset - written;
    upTo(node.offset);
    addFunction(draft, text, node, parts, standIn);
    written = node.offset + node.length;
    // A function can stand for a list or an object, too: then nothing about the element is known.
    if (key !== undefined && parts.every(({ kind }) => kind === "unknown"))
      draft.doubtful.push({ offset: key, length: draft.length - key });
  }
  upTo(policy.offset + policy.length);
  return finishText(draft);
}

interface TemplateFunction {
  readonly node: JsonNode;
  readonly parts: readonly FunctionPart[];
  /** Whose value it is. */
  readonly property: Property | undefined;
}

/** In the order of the text. No recursion: nesting is as deep as the text. */
function functionsIn(policy: ObjectNode): readonly TemplateFunction[] {
  const found: TemplateFunction[] = [];
  const stack: { readonly node: JsonNode; readonly property: Property | undefined }[] = [
    { node: policy, property: undefined },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, property } = next;
    const parts = node === policy ? undefined : templateFunction(node);
    if (parts !== undefined) found.push({ node, parts, property });
    else if (node.kind === "array")
      stack.push(...node.items.map((item) => ({ node: item, property: undefined })).reverse());
    else if (node.kind === "object")
      stack.push(
        ...node.properties.flatMap((each) => (each.value ? [{ node: each.value, property: each }] : [])).reverse(),
      );
  }
  return found;
}

/** A string whose quotes, and what is between two texts, stand for brackets and all that is not text. */
function addFunction(
  draft: EmbeddedTextDraft,
  text: string,
  node: JsonNode,
  parts: readonly FunctionPart[],
  standIn: StandIn,
): void {
  let written = node.offset;
  let between = '"';
  let kind: "spelled" | "unknown" = "spelled";
  const upTo = (offset: number): void => {
    addPiece(draft, kind, between, written, offset);
    between = "";
    kind = "spelled";
  };
  for (const part of parts) {
    if (part.kind === "unknown") {
      const usual = usualValue(part.name);
      if (usual === undefined) kind = "unknown";
      between += usual ?? standFor(part.name, standIn);
    } else {
      const { offset, length } = contentRange(text, part.node);
      upTo(offset);
      addText(draft, text, part.node, part.substituted, standIn);
      written = offset + length;
    }
  }
  between += '"';
  upTo(node.offset + node.length);
}

/** Variables of a Sub are not known; `${!name}` is `${name}` in the policy. */
function addText(
  draft: EmbeddedTextDraft,
  text: string,
  node: StringNode,
  isSubstituted: boolean,
  standIn: StandIn,
): void {
  const { offset, length } = contentRange(text, node);
  const content = text.slice(offset, offset + length);
  let written = 0;
  const spell = isSubstituted ? spellInSub : undefined;
  const upTo = (position: number): void =>
    addPiece(draft, "same", content.slice(written, position), offset + written, offset + position, spell);
  for (const match of isSubstituted ? content.matchAll(/\$\{(!?)([^{}"]*)\}/g) : []) {
    const [whole, literal, name = ""] = match;
    upTo(match.index);
    written = match.index + whole.length;
    const [start, end] = [offset + match.index, offset + written];
    const usual = usualValue(name.trim());
    if (literal) {
      addPiece(draft, "spelled", "${", start, start + 3, spell);
      addPiece(draft, "same", `${name}}`, start + 3, end, spell);
    } else if (usual !== undefined) addPiece(draft, "spelled", usual, start, end, spell);
    else addPiece(draft, "unknown", standFor(name.trim(), standIn), start, end, spell);
  }
  upTo(length);
}

const spellInSub: Spelling = (text) => text.replace(/\$\{(?!!)/g, "${!");

function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}
