import { hasPlaceholder } from "../../checks/placeholderTokens";
import { hasName } from "../../policy/repair/hasName";
import type { Source, VendorDefinition } from "../../vendors/definition";
import { knownForms, knownPrincipal } from "../../vendors/knownPrincipal";
import { recogniseVendor } from "../../vendors/recogniseVendor";
import { accountsIn, principalsIn } from "./explanations";
import type { FoundDocument } from "./pageDocuments";
import { pageVersion, sourceOfPage } from "./pageVersion";

export interface RecognisedPage {
  readonly vendor: VendorDefinition;
  /** What told it: the documents, an account or principal in the text, or only the vendor's name. */
  readonly by: "documents" | "principal" | "name";
  /** The version of the page that the catalog knows and that this seems to be. */
  readonly source: Source | undefined;
  /** Principals of the page that the vendor no longer names, and who takes their place. */
  readonly retired: readonly string[];
  /** Principals of the page that the catalog does not know: the page may be newer than it. */
  readonly unknown: readonly string[];
  /** Principals that the catalog has and this page lacks, where it trusts others. */
  readonly missing: readonly string[];
}

/** Whose page it is, of the vendors that are known. Undefined when nobody's, or when two are as likely. */
export function recognisePage(
  { text, title }: { readonly text: string; readonly title: string | undefined },
  documents: readonly FoundDocument[],
  vendors: readonly VendorDefinition[],
): RecognisedPage | undefined {
  const byDocuments = documents.flatMap(({ policy }) => {
    const vendor = policy && recogniseVendor(policy, vendors);
    return vendor === undefined ? [] : [vendor];
  });
  const inDocuments = mostFrequent(byDocuments);
  if (inDocuments !== undefined) return about(inDocuments, "documents", text, documents, vendors);
  const named = [...principalsIn(text), ...accountsIn(text)]
    .slice(0, mostNames)
    .flatMap((name) => knownPrincipal(name, vendors)?.vendor ?? []);
  const byPrincipal = mostFrequent(named);
  if (byPrincipal !== undefined) return about(byPrincipal, "principal", text, documents, vendors);
  const byName = vendorByName(text, title, vendors);
  return byName && about(byName, "name", text, documents, vendors);
}

function about(
  vendor: VendorDefinition,
  by: RecognisedPage["by"],
  text: string,
  documents: readonly FoundDocument[],
  vendors: readonly VendorDefinition[],
): RecognisedPage {
  const names = trustedBy(documents);
  const retired = names.flatMap((name) => {
    const known = knownPrincipal(name, vendors);
    return known?.vendor === vendor && known.principal?.status === "retired"
      ? [{ name, source: known.principal.source }]
      : [];
  });
  const sources = new Set(retired.map(({ source }) => source));
  const unknown = names.filter((name) => /\d{12}/.test(name) && knownPrincipal(name, vendors)?.vendor !== vendor);
  const current = vendor.principals
    .filter(({ status, when }) => status === "current" && when === undefined)
    .flatMap(({ value }) => knownForms(value, vendor.parameters));
  const trusted = new Set(names.map((name) => name.replace(/^arn:aws(-[a-z-]+)?:/, "arn:aws:")));
  return {
    vendor,
    by,
    source: by === "name" || unknown.length > 0 ? undefined : sourceOfPage(vendor, text, pageVersion(text), sources),
    retired: retired.map(({ name }) => name),
    unknown: unknown.filter((name) => !hasPlaceholder(name)),
    missing: retired.length === 0 ? [] : current.filter((name) => !trusted.has(name)),
  };
}

/** More than any page names. */
const mostNames = 2000;

/** Everybody whom the documents let in. */
function trustedBy(documents: readonly FoundDocument[]): readonly string[] {
  const names = documents.flatMap(({ policy }) =>
    (policy?.statements ?? []).flatMap(({ principals }) =>
      principals.filter(({ type }) => type === "AWS").map(({ node }) => node.value),
    ),
  );
  return [...new Set(names)].slice(0, mostNames);
}

function mostFrequent(vendors: readonly VendorDefinition[]): VendorDefinition | undefined {
  const counts = new Map<VendorDefinition, number>();
  for (const vendor of vendors) counts.set(vendor, (counts.get(vendor) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const [first, second] = sorted;
  return first !== undefined && first[1] !== second?.[1] ? first[0] : undefined;
}

/** Only the name is weak: it counts when no other vendor is named as often, and a word of everyday use must be in the title. */
function vendorByName(
  text: string,
  title: string | undefined,
  vendors: readonly VendorDefinition[],
): VendorDefinition | undefined {
  const counted = vendors
    .map((vendor) => {
      const name = vendor.name.replace(/\s*\(.*\)$/, "");
      const count = hasName(text, name) ? text.split(name).length - 1 : 0;
      return { vendor, count: everyday.has(name) && !hasName(title ?? "", name) ? Math.floor(count / 3) : count };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const [first, second] = counted;
  return first !== undefined && first.count > 2 * (second?.count ?? 0) ? first.vendor : undefined;
}

/** Names that are words of a page about data as well. */
const everyday = new Set([
  "Segment",
  "Extract",
  "Stitch",
  "Census",
  "Snowflake",
  "Databricks",
  "Materialize",
  "Lightly",
]);
