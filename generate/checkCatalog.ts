// Lists facts of the catalog that somebody should look up again, and definitions without a page that they are from.
import { catalog } from "../src/vendors/catalog";
import type { VendorDefinition } from "../src/vendors/definition";

/** After so many days a vendor's page may say something else. */
const days = 180;
const day = 24 * 60 * 60 * 1000;

export interface OldFacts {
  readonly vendor: string;
  readonly message: string;
}

/** What is wrong with the sources of the catalog on a day. Superseded pages don't change any more. */
export function oldFacts(vendors: readonly VendorDefinition[], today: Date): readonly OldFacts[] {
  return vendors.flatMap(({ id, sources }) => {
    const pages = sources.filter((source) => source.id !== "ours");
    const current = pages.filter(({ status }) => status === "current");
    const old = current
      .map(({ title, url, checked }) => ({
        title,
        url,
        age: Math.floor((today.getTime() - Date.parse(checked)) / day),
      }))
      .filter(({ age }) => !(age <= days))
      .map(({ title, url, age }) => `${title}${url ? ` (${url})` : ""} was looked up ${age} days ago`);
    const without = current.length === 0 ? ["no page of the vendor is named as a source"] : [];
    return [...without, ...old].map((message) => ({ vendor: id, message }));
  });
}

if (require.main === module) {
  const found = oldFacts(catalog, new Date());
  for (const { vendor, message } of found) console.log(`${vendor}: ${message}`);
  console.log(`${catalog.length} vendors, ${found.length} to look up again (facts older than ${days} days).`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
