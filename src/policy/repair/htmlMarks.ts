import { type Repair, repair } from "./repair";

const named: { readonly [name: string]: string } = {
  quot: '"',
  apos: "'",
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: " ",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lbrace: "{",
  rbrace: "}",
  lcub: "{",
  rcub: "}",
  lbrack: "[",
  rbrack: "]",
  lsqb: "[",
  rsqb: "]",
  colon: ":",
  comma: ",",
  sol: "/",
  ast: "*",
  dollar: "$",
  lowbar: "_",
  copy: "©",
  bull: "•",
  middot: "·",
  rarr: "→",
  larr: "←",
  shy: "\u00ad",
  zwj: "\u200d",
  zwnj: "\u200c",
  ensp: "\u2002",
  emsp: "\u2003",
  thinsp: "\u2009",
};

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]+));/g;

/** What a character reference of HTML stands for; undefined when it is none that a page of text has. */
function characterOf(decimal?: string, hexadecimal?: string, name?: string): string | undefined {
  if (name !== undefined) return named[name] ?? named[name.toLowerCase()];
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  if (Number.isNaN(code) || code === 0 || code > 0x10ffff) return undefined;
  return code === 0xa0 ? " " : String.fromCodePoint(code);
}

/** A text with its character references read. */
export function decodeReferences(text: string): string {
  return text.replace(reference, (whole, decimal, hexadecimal, name) => {
    return characterOf(decimal, hexadecimal, name) ?? whole;
  });
}

/**
 * HTML that came along with the text: character references, tags of layout and markup, comments. `<bucket>` is a
 * placeholder and stays; so does a name of HTML that has neither a closing tag nor attributes (`<code>`, `<var>`).
 */
export function htmlMarks(text: string): readonly Repair[] {
  return [...comments(text), ...tags(text), ...references(text)];
}

/** `&amp;` may belong to an address in a condition: it counts only beside others. */
function references(text: string): readonly Repair[] {
  const found = [...text.matchAll(reference)].flatMap((match) => {
    const character = characterOf(match[1], match[2], match[3]);
    return character === undefined ? [] : [{ match, character }];
  });
  if (found.every(({ character }) => character === "&")) return [];
  return found.map(({ match, character }) =>
    repair(
      "html",
      match.index,
      match[0].length,
      character,
      `${match[0]} is HTML for ${character === " " ? "a blank" : character}.`,
    ),
  );
}

function comments(text: string): readonly Repair[] {
  const repairs: Repair[] = [];
  for (let start = text.indexOf("<!--"); start >= 0; ) {
    const end = text.indexOf("-->", start + 4) + 3;
    if (end < 3) break; // Nor is any behind it closed.
    repairs.push(repair("html", start, end - start, "", "A comment of HTML stands in the document."));
    start = text.indexOf("<!--", end);
  }
  return repairs;
}

const lineTags = /^(?:br|p|div|pre|li|ul|ol|tr|td|table|tbody|h\d)$/i;
const tag =
  /<(\/?)(span|b|strong|em|i|u|s|a|code|mark|font|kbd|var|samp|tt|small|sub|sup|wbr|br|p|div|pre|li|ul|ol|tr|td|table|tbody|h\d)(\s[^<>]*)?(\/?)>/gi;

function tags(text: string): readonly Repair[] {
  const found = [...text.matchAll(tag)];
  const closed = new Set(found.filter(([, slash]) => slash === "/").map(([, , name = ""]) => name.toLowerCase()));
  return found.flatMap(({ 0: whole, 1: slash, 2: name = "", 3: attributes, 4: empty, index }) => {
    const lower = name.toLowerCase();
    const isMarkup =
      slash === "/" || closed.has(lower) || attributes?.includes("=") || empty === "/" || /^(?:br|wbr)$/.test(lower);
    if (!isMarkup) return [];
    const replacement = lineTags.test(lower) ? "\n" : "";
    return [
      repair("html", index, whole.length, replacement, `The tag ${whole.slice(0, 60)} came along from the page.`),
    ];
  });
}
