import type { VendorDefinition } from "../vendors/definition";
import { readOwnDefinition } from "../vendors/ownDefinition";

export interface OwnDefinitions {
  readonly definitions: readonly VendorDefinition[];
  /** Files that are not obeyed, with the reasons. */
  readonly refused: readonly { readonly path: string; readonly reasons: readonly string[] }[];
}

/**
 * The vendors that files besides the catalog define, in the order of their paths; of two with the same id the first.
 *
 * @param files texts by path
 */
export function readOwnDefinitions(
  files: ReadonlyMap<string, string>,
  official: readonly VendorDefinition[],
): OwnDefinitions {
  const definitions: VendorDefinition[] = [];
  const refused: { readonly path: string; readonly reasons: readonly string[] }[] = [];
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const read = readOwnDefinition(text, official, definitions);
    if ("definition" in read) definitions.push(read.definition);
    else refused.push({ path, reasons: read.refused });
  }
  return { definitions, refused };
}
