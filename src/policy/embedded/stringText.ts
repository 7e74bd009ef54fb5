import type { JsonText, StringNode } from "../json";
import { contentRange } from "../stringRange";
import {
  addPiece,
  type EmbeddedText,
  type EmbeddedTextDraft,
  finishText,
  type Spelling,
  startText,
} from "./embeddedText";
import { type StandIn, standFor } from "./standIn";

/**
 * What a string of the outer document holds besides text: of a `.tf.json` the templates of Terraform, where `$${` is
 * `${`. https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export type StringLanguage = "terraform" | "plain";

/** A policy that is written into a string: its own text, without the escapes. */
export function stringText(
  { text }: JsonText,
  node: StringNode,
  language: StringLanguage,
  standIn: StandIn,
): EmbeddedText {
  const { offset, length } = contentRange(text, node);
  const end = offset + length;
  const draft = startText("");
  const spell = language === "terraform" ? spellInTerraform : spellInString;
  const isTemplate = language === "terraform";
  let inString = false;
  let written = offset;
  let position = offset;
  const upTo = (to: number): void => addPiece(draft, "same", text.slice(written, to), written, to, spell);
  const spelled = (value: string, to: number): void => {
    upTo(position);
    addPiece(draft, "spelled", value, position, to, spell);
    position = to;
    written = to;
  };
  while (position < end) {
    const escaped = escapeAt(text, position);
    if (escaped !== undefined) {
      // `\\"`: a quote within a string of the policy.
      if (escaped.value === "\\") {
        const next = escapeAt(text, position + escaped.length);
        spelled("\\", position + escaped.length);
        if (next !== undefined && inString) spelled(next.value, position + next.length);
      } else {
        if (escaped.value === '"') inString = !inString;
        spelled(escaped.value, position + escaped.length);
      }
    } else if (isTemplate && (text.startsWith("$${", position) || text.startsWith("%%{", position))) {
      spelled(text.slice(position + 1, position + 3), position + 3);
    } else if (isTemplate && text.startsWith("${", position)) {
      upTo(position);
      const close = endOfTemplate(text, position, end);
      addTemplate(draft, text.slice(position + 2, close - 1), inString, position, close, standIn);
      position = close;
      written = close;
    } else position += 1;
  }
  upTo(end);
  return finishText(draft);
}

function addTemplate(
  draft: EmbeddedTextDraft,
  expression: string,
  inString: boolean,
  start: number,
  end: number,
  standIn: StandIn,
): void {
  const value = standFor(expression.trim().slice(0, longestName), standIn);
  const key = propertyStart(draft);
  addPiece(draft, "unknown", inString ? value : `"${value}"`, start, end, spellInTerraform);
  // Outside of strings it may be a list or an object: then nothing about the element is known.
  if (!inString) draft.doubtful.push({ offset: key, length: draft.length - key });
}

const longestName = 80;

/** Where the key begins whose value comes next. */
function propertyStart({ parts, length }: EmbeddedTextDraft): number {
  const key = /"\w*"\s*:\s*$/.exec(parts.slice(-4).join(""));
  return length - (key?.[0].length ?? 0);
}

interface Escape {
  readonly value: string;
  readonly length: number;
}

const shortEscapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function escapeAt(text: string, position: number): Escape | undefined {
  if (text[position] !== "\\") return undefined;
  const character = text[position + 1] ?? "";
  if (character !== "u") return { value: shortEscapes[character] ?? character, length: 2 };
  return { value: String.fromCharCode(Number.parseInt(text.slice(position + 2, position + 6), 16)), length: 6 };
}

/** Behind the brace that closes `${`: an expression has braces and strings of its own. */
function endOfTemplate(text: string, start: number, end: number): number {
  let depth = 0;
  let quoted = false;
  for (let position = start + 1; position < end; position += 1) {
    const character = text[position];
    if (character === "\\" && text[position + 1] === '"') {
      quoted = !quoted;
      position += 1;
    } else if (!quoted && character === "{") depth += 1;
    else if (!quoted && character === "}") {
      depth -= 1;
      if (depth === 0) return position + 1;
    }
  }
  return end;
}

const spellInString: Spelling = (text) => JSON.stringify(text).slice(1, -1);
const spellInTerraform: Spelling = (text) => spellInString(text.replace(/[$%](?=\{)/g, "$&$&"));
