import type { Range } from "../../policy/json";
import { type CursorString, stringAt } from "./cursorString";

/** Where the cursor is in a JSON text, told from the text before it: what follows may be broken or not yet there. */
export interface CursorPlace {
  /** Keys and indexes from the root: to the object whose key is typed, or to the value itself. */
  readonly path: readonly (string | number)[];
  /** The offset of the bracket that each step of `path` is in, and for a key that of its object as well. */
  readonly brackets: readonly number[];
  readonly role: "key" | "value";
  /** What is typed before the cursor, without its opening quote. */
  readonly typed: string;
  /** What a completion replaces: the whole content of a string, without its quotes, or a bare word. */
  readonly range: Range;
  /** The quotes that stand there already. */
  readonly quotes: "both" | "opening" | "none";
  /** The end of an entry before, after which a comma is missing. */
  readonly missingCommaAt: number | undefined;
  /** What stands behind: a colon makes it a key that has its value; an entry needs a comma before it. */
  readonly next: "colon" | "entry" | "end";
}

interface Frame {
  readonly kind: "object" | "array";
  readonly start: number;
  /** Of an object, what comes next. An array knows only `value` and `after`. */
  state: "key" | "colon" | "value" | "after";
  key: string;
  index: number;
  /** The end of the entry before, and of a string that may turn out to be a key. */
  end: number;
  lastString: string | undefined;
}

/** Undefined where nothing can be typed: in a comment, behind a value, between a key and its colon. */
export function cursorPlace(text: string, offset: number): CursorPlace | undefined {
  const frames: Frame[] = [];
  let at = 0;
  while (at < offset) {
    const character = text[at] ?? "";
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
      const line = text[at + 1] === "/";
      const end = line ? text.indexOf("\n", at) : text.indexOf("*/", at) + 2;
      if (end < at + 2 || end > offset || (line && end === offset)) return undefined;
      at = end;
    } else if (character === '"') {
      const end = closingQuote(text, at + 1);
      // With the closing quote of the string that the cursor is in somewhere behind it, or nowhere.
      if (end.offset >= offset) return placeIn(text, frames, at, offset, stringAt(text, at, offset));
      take(frames, text, at, end.offset + (end.closed ? 1 : 0), text.slice(at + 1, end.offset));
      at = end.offset + (end.closed ? 1 : 0);
    } else if ("{}[]:,".includes(character)) {
      punctuate(frames, character, at);
      at += 1;
    } else {
      const end = bareEnd(text, at);
      if (end >= offset) {
        const word = { range: { offset: at, length: end - at }, quotes: "none" } as const;
        return placeIn(text, frames, at, offset, word);
      }
      take(frames, text, at, end, undefined);
      at = end;
    }
  }
  return placeIn(text, frames, offset, offset, { range: { offset, length: 0 }, quotes: "none" });
}

/** A string ends on its line, closed or not. */
function closingQuote(text: string, from: number): { offset: number; closed: boolean } {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === '"') return { offset: at, closed: true };
    else if (character === "\n" || character === "\r") return { offset: at, closed: false };
  }
  return { offset: text.length, closed: false };
}

function bareEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s{}[\],"]/.test(text[at] ?? "")) {
    // A colon separates, unless it is one of `s3:GetObject`.
    if (text[at] === ":" && /[\s"[{]/.test(text[at + 1] ?? " ")) break;
    at += 1;
  }
  return Math.max(at, from + 1);
}

function punctuate(frames: Frame[], character: string, at: number): void {
  const top = frames.at(-1);
  if (character === "{" || character === "[") {
    if (top?.kind === "array" && top.state === "after") top.index += 1;
    const object = character === "{";
    frames.push({
      kind: object ? "object" : "array",
      start: at,
      state: object ? "key" : "value",
      key: "",
      index: 0,
      end: -1,
      lastString: undefined,
    });
  } else if (character === "}" || character === "]") {
    const closed = frames.findLastIndex(({ kind }) => kind === (character === "}" ? "object" : "array"));
    if (closed < 0) return;
    frames.length = closed;
    finish(frames.at(-1), at + 1);
  } else if (top === undefined) {
    return;
  } else if (character === ",") {
    if (top.kind === "array") top.index += 1;
    top.state = top.kind === "array" ? "value" : "key";
    top.end = -1;
  } else if (top.kind === "object") {
    // A string taken for a value was a key, whose predecessor has no value.
    if (top.state === "after" && top.lastString !== undefined) top.key = top.lastString;
    top.state = "value";
  }
}

function finish(frame: Frame | undefined, end: number): void {
  if (frame === undefined) return;
  frame.state = "after";
  frame.end = end;
}

/** A string or a bare word that the cursor is behind. */
function take(frames: readonly Frame[], text: string, start: number, end: number, content: string | undefined): void {
  const top = frames.at(-1);
  if (top === undefined) return;
  if (top.kind === "array") {
    if (top.state === "after") top.index += 1;
    finish(top, end);
    return;
  }
  const state = stateAt(top, text, start);
  if (state === "key") {
    top.key = content ?? text.slice(start, end);
    top.state = "colon";
    top.end = end;
  } else {
    top.lastString = content;
    finish(top, end);
  }
}

/** What an object expects at `start`, commas and colons that are missing taken for there. */
function stateAt(frame: Frame, text: string, start: number): "key" | "value" {
  if (frame.state === "after") return "key";
  // After a key without a colon: on the same line its value, on another line the next key.
  if (frame.state === "colon") return text.slice(frame.end, start).includes("\n") ? "key" : "value";
  return frame.state;
}

function placeIn(
  text: string,
  frames: readonly Frame[],
  start: number,
  offset: number,
  { range, quotes }: CursorString,
): CursorPlace | undefined {
  const top = frames.at(-1);
  const between = top !== undefined && top.end >= 0 ? text.slice(top.end, start) : " ";
  if (top !== undefined && (top.state === "after" || top.state === "colon") && !/\s/.test(between)) return undefined;
  if (top?.state === "colon" && quotes === "none" && !between.includes("\n")) return undefined;
  const role = top?.kind === "object" ? stateAt(top, text, start) : "value";
  const index = top?.kind === "array" && top.state === "after" ? top.index + 1 : top?.index;
  const path = frames.flatMap((frame): readonly (string | number)[] => {
    if (frame !== top) return [frame.kind === "object" ? frame.key : frame.index];
    if (frame.kind === "array") return [index ?? 0];
    return role === "key" ? [] : [frame.key];
  });
  const end = range.offset + range.length + (quotes === "both" ? 1 : 0);
  return {
    path,
    brackets: frames.map((frame) => frame.start),
    role,
    typed: text.slice(quotes === "none" ? start : start + 1, offset),
    range,
    quotes,
    missingCommaAt: top?.state === "after" ? top.end : undefined,
    next: nextAfter(text, end),
  };
}

function nextAfter(text: string, end: number): CursorPlace["next"] {
  const next = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(end, end + 10_000))?.[0].length ?? 0;
  const character = text[end + next] ?? "";
  if (character === ":") return "colon";
  return character === "" || "}],".includes(character) ? "end" : "entry";
}
