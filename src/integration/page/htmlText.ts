import type { Range } from "../../policy/json";
import { decodeReferences } from "../../policy/repair/htmlMarks";

const blocks = new Set(
  "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split(
    " ",
  ),
);
const inline = new Set(
  "a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark meta link nobr q rp rt ruby s samp small source span strike strong sub sup time tt u var wbr base col colgroup td th iframe picture video audio area map canvas center object param embed progress meter output optgroup option select track".split(
    " ",
  ),
);
/** What they hold is not shown as text of the page. */
const hidden = new Set(["script", "style", "head", "svg", "noscript", "template", "button", "textarea", "math"]);

/** Custom elements of a site (`<gcp-section>`) have closing tags; `<your-bucket>` has none: it is a placeholder. */
const tagPattern = /<(\/?)([A-Za-z][\w:-]*)((?:\s[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)?)(\/?)>/y;

interface Mark {
  readonly index: number;
  readonly end: number;
  /** Of a tag; absent for comments and the like. */
  readonly tag?: RegExpExecArray;
}

/** Tags, comments and declarations in their order. What one of them lacks to its end is looked for once on a page. */
function* marksIn(html: string): Iterable<Mark> {
  const endOf = (text: string) => {
    let missing = false;
    return (from: number): number => {
      const at = missing ? -1 : html.indexOf(text, from);
      missing = at < 0;
      return missing ? -1 : at + text.length;
    };
  };
  const endOfComment = endOf("-->");
  const endOfDeclaration = endOf(">");
  const next = /<|\]\]>/g;
  for (let found = next.exec(html); found !== null; found = next.exec(html)) {
    const { index } = found;
    let end = -1;
    let tag: RegExpExecArray | undefined;
    if (found[0] !== "<") end = next.lastIndex;
    else if (html.startsWith("<![CDATA[", index)) end = index + 9;
    else if (html.startsWith("<!--", index)) end = endOfComment(index + 4);
    else if (/[A-Za-z]/.test(html[index + 1] === "!" ? (html[index + 2] ?? "") : "")) end = endOfDeclaration(index);
    else {
      tagPattern.lastIndex = index;
      tag = tagPattern.exec(html) ?? undefined;
      if (tag !== undefined) end = tagPattern.lastIndex;
    }
    if (end < 0) continue;
    yield { index, end, ...(tag && { tag }) };
    next.lastIndex = end;
  }
}

