import type { VendorDefinition } from "./definition";
import { rememberForVendors } from "./rememberForVendors";

/** By their first character: most of them begin with one that most documents don't have. */
type Placeholders = ReadonlyMap<string, readonly string[]>;

const ofOne = new WeakMap<VendorDefinition, Placeholders>();
const ofMany = rememberForVendors(collect);

/**
 * The placeholders of these vendors' pages that stand in a text, the longest first: MY_BUCKET_NAME before BUCKET_NAME. A
 * name that is only a page's example (`syncoutput`) counts where the vendor is the only one.
 *
 * @param vendors one or several: what follows from them is remembered
 */
export function placeholdersIn(
  text: string,
  vendors: readonly VendorDefinition[] | VendorDefinition,
): readonly string[] {
  const placeholders = "id" in vendors ? placeholdersOf(vendors) : ofMany(vendors);
  const found: string[] = [];
  for (const [character, words] of placeholders) {
    if (!text.includes(character)) continue;
    for (const word of words) if (text.includes(word)) found.push(word);
  }
  return found.sort((a, b) => b.length - a.length);
}

function placeholdersOf(vendor: VendorDefinition): Placeholders {
  const placeholders = ofOne.get(vendor) ?? collect([vendor]);
  ofOne.set(vendor, placeholders);
  return placeholders;
}

function collect(vendors: readonly VendorDefinition[]): Placeholders {
  const all = vendors.flatMap(({ parameters }) => parameters.flatMap(({ placeholders }) => placeholders));
  const words = new Set(vendors.length === 1 ? all : all.filter((word) => !/^[a-z0-9]+$/.test(word)));
  const byCharacter = new Map<string, string[]>();
  for (const word of words) byCharacter.set(word.charAt(0), [...(byCharacter.get(word.charAt(0)) ?? []), word]);
  return byCharacter;
}
