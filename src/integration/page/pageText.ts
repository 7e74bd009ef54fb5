import type { Range } from "../../policy/json";
import { htmlText } from "./htmlText";

export type PageFormat = "html" | "markdown" | "text";

/** A page as a person sees it. */
export interface PageText {
  readonly format: PageFormat;
  readonly text: string;
  /** What the page itself shows as code, in order. */
  readonly code: readonly Range[];
  /** Of an HTML page, or the first heading of Markdown. */
  readonly title: string | undefined;
  /** Its address, as an HTML page names it. */
  readonly url: string | undefined;
}

/** Tags that stand in Markdown files, too (`<figure>`, `<img>`, `<br>`), tell nothing. */
const htmlPage =
  /^\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])|<\/(?:p|pre|div|body|article|section|li|ul|ol|td|h[1-6])>/i;
const fence = /^[ \t>]*(`{3,}|~{3,})/;

/** Line breaks become `\n`; of HTML only the text is left, laid out as a browser does. */
export function pageText(source: string): PageText {
  const text = source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const fenced = text.split("\n").filter((line) => fence.test(line)).length > 1;
  if (!fenced && htmlPage.test(text)) return { format: "html", ...htmlText(text) };
  const code = fencedCode(text);
  const frontMatter = /^---\n[\s\S]{0,2000}?^title:\s*["']?(.+?)["']?\s*$/m.exec(text.slice(0, longestHead))?.[1];
  const heading = frontMatter ?? /^#\s+(.+)$/m.exec(text)?.[1]?.trim();
  const markdown = code.length > 0 || heading !== undefined;
  return { format: markdown ? "markdown" : "text", text, code, title: heading, url: undefined };
}

/** Where the front matter of Markdown is. */
const longestHead = 10_000;

/** The insides of fenced code blocks; one that is not closed has no known end. */
function fencedCode(text: string): readonly Range[] {
  const code: Range[] = [];
  let open: { readonly mark: string; readonly offset: number } | undefined;
  let offset = 0;
  for (const line of text.split("\n")) {
    const mark = fence.exec(line)?.[1];
    if (mark !== undefined) {
      if (open === undefined) {
        open = { mark, offset: offset + line.length + 1 };
      } else if (mark.startsWith(open.mark)) {
        code.push({ offset: open.offset, length: Math.max(offset - open.offset, 0) });
        open = undefined;
      }
    }
    offset += line.length + 1;
  }
  return code;
}