/** The text of an HTML page, the ranges of its `<pre>` blocks in it, and its title. */
export function htmlText(html: string): {
  readonly text: string;
  readonly code: readonly Range[];
  readonly title: string | undefined;
  readonly url: string | undefined;
} {
  const closed = new Set([...html.matchAll(/<\/([A-Za-z][\w:-]*)\s*>/g)].map(([, name = ""]) => name.toLowerCase()));
  const page = new Layout();
  let skipped = "";
  let position = 0;
  let address: string | undefined;
  for (const { index, end, tag } of marksIn(html)) {
    const [whole = "", slash, name = "", attributes = "", empty] = tag ?? [];
    const lower = name.toLowerCase();
    if (skipped === "") page.write(html.slice(position, index));
    position = end;
    if ((lower === "link" || lower === "meta") && ownAddress.test(attributes)) address ??= attributes;
    if (skipped !== "") {
      if (slash === "/" && lower === skipped) skipped = "";
      continue;
    }
    if (name === "") continue;
    if (hidden.has(lower)) {
      if (slash === "" && empty === "" && closed.has(lower)) skipped = lower;
    } else if (blocks.has(lower)) {
      page.block(lower, slash === "/");
    } else if (lower === "br") {
      page.line();
    } else if (lower === "td" || lower === "th") {
      if (slash === "") page.cell();
    } else if (lower === "code" || lower === "span") {
      if (slash === "" && isLine(attributes)) page.lineOfCode();
    } else if (!inline.has(lower) && !closed.has(lower) && attributes.trim() === "") {
      page.write(whole.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    }
  }
  if (skipped === "") page.write(html.slice(position));
  const heading = contentOf(html, "h1")?.replace(/<[^>]*>/g, "");
  const shown = decodeReferences(heading ?? contentOf(html, "title") ?? "")
    .replace(/\s+/g, " ")
    .trim();
  const url = /(?:href|content)=["'](https:\/\/[^"']+)["']/.exec(address ?? "")?.[1];
  return { ...page.finish(), title: shown === "" ? undefined : shown, url };
}

const ownAddress = /rel=["']canonical["']|property=["']og:url["']/i;

/** Longer than any title. */
const longestTitle = 2000;

/** What stands in the first element of this name. */
function contentOf(html: string, name: string): string | undefined {
  const start = html.search(new RegExp(`<${name}`, "i"));
  const open = start < 0 ? -1 : html.indexOf(">", start);
  if (open < 0) return undefined;
  const rest = html.slice(open + 1);
  const end = rest.search(new RegExp(`</${name}>`, "i"));
  return end < 0 ? undefined : rest.slice(0, Math.min(end, longestTitle));
}

/** Highlighters wrap each line (`<span class="line">`, `token-line`), and some put no line break between. */
function isLine(attributes: string): boolean {
  return /class\s*=\s*["'][^"']*\b(?:line|token-line|code-line|view-line|cm-line|hljs-ln-line)\b/.test(attributes);
}

/** Text as a browser lays it out. */
class Layout {
  private readonly settled: string[] = [];
  private settledLength = 0;
  /** The end of the text, which may still change: all of it would be looked through again at each tag. */
  private end = "";
  private preformatted = 0;
  private codeStart = 0;
  private readonly code: Range[] = [];

  write(raw: string): void {
    const text = decodeReferences(raw);
    if (this.preformatted > 0) {
      this.add(text);
      return;
    }
    // No-break spaces are no blanks that a browser joins.
    const joined = text.replace(/[ \t\n]+/g, " ");
    this.add(/(?:^|\s)$/.test(this.end) ? joined.replace(/^ /, "") : joined);
  }

  line(): void {
    if (this.preformatted === 0) this.end = this.end.replace(/ $/, "");
    this.add("\n");
  }

  /** A line of code begins: on a new line, whatever the markup has between the lines. */
  lineOfCode(): void {
    if (this.preformatted > 0 && !/(?:^|\n)$/.test(this.end)) this.add("\n");
  }

  cell(): void {
    if (this.preformatted === 0 && !/(?:^|\n)$/.test(this.end)) this.end = `${this.end.trimEnd()} | `;
  }

  block(name: string, closing: boolean): void {
    if (name === "pre" && closing && this.preformatted > 0) {
      this.preformatted -= 1;
      this.code.push({ offset: this.codeStart, length: this.length - this.codeStart });
    }
    if (this.preformatted > 0) {
      // `<div class="line">` in a code block.
      if (!closing) this.lineOfCode();
      return;
    }
    this.end = this.end.replace(/(?<! ) +$/, "");
    const gap = /^(?:li|tr|dt|dd|div|br|tbody|thead|html|body)$/.test(name) ? "\n" : "\n\n";
    while (this.end !== "" && !this.end.endsWith(gap)) this.end += "\n";
    if (name === "li" && !closing) this.add("- ");
    if (name === "pre" && !closing) {
      this.preformatted += 1;
      this.codeStart = this.length;
    }
  }

  finish(): { text: string; code: readonly Range[] } {
    return { text: this.settled.join("") + this.end, code: this.code };
  }

  private get length(): number {
    return this.settledLength + this.end.length;
  }

  private add(text: string): void {
    this.end += text;
    if (this.end.length <= 2 * longestEnd) return;
    const settled = this.end.slice(0, -longestEnd);
    this.settled.push(settled);
    this.settledLength += settled.length;
    this.end = this.end.slice(-longestEnd);
  }
}

/** More than the blanks that stand at the end of a text. */
const longestEnd = 2000;
