import type { VendorDefinition } from "./definition";

/**
 * Remembers what follows from a list of vendors alone, which is needed on every keystroke. The list may change in place, as
 * when a workspace has definitions of its own: then it is worked out anew.
 */
export function rememberForVendors<Result>(
  compute: (vendors: readonly VendorDefinition[]) => Result,
): (vendors: readonly VendorDefinition[]) => Result {
  const known = new WeakMap<
    readonly VendorDefinition[],
    { readonly of: readonly VendorDefinition[]; readonly result: Result }
  >();
  return (vendors) => {
    const found = known.get(vendors);
    if (found && isSame(found.of, vendors)) return found.result;
    const result = compute(vendors);
    known.set(vendors, { of: [...vendors], result });
    return result;
  };
}

function isSame(before: readonly VendorDefinition[], now: readonly VendorDefinition[]): boolean {
  if (before.length !== now.length) return false;
  for (let index = before.length - 1; index >= 0; index--) if (before[index] !== now[index]) return false;
  return true;
}
