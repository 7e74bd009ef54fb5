import { hasName } from "../../policy/repair/hasName";
import type { Source, VendorDefinition } from "../../vendors/definition";

/** The number of a version, as a page's head, its address or a link of its own documentation has it. */
const versionMarks: readonly (RegExp | ((text: string) => string | undefined))[] = [
  /^[ \t]*(v\d+(?:\.\d+){1,3})[ \t]*$/im,
  /(?:^|[.!?]\s+)version:?\s+(v?\d+(?:\.\d+){0,3})[ \t]*$/im,
  /\b(?:documentation|docs|page|guide|manual)\s+version:?\s+(v?\d+(?:\.\d+){0,3})\b/i,
  versionInAddress,
  /^[ \t]*(?:(?:doc(?:ument)?|page)[ \t]*)?version[:\s]+(v?\d+(?:\.\d+)+)/im,
];

const dateMarks: readonly RegExp[] = [
  /\b((?:last\s+)?(?:updated|modified|edited|reviewed|revised)(?:\s+on)?:?\s+(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?\s+(?:\d{1,2},?\s+)?\d{4}))/i,
  /\b((?:last\s+)?(?:updated|modified|edited)\s+(?:\d+|an?|over an?|about an?|almost an?)\s+(?:minute|hour|day|week|month|year)s?\s+ago)\b/i,
];

/** `https://docs.example.com/v3.1/page`: of the first address of documentation that has one. */
function versionInAddress(text: string): string | undefined {
  for (const [address] of text.matchAll(/https?:\/\/[^\s)"'<>]+/gi)) {
    const version = [...address.matchAll(/\/(v\d+(?:\.\d+){1,3})(?=\/)/gi)].at(-1);
    if (version !== undefined && /\/\/.*\bdocs?\b/i.test(address.slice(0, version.index + 1))) return version[1];
  }
  return undefined;
}

/** How the page names its version, else when it says that it was last changed; undefined when it says neither. */
export function pageVersion(text: string): string | undefined {
  for (const mark of [...versionMarks, ...dateMarks]) {
    const found = typeof mark === "function" ? mark(text) : mark.exec(text)?.[1];
    if (found !== undefined) return found.replace(/\s+/g, " ");
  }
  return undefined;
}

/**
 * The page version of the catalog that this page is: the one whose mark it bears, else one that agrees with whom it trusts.
 *
 * @param retired sources of the retired principals that the page still names; empty when it names none
 */
export function sourceOfPage(
  definition: VendorDefinition,
  text: string,
  version: string | undefined,
  retired: ReadonlySet<string>,
): Source | undefined {
  const scored = definition.sources.map((source) => {
    const mark = /\bv?\d+(?:\.\d+)+\b/.exec(source.version)?.[0];
    let score = 0;
    if (hasName(text.slice(0, 20_000), source.title)) score += 4;
    if (version !== undefined && mark !== undefined && sameVersion(mark, version)) score += 3;
    else if (mark !== undefined && version === undefined && source.status === "superseded") score -= 2;
    if (source.url !== undefined && text.includes(source.url)) score += 2;
    if (retired.size === 0 ? source.status === "current" : source.status === "superseded") score += 5;
    return { source, score };
  });
  scored.sort((a, b) => b.score - a.score);
  const [best] = scored;
  return best !== undefined && best.score >= 5 ? best.source : undefined;
}

function sameVersion(a: string, b: string): boolean {
  return a.replace(/^v/i, "") === b.replace(/^v/i, "");
}
