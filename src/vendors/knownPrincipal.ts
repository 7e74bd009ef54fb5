import { accountOfPrincipal, isAccountId } from "../policy/arn";
import type { Parameter, Source, VendorDefinition, VendorPrincipal } from "./definition";
import { expandString, type TokenValues } from "./template";

export interface KnownPrincipal {
  readonly vendor: VendorDefinition;
  /** Absent when only the account is the vendor's. */
  readonly principal?: VendorPrincipal;
  /** The page that the principal, or another one of its account, is from. */
  readonly source: Source | undefined;
}

/** The vendor that a principal or an account id belongs to; undefined when no definition names it. */
export function knownPrincipal(name: string, vendors: readonly VendorDefinition[]): KnownPrincipal | undefined {
  const inAws = name.replace(/^arn:aws(-[a-z-]+)?:/, "arn:aws:");
  const account = accountOfPrincipal(name);
  let best: KnownPrincipal | undefined;
  let bestRank = -1;
  for (const vendor of vendors) {
    for (const principal of vendor.principals) {
      const source = vendor.sources.find(({ id }) => id === principal.source);
      for (const value of knownForms(principal.value, vendor.parameters)) {
        const isExact = value === inAws;
        const sameAccount = account !== undefined && isAccountId(account) && accountOfPrincipal(value) === account;
        if (!isExact && !sameAccount) continue;
        const rank = rankOf(principal, isExact);
        if (rank <= bestRank) continue;
        bestRank = rank;
        best = isExact ? { vendor, principal, source } : { vendor, source };
      }
    }
  }
  return best;
}

/**
 * The principal itself says more than another one of its account, whom a vendor always comes as more than whom it does for
 * some of its customers, and, of an account, a current page more than an older one.
 */
function rankOf({ when, status }: VendorPrincipal, isExact: boolean): number {
  return (isExact ? 4 : status === "current" ? 2 : 0) + (when === undefined ? 1 : 0);
}

/** A principal of a definition with the values that the definition itself gives; none when only the customer knows it. */
export function knownForms(template: string, parameters: readonly Parameter[]): readonly string[] {
  const values: TokenValues = (token) => {
    if (token === "partition") return ["aws"];
    const parameter = parameters.find(({ name }) => name === token);
    const known = [parameter?.default, ...(parameter?.choices ?? []).map(({ value }) => value)];
    const texts = known.filter((value) => typeof value === "string");
    return texts.length > 0 ? texts : undefined;
  };
  return expandString(template, values).filter((value) => !value.includes("{{"));
}
