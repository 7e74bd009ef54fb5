import type { Random } from "./random";

/** What happens to a document on its way from a vendor's editor to a customer's clipboard. */
export interface Mutation {
  readonly name: string;
  /** Undefined when the text has no place for it. */
  readonly mutate: (text: string, random: Random) => string | undefined;
  /** Nothing can tell any more what was there: the document should be unread. */
  readonly destroys?: boolean;
}

const quotes = [
  ["“", "”"],
  ["”", "”"],
  ["„", "“"],
  ["«", "»"],
] as const;

const remarks = [
  "replace with your bucket",
  "your own value here",
  "<-- change this",
  "← put your value",
  "(replace this with your own name)",
  '(see "Settings" in the app)',
  "<- this is the ARN, not the name",
];

const comments = [
  "// highlight-next-line",
  "//[tl! ~~]",
  "// Replace with your own value",
  "// [!code highlight]",
  "/* your own value */",
  "# required",
  "//[tl! ++]",
];

export const mutations: readonly Mutation[] = [
  {
    name: "typographic quotes",
    mutate: (text, random) => {
      const [open, close] = random.pick(quotes);
      return text.replace(/"([^"]*)"/g, `${open}$1${close}`);
    },
  },
  {
    name: "some typographic quotes",
    mutate: (text, random) =>
      text.replace(/"([^"]*)"/g, (whole, inner) => (random.chance(15) ? `${random.pick(["“", '"'])}${inner}”` : whole)),
  },
  { name: "no-break spaces", mutate: (text) => text.replace(/^ +/gm, (blanks) => "\u00a0".repeat(blanks.length)) },
  {
    name: "no-break spaces among blanks",
    mutate: (text, random) => text.replace(/ {2}/g, (blanks) => (random.chance(40) ? "\u00a0 " : blanks)),
  },
  { name: "zero-width spaces", mutate: (text) => text.replace(/([:/])(?=[A-Za-z])/g, "$1\u200b") },
  { name: "trailing comma", mutate: (text, random) => insertAt(text, /(?<=["}\]])(?=\s*\n\s*[}\]])/g, ",", random) },
  { name: "missing comma", mutate: (text, random) => insertAt(text, /,(?=\s*\n)/g, "", random) },
  {
    name: "comment at the end of a line",
    mutate: (text, random) => insertAt(text, /(?<=["\]},[{])(?=\n)/g, ` ${random.pick(comments)}`, random),
  },
  {
    name: "comment on a line of its own",
    mutate: (text, random) => insertAt(text, /(?<=\n)(?=[ \t]*")/g, `    ${random.pick(comments)}\n`, random),
  },
  {
    name: "block comment over several lines",
    mutate: (text, random) =>
      insertAt(text, /(?<=\n)(?=[ \t]*")/g, "/*\n * The bucket that we read,\n * and its objects\n */\n", random),
  },
  {
    name: "remark after a value",
    mutate: (text, random) => insertAt(text, /(?<=[^:] *"[^"\n]*",?)(?=\n)/g, ` ${random.pick(remarks)}`, random),
  },
  {
    name: "line of prose",
    mutate: (text, random) =>
      insertAt(
        text,
        /(?<=\n)(?=[ \t]*"(?:Action|Resource|Principal|Effect)")/g,
        "Replace the bucket in the next lines with your own\n",
        random,
      ),
  },
  {
    name: "dots",
    mutate: (text, random) => insertAt(text, /(?<=",)(?=\n)/g, random.pick(["\n   ...", "\n   …,", " ..."]), random),
  },
  { name: "line numbers", mutate: (text, random) => numbered(text, random.pick(["", ".", ":", " |"])) },
  {
    name: "line numbers on lines of their own",
    mutate: (text) =>
      text.includes("\n")
        ? text
            .split("\n")
            .map((line, index) => `${index + 1}\n${line}`)
            .join("\n")
        : undefined,
  },
  {
    name: "character references",
    mutate: (text) =>
      text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  },
  { name: "numeric character references", mutate: (text) => text.replaceAll('"', "&#34;").replaceAll("  ", "&#160; ") },
  { name: "tags", mutate: (text) => text.replace(/"[^"\n]*"/g, '<span class="s2">$&</span>') },
  { name: "bold values", mutate: (text, random) => insertPair(text, /"arn:[^"\n]*"/g, "<b>", "</b>", random) },
  { name: "lost line breaks", mutate: (text) => (/\/\/|#/.test(text) ? undefined : text.replace(/\n\s*/g, " ")) },
  {
    name: "lost line breaks and blanks",
    mutate: (text) => (/\/\/|#|\d\n/.test(text) ? undefined : text.replace(/\n\s*/g, "")),
  },
  { name: "lost indentation", mutate: (text) => text.replace(/^[ \t\u00a0]+/gm, "") },
  { name: "empty lines between", mutate: (text) => text.replaceAll("\n", "\n\n") },
  { name: "CRLF", mutate: (text) => text.replaceAll("\n", "\r\n") },
  {
    name: "broken action",
    mutate: (text, random) => insertAt(text, /(?<="s3:[A-Z][a-z]{2})(?=[a-z])/g, "\n      ", random),
  },
  {
    name: "hyphenated action",
    mutate: (text, random) => insertAt(text, /(?<="(?:s3|kms):[A-Z][a-z]{2})(?=[a-z])/g, "-\n", random),
  },
  {
    name: "broken ARN",
    mutate: (text, random) => insertAt(text, /(?<="arn:aws:[a-z0-9]+:[^"\n]{6})(?=[A-Za-z0-9])/g, "\n", random),
  },
  {
    name: "soft hyphen in an action",
    mutate: (text, random) => insertAt(text, /(?<="s3:[A-Z][a-z]{2})(?=[a-z])/g, "\u00ad", random),
  },
  { name: "missing closing bracket", mutate: (text, random) => insertAt(text, /\](?=,?\s)/g, "", random) },
  { name: "missing closing brace", mutate: (text, random) => insertAt(text, /\}(?=,?\s)/g, "", random) },
  {
    name: "bracket too many",
    mutate: (text, random) => insertAt(text, /(?<=[}\]])(?=,?\s*\n)/g, random.pick(["}", "]"]), random),
  },
  { name: "missing last brace", mutate: (text) => text.replace(/\}\s*$/, "") },
  { name: "missing opening quote", mutate: (text, random) => insertAt(text, /(?<=\s)"(?=[^"\n]+",?\n)/g, "", random) },
  { name: "missing closing quote", mutate: (text, random) => insertAt(text, /(?<=[^":\n]+)"(?=,?\n)/g, "", random) },
  { name: "colon within the quotes", mutate: (text, random) => insertAt(text, /":(?= [["])/g, ':"', random) },
  { name: "single quotes", mutate: (text) => text.replaceAll('"', "'") },
  {
    name: "quote marks before the lines",
    mutate: (text) => (text.includes("\n") ? text.replace(/^/gm, "> ") : undefined),
  },
  { name: "marks of a difference", mutate: (text) => (text.includes("\n") ? text.replace(/^/gm, "+ ") : undefined) },
  { name: "escapes of Markdown", mutate: (text) => text.replace(/[_*]/g, "\\$&") },
  { name: "escaped quotes", mutate: (text) => (/\n.*(?:\/\/|#)/.test(text) ? undefined : text.replaceAll('"', '\\"')) },
  { name: "tabs", mutate: (text) => text.replace(/ {2}/g, "\t") },
  {
    name: "cut off",
    destroys: true,
    mutate: (text, random) => text.slice(0, Math.floor(text.length * (0.4 + random.number(45) / 100))),
  },
  {
    name: "lost key",
    destroys: true,
    mutate: (text, random) => insertAt(text, /"(?:Action|Effect|Resource|Principal)"(?=\s*:)/g, "", random),
  },
];

function insertAt(text: string, place: RegExp, replacement: string, random: Random): string | undefined {
  const places = [...text.matchAll(place)];
  if (places.length === 0) return undefined;
  const { index, 0: match } = random.pick(places);
  return text.slice(0, index) + replacement + text.slice(index + match.length);
}

function insertPair(text: string, place: RegExp, before: string, after: string, random: Random): string | undefined {
  const places = [...text.matchAll(place)];
  if (places.length === 0) return undefined;
  const { index, 0: match } = random.pick(places);
  return text.slice(0, index) + before + match + after + text.slice(index + match.length);
}

function numbered(text: string, mark: string): string | undefined {
  if (!text.includes("\n")) return undefined;
  return text
    .split("\n")
    .map((line, index) => `${String(index + 1).padStart(3)}${mark} ${line}`)
    .join("\n");
}
