import { isStar, type Language, type Token, takes } from "./language";

/** One way in which texts lie in some of several languages and not in the others. */
export interface Region {
  /** The shortest text of this kind. */
  readonly witness: string;
  /** For each language: is the witness in it? */
  readonly inside: readonly boolean[];
}

/** Steps of one token by one character: more than any real policy needs, and done in a second or so. */
const mostSteps = 3_000_000;

/** Where a text can have got to in one of the languages: places in its tokens, sorted. */
interface Reached {
  readonly language: number;
  readonly places: readonly number[];
}

/**
 * All ways in which texts lie in some of the languages and not in the others, by a walk through the product of their
 * automata, shortest texts first. Characters that no language names at a place are tried as one.
 *
 * @param worth whether a text can still matter, by which languages it may still be in; it prunes the walk
 * @param enough stops the walk when a region is what was looked for
 * @param most how many steps the walk may take
 * @returns undefined when it would take more
 */
export function walkLanguages(
  languages: readonly Language[],
  worth: (alive: readonly boolean[]) => boolean,
  enough: (region: Region) => boolean = () => false,
  most = mostSteps,
): readonly Region[] | undefined {
  const other = unnamedCharacter(languages);
  const start = languages.map(({ tokens }, language) => ({ language, places: closed(tokens, [0]) }));
  const seen = new Set([keyOf(start)]);
  const regions = new Map<string, Region>();
  let steps = 0;
  let level: { readonly state: readonly Reached[]; readonly text: string }[] = [{ state: start, text: "" }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { state, text } of level) {
      const inside = languages.map(() => false);
      for (const { language, places } of state) {
        inside[language] = places.at(-1) === languages[language]?.tokens.length;
      }
      const name = inside.map(Number).join("");
      if (!regions.has(name)) {
        const region = { witness: text, inside };
        regions.set(name, region);
        if (enough(region)) return [...regions.values()];
      }
      for (const character of charactersAt(languages, state, other)) {
        const following: Reached[] = [];
        for (const { language, places } of state) {
          const tokens = languages[language]?.tokens ?? [];
          steps += places.length;
          const reached = stepped(tokens, places, character);
          if (reached.length > 0) following.push({ language, places: reached });
        }
        if (steps > most) return undefined;
        const alive = languages.map(() => false);
        for (const { language } of following) alive[language] = true;
        if (!worth(alive)) continue;
        const key = keyOf(following);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ state: following, text: text + character });
      }
    }
    level = next;
  }
  return [...regions.values()];
}

function stepped(tokens: readonly Token[], places: readonly number[], character: string): readonly number[] {
  const reached: number[] = [];
  for (const place of places) {
    const token = tokens[place];
    if (token === undefined || !takes(token, character)) continue;
    reached.push(isStar(token) ? place : place + 1);
  }
  return closed(tokens, reached);
}

/** A star may also stand for nothing. */
function closed(tokens: readonly Token[], places: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const place of places) {
    for (let at = place; !all.has(at); at += 1) {
      all.add(at);
      if (!isStar(tokens[at])) break;
    }
  }
  return [...all].sort((a, b) => a - b);
}

/** The characters that the next tokens name, and one for all that they don't. */
function charactersAt(languages: readonly Language[], state: readonly Reached[], other: string): ReadonlySet<string> {
  const characters = new Set<string>();
  for (const { language, places } of state) {
    const tokens = languages[language]?.tokens ?? [];
    for (const place of places) {
      const token = tokens[place];
      if (token === undefined) continue;
      if (typeof token === "object") characters.add(token.character);
      else characters.add(other);
      // Which others a wildcard takes depends on where it may stand.
      if (token !== "any" && token !== "text" && typeof token !== "object") characters.add(":").add("/");
    }
  }
  return characters;
}

function keyOf(state: readonly Reached[]): string {
  return state.map(({ language, places }) => `${language}:${places.join()}`).join(" ");
}

/** All characters that no language names behave alike. */
function unnamedCharacter(languages: readonly Language[]): string {
  const named = new Set<string>();
  for (const { tokens } of languages) {
    for (const token of tokens) if (typeof token === "object") named.add(token.character);
  }
  const candidates = "xyzabcdefghijklmnopqrstuvw0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00f8";
  return Array.from(candidates).find((character) => !named.has(character)) ?? "\u2400";
}
