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
  let ofAccount: KnownPrincipal | undefined;
  for (const vendor of vendors) {
    for (const principal of vendor.principals) {
      const source = vendor.sources.find(({ id }) => id === principal.source);
      for (const value of knownForms(principal.value, vendor.parameters)) {
        if (value === inAws) return { vendor, principal, source };
        const sameAccount = account !== undefined && isAccountId(account) && accountOfPrincipal(value) === account;
        if (sameAccount && (ofAccount === undefined || principal.status === "current")) ofAccount = { vendor, source };
      }
    }
  }
  return ofAccount;
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
