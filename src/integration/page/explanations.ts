import { isExampleAccount } from "../../checks/placeholderTokens";
import { isAccountId } from "../../policy/arn";
import { hasName } from "../../policy/repair/hasName";
import type { PageProse } from "./pageProse";
import type { Sentence } from "./proseSentences";

/** A value that the page itself gives, and the sentence that gives it. */
export interface GivenValue {
  readonly value: string;
  readonly sentence: Sentence;
}

const replaces = /\b(?:replac|substitut|chang|swap|updat|modif|customi[sz])\w*\b/i;
const gives = /\b(?:use|enter|put|set|insert|fill|type|specify|provide|paste|supply|add|copy)\b/i;
const means =
  /\b(?:is|are|means|refers?|stands?|represents?|where|being|corresponds?|should be|must be|contains?|your)\b|[:=–—|]/i;

/** How a page writes a placeholder may differ in brackets and case: `<account-id>`, `<ACCOUNT-ID>`, YOUR_BUCKET, {YOUR_BUCKET}. */
export function bareToken(token: string): string {
  return withoutBrackets(token).toLowerCase();
}

function withoutBrackets(token: string): string {
  return token.replace(/^[<>{}[\]$%#]+|(?<![<>{}[\]$%#])[<>{}[\]$%#]+$/g, "");
}

/** Every sentence that names the placeholder, the one that explains it best first. */
export function sentencesAbout(token: string, prose: PageProse, near: number): readonly Sentence[] {
  const scored = prose.naming(bareToken(token), near).flatMap((sentence) => {
    const level = namesToken(sentence.text, token);
    if (level === 0) return [];
    return [{ sentence, score: level + explains(sentence.text, token), distance: Math.abs(sentence.offset - near) }];
  });
  scored.sort((a, b) => b.score - a.score || a.distance - b.distance);
  return scored.map(({ sentence }) => sentence);
}

/** 3: as written; 2: in other brackets or another case; 1: a plain word where the sentence tells to replace it; else 0. */
function namesToken(text: string, token: string): number {
  if (hasName(text, token)) return 3;
  const bare = bareToken(token);
  if (bare === "") return 0;
  const marked = [
    ...text.matchAll(
      /(?<!<)<+[^<>]+>+|(?<!\{)\{+[^{}]+\}+|(?<!\[)\[+[^[\]]+\]+|`[^`]+`|"[^"]+"|“[^”]{1,500}”|'[^']+'|\$\w+/g,
    ),
  ];
  if (marked.some(([mark]) => bareToken(mark.replace(/^[`"“'\s]+|(?<![`"”'\s])[`"”'\s]+$/g, "")) === bare)) return 2;
  const inside = withoutBrackets(token);
  const isName = /[_\d-]|[a-z][A-Z]|^[A-Z]{3,}$/.test(inside);
  if (isName && hasName(text, inside)) return 2;
  if (/[_\d-]|[a-z][A-Z]/.test(inside) && hasName(text.toLowerCase(), bare)) return 1;
  return new RegExp(`\\b(?:replac\\w*|substitut\\w*|chang\\w*)\\s+(?:the\\s+)?${escaped(bare)}\\b`, "i").test(text)
    ? 1
    : 0;
}

/** Does the sentence tell what to do with the placeholder? */
function explains(text: string, token: string): number {
  const bare = escaped(bareToken(token));
  const before = new RegExp(`^(.*?)${bare}(.*)$`, "is").exec(text);
  const [, left = "", right = ""] = before ?? [];
  if (replaces.test(left) && /\b(?:with|by|to|for|into|as)\b/i.test(right)) return 8;
  if (replaces.test(left)) return 7;
  if (gives.test(left) && /\b(?:as|for|in|to)\b[^.]{0,20}$/i.test(left)) return 6;
  if (
    /^[`"'”>\]})*_]*\s*(?:[:=–—|-]|is\b|are\b|with\b|means\b|should\b|must\b|refers\b|stands\b|represents\b)/i.test(
      right,
    )
  )
    return 5;
  if (replaces.test(text) || gives.test(text)) return 3;
  return means.test(text) ? 1 : 0;
}

/** A sentence about the same kind of thing that tells to replace it, near the document. */
export function sentenceOnTopic(topic: RegExp, prose: PageProse, near: number): Sentence | undefined {
  const fitting = prose
    .around(near, 1500)
    .filter(({ text }) => topic.test(text) && (replaces.test(text) || /\bplaceholders?\b/i.test(text)));
  fitting.sort((a, b) => Math.abs(a.offset - near) - Math.abs(b.offset - near));
  return fitting[0];
}

/** Real account ids in a text, also with blanks or hyphens in them. */
export function accountsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/(?<![\w-])(\d{12}|\d{4}[- ]\d{4}[- ]\d{4})(?![\w-]*\d)/g)].map(([, id = ""]) =>
    id.replace(/[- ]/g, ""),
  );
  return [...new Set(found)].filter((id) => isAccountId(id) && !isExampleAccount(id));
}

/** ARNs of principals that a page names in its text, without placeholders in them. */
export function principalsIn(text: string): readonly string[] {
  const found = [
    ...text.matchAll(/arn:aws[\w-]*:(?:iam|sts)::\d{12}:(?:root|(?:role|user|assumed-role)\/[\w+=,.@/-]*\w)/g),
  ];
  return [...new Set(found.map(([arn]) => arn))].filter((arn) => !isExampleAccount(arn.split(":")[4] ?? ""));
}

/** `use "x" as the TOKEN`, `replace TOKEN with "x"`: a value in quotes that the sentence gives for the placeholder. */
export function quotedValue(text: string, token: string): readonly string[] {
  const bare = escaped(bareToken(token));
  const quoted = "[`\"“']([^`\"”'\\s]{1,120})[`\"”']";
  const brackets = "[`\"“”'<>{}\\[\\]$%]*";
  for (const pattern of [
    `\\buse\\s+${quoted}\\s+(?:as|for)\\s+(?:the\\s+)?(?:value\\s+(?:of|for)\\s+)?${brackets}${bare}`,
    `\\b(?:replace|substitute|change|set)\\s+(?:the\\s+)?${brackets}${bare}${brackets}\\s+(?:with|by|to)\\s+(?:the\\s+value\\s+)?${quoted}`,
    `(?<!${brackets.slice(0, -1)})${brackets}${bare}${brackets}\\s+(?:is|should be|must be|=|:)\\s+${quoted}`,
  ]) {
    const value = new RegExp(pattern, "i").exec(text)?.[1];
    if (value !== undefined && !/^(?:your|my|the)\b/i.test(value) && bareToken(value) !== bareToken(token))
      return [value];
  }
  return [];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
