import { accountOfPrincipal, bucketOf, isAccountId, parseArn } from "../policy/arn";
import type { JsonValue } from "../policy/json";
import type { PolicyDocument } from "../policy/policyDocument";
import { policyOf } from "../policy/policyOf";
import type { VendorDefinition } from "../vendors/definition";
import { knownPrincipal } from "../vendors/knownPrincipal";
import { recogniseVendor } from "../vendors/recogniseVendor";

/** Somebody outside the account that a policy lets in. */
export interface Outsider {
  /** As the policy names it. */
  readonly principal: string;
  /** Undefined for everybody, an identity provider, and a principal that was deleted. */
  readonly account: string | undefined;
  readonly kind: "principal" | "account" | "everybody" | "identity-provider" | "deleted";
  /** Whose it is, when the catalog knows. */
  readonly vendor: VendorDefinition | undefined;
  /** Only an older page of the vendor names it. */
  readonly retired: boolean;
}

/** A part of the account room's `AccountRole`. */
export interface RoleFacts {
  readonly trustPolicy: JsonValue;
  readonly policies: readonly { readonly name: string; readonly document: JsonValue | undefined }[];
}

/** Who from outside may take on a role, and what it reaches. */
export interface OutsideAccess<Role extends RoleFacts = RoleFacts> {
  readonly role: Role;
  readonly outsiders: readonly Outsider[];
  /** The vendor that the role is for, by whom it trusts or by what its documents say. */
  readonly vendor: VendorDefinition | undefined;
  /** Names of buckets, `*` for all; names of AWS's own policies, which are not read. Empty: nothing that is known. */
  readonly reaches: readonly string[];
}

/** The roles that somebody outside the account may take on, or that a vendor's page made: vendors first, then by name. */
export function outsideAccess<Role extends RoleFacts>(
  roles: readonly Role[],
  ownAccount: string,
  vendors: readonly VendorDefinition[],
): readonly OutsideAccess<Role>[] {
  const found = roles.flatMap((role): OutsideAccess<Role>[] => {
    const trust = policyOf(role.trustPolicy);
    const outsiders = trust ? outsidersOf(trust, ownAccount, vendors) : [];
    const known = outsiders.find((each) => each.vendor)?.vendor;
    // Beside a stranger the permissions prove nothing: vendors ask for much the same.
    const vendor = known ?? vendorOf([trust, ...(outsiders.length > 0 ? [] : policiesOf(role))], vendors);
    return outsiders.length === 0 && !vendor ? [] : [{ role, outsiders, vendor, reaches: reachOf(role) }];
  });
  return [...found.filter(({ vendor }) => vendor), ...found.filter(({ vendor }) => !vendor)];
}

/** Whoever is not of this account and is let in by an Allow statement, each once. */
export function outsidersOf(
  { statements }: PolicyDocument,
  ownAccount: string,
  vendors: readonly VendorDefinition[],
): readonly Outsider[] {
  const named = statements
    .filter(({ effect }) => effect?.value === "Allow")
    .flatMap(({ principals }) => principals.filter(({ type }) => type !== "Service"))
    .map(({ type, node }) => ({ type, principal: node.value }));
  const unique = new Map(named.map((each) => [each.principal, each]));
  return [...unique.values()].flatMap(({ type, principal }): readonly Outsider[] => {
    const account = accountOfPrincipal(principal);
    const known = knownPrincipal(principal, vendors);
    const outsider = {
      principal,
      account: undefined,
      vendor: known?.vendor,
      retired: known?.principal?.status === "retired",
    };
    if (principal === "*") return [{ ...outsider, kind: "everybody" }];
    if (type === "Federated") return [{ ...outsider, kind: "identity-provider" }];
    if (/^A(ROA|IDA)\w+$/.test(principal)) return [{ ...outsider, kind: "deleted" }];
    if (account === undefined || !isAccountId(account) || account === ownAccount) return [];
    const whole = principal === account || parseArn(principal)?.resource === "root";
    return [{ ...outsider, account, kind: whole ? "account" : "principal" }];
  });
}

/** The vendors that a role can be for by whom it trusts: vendors of one house share an account. */
export function possibleVendors(
  { outsiders, vendor }: OutsideAccess,
  vendors: readonly VendorDefinition[],
): readonly VendorDefinition[] {
  const possible = vendors.filter((each) => outsiders.some(({ principal }) => knownPrincipal(principal, [each])));
  return possible.length > 0 || !vendor ? possible : [vendor];
}

/** A vendor can come by a user in the customer's own account: then only the documents give it away. */
function vendorOf(
  documents: readonly (PolicyDocument | undefined)[],
  vendors: readonly VendorDefinition[],
): VendorDefinition | undefined {
  for (const document of documents) {
    const vendor = document && recogniseVendor(document, vendors);
    if (vendor) return vendor;
  }
  return undefined;
}

function policiesOf({ policies }: RoleFacts): readonly (PolicyDocument | undefined)[] {
  return policies.map(({ document }) => (document === undefined ? undefined : policyOf(document)));
}

function reachOf({ policies }: RoleFacts): readonly string[] {
  const reached = policies.flatMap(({ name, document }) => {
    if (document === undefined) return [name];
    const statements = policyOf(document)?.statements ?? [];
    return statements
      .filter(({ effect }) => effect?.value === "Allow")
      .flatMap(({ resources }) => resources.map(({ value }) => value))
      .flatMap((resource) => {
        if (resource === "*") return ["*"];
        const arn = parseArn(resource);
        return (arn && bucketOf(arn)) ?? [];
      });
  });
  return [...new Set(reached)].sort();
}

/** All of them in a few words, each once: "Activeloop Deep Lake (with retired principals), account 111122223333". */
export function describeOutsiders(outsiders: readonly Outsider[]): string {
  const retired = new Set(outsiders.filter((each) => each.retired).map(({ vendor }) => vendor));
  const words = outsiders.map((outsider) => {
    const { vendor } = outsider;
    return vendor && retired.has(vendor) ? `${vendor.name} (with retired principals)` : describeOutsider(outsider);
  });
  return [...new Set(words)].join(", ");
}

function describeOutsider({ kind, account, vendor, principal }: Outsider): string {
  switch (kind) {
    case "everybody":
      return "everybody";
    case "identity-provider":
      return principal.split("/").at(-1) ?? principal;
    case "deleted":
      return `a deleted principal (${principal})`;
    default:
      return vendor ? vendor.name : `account ${account}`;
  }
}
