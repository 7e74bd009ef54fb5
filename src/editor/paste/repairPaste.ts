import { applyEdits } from "../../checks/applyFixes";
import { parseJson } from "../../policy/parseJson";
import type { Repair, RepairKind } from "../../policy/repair/repair";
import { type RepairedJson, repairJson } from "../../policy/repair/repairJson";
import { cursorPlace } from "../completions/cursorPlace";

export interface PasteTarget {
  /** The text of the document before and after what is replaced. */
  readonly before: string;
  readonly after: string;
  /** JSON with comments: those of the pasted text stay. */
  readonly comments: boolean;
}

export interface RepairedPaste {
  readonly text: string;
  /** What was repaired, for the list of ways to paste. */
  readonly title: string;
  /** Nothing was left out or guessed: the repaired text says what the copied one said. */
  readonly certain: boolean;
}

/**
 * A policy, or a part of one, that was copied from a page or a PDF, as JSON. Undefined when there is nothing to repair,
 * or nothing that can be told.
 */
export function repairPaste(pasted: string, target: PasteTarget): RepairedPaste | undefined {
  const isWhole = target.before.trim() === "" && target.after.trim() === "";
  if (!isWhole && isInString(target)) return undefined;
  for (const [opening, closing] of isWhole ? wholeDocument : within) {
    // A part of a list may end in the comma before the next one.
    const comma = isWhole ? "" : (/,\s*$/.exec(pasted)?.[0] ?? "");
    const content = pasted.slice(0, pasted.length - comma.length);
    const wrapped = `${opening}${content}${closing}`;
    if (isJson(wrapped, target.comments)) return undefined;
    const repaired = repairJson(wrapped);
    if (opening !== "" && (repaired.unread !== undefined || !keepsEnds(wrapped, repaired.repairs))) continue;
    const found = chosen(wrapped, repaired, target.comments);
    if (found === undefined) continue;
    const text = found.text.slice(opening.length, found.text.length - closing.length);
    return { ...found, text: isWhole ? withoutIndent(text) : `${text}${comma}` };
  }
  return undefined;
}

/** Where line numbers stood blanks are left over; a string of JSON has no line breaks. */
function withoutIndent(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least)).join("\n");
}

const wholeDocument = [["", ""]] as const;
/** Statements or other values of a list, the elements of an object, or one object. */
const within = [
  ["[", "]"],
  ["{", "}"],
] as const;

function isJson(text: string, comments: boolean): boolean {
  return parseJson(text).problems.every(({ code }) => comments && code === "comment");
}

function keepsEnds(wrapped: string, repairs: readonly Repair[]): boolean {
  return repairs.every(({ offset, length }) => offset > 0 && offset + length < wrapped.length);
}

function isInString({ before, after }: PasteTarget): boolean {
  return cursorPlace(before + after, before.length)?.quotes !== "none";
}

function chosen(text: string, { unread, guess, ...sure }: RepairedJson, comments: boolean): RepairedPaste | undefined {
  const { repairs } = unread === undefined ? sure : (guess ?? { repairs: [] });
  const made = repairs.filter(({ kind }) => !(comments && kind === "comment"));
  if (made.length === 0) return undefined;
  const edits = made.map(({ offset, length, replacement }) => ({ range: { offset, length }, newText: replacement }));
  const result = applyEdits(text, edits);
  if (!isJson(result, comments)) return undefined;
  const kinds = new Set(made.map(({ kind }) => kind));
  const certain = unread === undefined && made.every(({ kind }) => !changing.has(kind));
  const what = [...new Set([...kinds].map((kind) => words[kind]))].join(", ");
  return { text: result, title: `Insert Repaired Policy (${what}${certain ? "" : "; look at the result"})`, certain };
}

/** What is left out, added or taken apart may matter. */
const changing: ReadonlySet<RepairKind> = new Set(["ellipsis", "fragment", "split"]);

const words: Readonly<Record<RepairKind, string>> = {
  "json-syntax": "JSON",
  "typographic-quote": "quotes",
  "invisible-character": "invisible characters",
  "trailing-comma": "commas",
  "missing-comma": "commas",
  comment: "comments",
  "line-number": "line numbers",
  html: "HTML",
  escaped: "escapes",
  hint: "remarks",
  ellipsis: "dots",
  "broken-line": "line breaks",
  fragment: "what is around it",
  split: "mixed documents",
};
