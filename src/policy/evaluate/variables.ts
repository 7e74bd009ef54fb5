import type { Positions } from "../wildcards";
import { hasWildcard } from "../wildcards";
import type { RequestFacts } from "./requestFacts";

/** A text with wildcards in which the variables are replaced. */
export interface Pattern {
  readonly text: string;
  /** Where a `*` or `?` is only this character, because a variable stood for it. */
  readonly plain?: Positions;
}

/** `${key}` or `${key, 'default'}`. */
const variable = /^([^\s,]+)(?:\s*,\s*'([^']*)')?$/;

/** No key of a request has a value as long (an object's key, the longest, has 1,024 bytes): keeps hostile input small. */
const longestValue = 4096;

/**
 * Replaces the variables of a text. Undefined when the request has no value for one of them and it has no default: then
 * the text matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolveVariables(text: string, facts: RequestFacts): Pattern | undefined {
  let start = text.indexOf("${");
  if (start < 0) return { text };
  let resolved = "";
  let end = 0;
  const values: Piece[] = [];
  while (start >= 0) {
    const close = text.indexOf("}", start);
    if (close < 0) break;
    const value = variableValue(text.slice(start + 2, close), facts);
    if (value === undefined) return undefined;
    resolved += text.slice(end, start);
    if (hasWildcard(value)) values.push({ start: resolved.length, end: resolved.length + value.length });
    resolved += value;
    end = close + 1;
    start = text.indexOf("${", end);
  }
  resolved += text.slice(end);
  return values.length === 0 ? { text: resolved } : { text: resolved, plain: within(values) };
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

/** The positions within pieces, which are in the order of the text. */
function within(pieces: readonly Piece[]): Positions {
  const has = (position: number) => {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = pieces[middle];
      if (piece === undefined || position < piece.start) high = middle;
      else if (position >= piece.end) low = middle + 1;
      else return true;
    }
    return false;
  };
  return { has };
}

export function hasVariable(text: string): boolean {
  return text.includes("${");
}

function variableValue(content: string, facts: RequestFacts): string | undefined {
  if (content === "*" || content === "?" || content === "$") return content;
  const [, key, preset] = variable.exec(content) ?? [];
  if (key === undefined) return undefined;
  const values = facts.valuesOf(key);
  // A key with several values can't be a variable.
  const value = values?.length === 1 ? values[0] : preset;
  return value !== undefined && value.length > longestValue ? undefined : value;
}

/** A piece of a pattern. */
export function slicePattern({ text, plain }: Pattern, start: number, end: number): Pattern {
  const piece = text.slice(start, end);
  return plain === undefined ? { text: piece } : { text: piece, plain: { has: (at) => plain.has(start + at) } };
}
