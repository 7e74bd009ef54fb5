/** The characters that matter when JSON was copied from a web page, by UTF-16 code unit. */

export const QUOTE = 34;
export const APOSTROPHE = 39;
export const BACKTICK = 96;
export const BACKSLASH = 92;
export const COMMA = 44;
export const COLON = 58;
export const SEMICOLON = 59;
export const EQUALS = 61;
export const DOT = 46;
export const SLASH = 47;
export const HASH = 35;
export const STAR = 42;
export const ELLIPSIS = 0x2026;
export const FULLWIDTH_COMMA = 0xff0c;
export const FULLWIDTH_COLON = 0xff1a;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
/** What `peek` answers at the end of the text. */
export const END = -1;

export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

const doubleQuotes = new Set([
  0xab, 0xbb, 0x2ba, 0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x2036, 0x301d, 0x301e, 0x301f, 0xff02,
]);
const singleQuotes = new Set([0x2bc, 0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035, 0xff07]);

/** “ ” „ ‟ ″ « » and the like: what a word processor or a web page makes of a straight double quote. */
export function isTypographicDoubleQuote(code: number): boolean {
  return code > 0xaa && doubleQuotes.has(code);
}

/** ‘ ’ ‚ ‛ ′ and the like. They are also apostrophes, so they end a string only where nothing else can. */
export function isTypographicSingleQuote(code: number): boolean {
  return code > 0x2bb && singleQuotes.has(code);
}

export function isTypographicQuote(code: number): boolean {
  return isTypographicDoubleQuote(code) || isTypographicSingleQuote(code);
}

export function isAnyQuote(code: number): boolean {
  return code === QUOTE || code === APOSTROPHE || code === BACKTICK || isTypographicQuote(code);
}

/** Seen as a blank or not at all, and refused by a JSON parser outside strings. */
export function isInvisible(code: number): boolean {
  if (code < 0x7f) return code < 32 && code >= 0 && code !== 9 && code !== 10 && code !== 13;
  if (code <= 0xa0 || code === 0xad) return true;
  if (code < 0x34f) return false;
  return (
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    (code >= 0x205f && code <= 0x206f) ||
    code === 0xfeff ||
    code === 0x3000 ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x1680 ||
    code === 0x180e ||
    code === 0x2800 ||
    code === 0x3164 ||
    code === 0xffa0 ||
    (code >= 0xfe00 && code <= 0xfe0f)
  );
}

/** Joiners, direction marks, variation selectors and the ideographic space belong to the writing of some scripts. */
export function belongsToScript(code: number, before: number): boolean {
  const scriptMark = (code >= 0x200c && code <= 0x200f) || code === 0x3000 || (code >= 0xfe00 && code <= 0xfe0f);
  return scriptMark && before > 0x2ff && !isInvisible(before) && !isTypographicQuote(before);
}

/** What an invisible character stood for: a line break, a blank, or nothing. */
export function visibleForm(code: number): "\n" | " " | "" {
  if (code === 0x0b || code === 0x0c || code === 0x85 || code === 0x2028 || code === 0x2029) return "\n";
  const blank =
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2800 ||
    code === 0x3000 ||
    code === 0x3164 ||
    code === 0xffa0;
  return blank ? " " : "";
}

const names = new Map([
  [0xa0, "no-break space"],
  [0xad, "soft hyphen"],
  [0x200b, "zero-width space"],
  [0x200c, "zero-width non-joiner"],
  [0x200d, "zero-width joiner"],
  [0x200e, "left-to-right mark"],
  [0x200f, "right-to-left mark"],
  [0x2028, "line separator"],
  [0x2029, "paragraph separator"],
  [0x202f, "narrow no-break space"],
  [0x2060, "word joiner"],
  [0x3000, "ideographic space"],
  [0xfeff, "byte order mark"],
]);

/** "no-break space, U+00A0" */
export function describeCharacter(code: number): string {
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = names.get(code) ?? (visibleForm(code) === " " ? "unusual space" : undefined);
  return name === undefined ? point : `${name}, ${point}`;
}
