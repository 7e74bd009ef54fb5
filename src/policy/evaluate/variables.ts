import type { RequestFacts } from "./requestFacts";

/** A text with wildcards in which the variables are replaced. */
export interface Pattern {
  readonly text: string;
  /** Where a `*` or `?` is only this character, because a variable stood for it. */
  readonly plain?: ReadonlySet<number>;
}

/** `${key}` or `${key, 'default'}`. */
const variable = /^([^\s,]+)(?:\s*,\s*'([^']*)')?$/;

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
  const plain = new Set<number>();
  while (start >= 0) {
    const close = text.indexOf("}", start);
    if (close < 0) break;
    const value = variableValue(text.slice(start + 2, close), facts);
    if (value === undefined) return undefined;
    resolved += text.slice(end, start);
    for (let at = 0; at < value.length; at += 1) {
      if (value[at] === "*" || value[at] === "?") plain.add(resolved.length + at);
    }
    resolved += value;
    end = close + 1;
    start = text.indexOf("${", end);
  }
  resolved += text.slice(end);
  return plain.size === 0 ? { text: resolved } : { text: resolved, plain };
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
  return values?.length === 1 ? values[0] : preset;
}

/** Wildcards and variables aside, a piece of a pattern: positions in `plain` move with it. */
export function slicePattern(pattern: Pattern, start: number, end: number): Pattern {
  const text = pattern.text.slice(start, end);
  if (pattern.plain === undefined) return { text };
  const plain = new Set<number>();
  for (const at of pattern.plain) if (at >= start && at < end) plain.add(at - start);
  return { text, plain };
}
