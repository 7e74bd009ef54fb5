import type { Positions } from "../wildcards";

/**
 * The texts that a pattern of the policy language describes: a regular language, read as a list of tokens. What two
 * patterns have in common, and whether one holds all of another, is then decided exactly and not by trying.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export interface Language {
  /** As written. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Holds a policy variable: what it stands for is known only when a request is made. Its token is "text". */
  readonly variable: boolean;
  /** One text only. */
  readonly literal: boolean;
  /** How all of its texts begin. */
  readonly prefix: string;
}

/**
 * One character; `any` for any one; `text` for any text; within a part of an ARN `anyInPart` and `part` for the same
 * without a colon; `anyInName` and `name` for the same without `:` and `/`.
 */
export type Token = { readonly character: string } | "any" | "text" | "anyInPart" | "part" | "anyInName" | "name";

/**
 * A resource pattern of a policy. `*` is any text, `?` any character. Before an ARN's fifth colon they stay within their
 * part, but for a `*` at its end; an ARN with fewer parts goes on with any others. `${*}`, `${?}` and `${$}` are these
 * characters; another `${…}` is a policy variable when the policy's version knows them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 *
 * @param plain places in the text where a wildcard is only a character
 */
export function patternLanguage(text: string, variables: boolean, plain?: Positions): Language {
  const tokens: Token[] = [];
  let variable = false;
  let literal = true;
  let colons = 0;
  const isArn = text.startsWith("arn:");
  const add = (token: Token) => {
    literal = false;
    if (token !== "text" || tokens.at(-1) !== "text") tokens.push(token);
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    const inHead = isArn && colons < 5;
    const end = variables && !inHead && character === "$" && text[at + 1] === "{" ? text.indexOf("}", at) : -1;
    if (end > 0) {
      const name = text.slice(at + 2, end);
      at = end;
      if (name === "*" || name === "?" || name === "$") {
        tokens.push({ character: name });
      } else {
        variable = true;
        add("text");
      }
    } else if (plain?.has(at) === true) {
      tokens.push({ character });
    } else if (character === "*") {
      add(inHead && text[at + 1] !== ":" && at + 1 < text.length ? "part" : "text");
    } else if (character === "?") {
      add(inHead ? "anyInPart" : "any");
    } else {
      if (character === ":") colons += 1;
      tokens.push({ character });
    }
  }
  if (isArn && colons < 5 && !text.endsWith("*")) {
    tokens.push({ character: ":" });
    add("text");
  }
  return { text, tokens, variable, literal, prefix: prefixOf(tokens) };
}

function prefixOf(tokens: readonly Token[]): string {
  let prefix = "";
  for (const token of tokens) {
    if (typeof token !== "object") break;
    prefix += token.character;
  }
  return prefix;
}

/** @param parts literal texts, and tokens where anything may stand */
export function templateLanguage(text: string, parts: readonly (string | { readonly token: Token })[]): Language {
  const tokens = parts.flatMap((part): Token[] =>
    typeof part === "object" ? [part.token] : part.split("").map((character) => ({ character })),
  );
  return { text, tokens, variable: false, literal: false, prefix: prefixOf(tokens) };
}

export const everyText: Language = { text: "*", tokens: ["text"], variable: false, literal: false, prefix: "" };

/** Do two languages have a text in common? Linear in the product of their lengths. */
export function intersects(a: Language, b: Language): boolean {
  // Most pairs differ before any wildcard: two buckets, two services.
  if (!a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix)) return false;
  const width = b.tokens.length + 1;
  const seen = new Uint8Array((a.tokens.length + 1) * width);
  const stack = [0];
  seen[0] = 1;
  const visit = (left: number, right: number): void => {
    const place = left * width + right;
    if (seen[place] === 1) return;
    seen[place] = 1;
    stack.push(place);
  };
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const left = Math.floor(place / width);
    const right = place % width;
    if (left === a.tokens.length && right === b.tokens.length) return true;
    const first = a.tokens[left];
    const second = b.tokens[right];
    if (isStar(first)) visit(left + 1, right);
    if (isStar(second)) visit(left, right + 1);
    if (first === undefined || second === undefined || !haveCharacterInCommon(first, second)) continue;
    visit(isStar(first) ? left : left + 1, isStar(second) ? right : right + 1);
  }
  return false;
}

/** Does a language hold a text? */
export function holds(language: Language, text: string): boolean {
  const tokens = text.split("").map((character) => ({ character }));
  return intersects(language, { text, tokens, variable: false, literal: true, prefix: text });
}

export function isStar(token: Token | undefined): boolean {
  return token === "text" || token === "part" || token === "name";
}

export function takes(token: Token, character: string): boolean {
  if (typeof token === "object") return token.character === character;
  if (token === "any" || token === "text") return true;
  const inName = token === "name" || token === "anyInName";
  return character !== ":" && !(inName && character === "/");
}

function haveCharacterInCommon(a: Token, b: Token): boolean {
  if (typeof a === "object") return takes(b, a.character);
  return typeof b === "object" ? takes(a, b.character) : true;
}
