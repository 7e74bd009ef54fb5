/** Some positions in a pattern. */
export interface Positions {
  readonly has: (position: number) => boolean;
}

/**
 * Does a pattern of the policy language match a text? `*` stands for any characters, `?` for one. `plain` holds the
 * positions in the pattern at which `*` and `?` are only characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesPattern(pattern: string, text: string, plain?: Positions): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  let position = 0;
  // Real patterns need a few steps for each character. A hostile one would need the product of both lengths.
  let steps = 16 * (pattern.length + text.length) + 4096;
  while (position < text.length) {
    if (steps === 0) return matchesInParallel(pattern, text, plain);
    steps -= 1;
    const code = at < pattern.length ? pattern.charCodeAt(at) : -1;
    if (code === asterisk && plain?.has(at) !== true) {
      star = at;
      at += 1;
      resume = position;
    } else if (code === text.charCodeAt(position) || (code === questionMark && plain?.has(at) !== true)) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      position = resume;
    } else {
      return false;
    }
  }
  while (at < pattern.length && pattern.charCodeAt(at) === asterisk && plain?.has(at) !== true) at += 1;
  return at === pattern.length;
}

const asterisk = 42;
const questionMark = 63;
const colon = 58;

/**
 * The same, whatever the pattern, in time that grows with the text's length times a 32nd of the pattern's: follows all
 * ways to match at once. Bit `n` of `reached` says that the first `n` characters of the pattern, without its stars, match
 * the text so far. `withinPart` holds the positions of wildcards that don't stand for a colon.
 */
export function matchesInParallel(pattern: string, text: string, plain?: Positions, withinPart?: Positions): boolean {
  const { characters, stars } = readPattern(pattern, plain);
  const size = (characters.length >>> 5) + 1;
  const bits = () => new Uint32Array(size);
  const [stays, staysAtColon, any, anyAtColon] = [bits(), bits(), bits(), bits()];
  for (const { at, count } of stars) {
    setBit(stays, count);
    if (withinPart?.has(at) !== true) setBit(staysAtColon, count);
  }
  const known = new Set<number>();
  for (let at = 0; at < text.length; at += 1) known.add(text.charCodeAt(at));
  const masks = new Map<number, Uint32Array>();
  for (const [index, { at, code }] of characters.entries()) {
    if (code === undefined) {
      setBit(any, index);
      if (withinPart?.has(at) !== true) setBit(anyAtColon, index);
    } else if (known.has(code)) {
      const mask = masks.get(code) ?? bits();
      masks.set(code, mask);
      setBit(mask, index);
    }
  }
  const reached = bits();
  reached[0] = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const mask = masks.get(code);
    const loops = code === colon ? staysAtColon : stays;
    const wild = code === colon ? anyAtColon : any;
    let carry = 0;
    // No more characters of the pattern can be matched than the text has had.
    const end = Math.min(size, ((at + 1) >>> 5) + 1);
    for (let word = 0; word < end; word += 1) {
      const now = reached[word] ?? 0;
      const moves = now & ((wild[word] ?? 0) | (mask?.[word] ?? 0));
      reached[word] = (moves << 1) | carry | (now & (loops[word] ?? 0));
      carry = moves >>> 31;
    }
  }
  return ((reached[size - 1] ?? 0) & (1 << (characters.length & 31))) !== 0;
}

/** The characters of a pattern without its stars (no code: `?`), and for each star how many stand before it. */
function readPattern(pattern: string, plain: Positions | undefined) {
  const characters: { readonly at: number; readonly code: number | undefined }[] = [];
  const stars: { readonly at: number; readonly count: number }[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const code = pattern.charCodeAt(at);
    const isWildcard = (code === asterisk || code === questionMark) && plain?.has(at) !== true;
    if (isWildcard && code === asterisk) stars.push({ at, count: characters.length });
    else characters.push({ at, code: isWildcard ? undefined : code });
  }
  return { characters, stars };
}

function setBit(bits: Uint32Array, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}

export function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/** Actions are compared without regard to upper and lower case. */
export function matchesAction(pattern: string, action: string): boolean {
  // Most patterns are the name of one action, and nearly always of another one.
  if (pattern === action) return true;
  if (pattern.length !== action.length && !hasWildcard(pattern)) return false;
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}
