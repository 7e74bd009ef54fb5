import type { Category, VendorDefinition } from "./definition";

/** In the order in which vendors are listed. */
export const categoryTitles: { readonly [category in Category]: string } = {
  "machine-learning": "Machine learning",
  annotation: "Data annotation",
  databases: "Databases and warehouses",
  pipelines: "Data pipelines",
  analytics: "Analytics",
  media: "Media",
  observability: "Observability",
  audit: "Security audit",
};

/** What is to be known before a vendor is picked; undefined for most. */
export function vendorNote({ scope, completion, role }: VendorDefinition): string | undefined {
  if (scope === "account") return "reaches your whole account, not one bucket";
  if (completion) return "in two phases";
  return role === undefined ? "by the bucket policy" : undefined;
}
