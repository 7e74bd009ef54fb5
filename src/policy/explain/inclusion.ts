import { matchesPattern } from "../wildcards";
import { everyText, intersects, type Language } from "./language";
import { walkLanguages } from "./walkLanguages";

/** Documents are explained while somebody waits for a hover: a few hundredths of a second at most. */
const mostSteps = 60_000;

/**
 * Is every text of `inner` that `within` holds, too, in one of `outers`? What a policy variable stands for is not
 * known: such a pattern holds only what is written the same. False also where it can't be decided.
 */
export function covers(outers: readonly Language[], inner: Language, within: readonly Language[] = []): boolean {
  // Texts that go on with a character that no outer one names are in none whose beginning is longer.
  if (!outers.some((outer) => inner.prefix.startsWith(outer.prefix))) return false;
  if (outers.some((outer) => coversAlone(outer, inner))) return true;
  const known = outers.filter((outer) => !outer.variable && intersects(outer, inner));
  if (known.length === 0) return false;
  if (inner.literal) return false;
  const limits = within.length === 0 ? [everyText] : within;
  const outside = (inside: readonly boolean[]) =>
    inside[0] === true &&
    inside.slice(1, 1 + limits.length).some(Boolean) &&
    !inside.slice(1 + limits.length).some(Boolean);
  const regions = walkLanguages(
    [inner, ...limits, ...known],
    (alive) => alive[0] === true && alive.slice(1, 1 + limits.length).some(Boolean),
    ({ inside }) => outside(inside),
    mostSteps,
  );
  return regions !== undefined && !regions.some(({ inside }) => outside(inside));
}

/** Without a walk: the same text, one text only, or an outer pattern whose stars take the inner one's. */
function coversAlone(outer: Language, inner: Language): boolean {
  if (outer.text === inner.text || outer.text === "*") return true;
  if (outer.variable) return false;
  if (inner.literal) return intersects(outer, inner);
  // Where the outer one has no wildcard that stays within a part, it takes the inner one's wildcards as characters.
  const plain = outer.tokens.every((token) => typeof token === "object" || token === "text");
  return plain && !outer.text.includes("${") && matchesPattern(outer.text, inner.text);
}
