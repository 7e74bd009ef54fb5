import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { checkManifest } from "../../../src/checks/checkManifest";
import type { CheckContext, Finding } from "../../../src/checks/finding";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { ParameterValue } from "../../../src/vendors/manifest";
import exampleVendor from "../../fixtures/vendors/example-vendor.json";
import selfTrustingVendor from "../../fixtures/vendors/self-trusting-vendor.json";

/** A made-up vendor with what none of the catalog has: several principals, and external IDs that it gives. */
export const exampleDefinition = exampleVendor as unknown as VendorDefinition; // a test validates the file by its schema

/** Another one: its role must be able to assume itself, and it takes no bucket with dots in its name. */
export const selfTrustingDefinition = selfTrustingVendor as unknown as VendorDefinition; // a test validates the file by its schema

/** One example of docs/checks.md. */
export interface DocumentedExample {
  /** The heading of its entry. */
  readonly check: string;
  /** The sentence before it that says where the document belongs; "" for a document of anybody. */
  readonly where: string;
  readonly document: string;
  readonly report: string;
  readonly repaired: string;
  /** What is filled in after the fix for `<external-id>`, or for the placeholder of the made-up vendor. */
  readonly filledIn: string | undefined;
}

/** Entries are `## check-id`; their examples are the blocks json, text, json, in this order. */
export function readExamples(page: string): readonly DocumentedExample[] {
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap((entry) => {
      const check = entry.slice(0, entry.indexOf("\n")).trim();
      const stands = /`␣` stands for a no-break space/.test(entry);
      const pattern =
        /((?:^In [^\n]*\n\n)?)```json\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```\n\n([^\n]*)\n\n```json\n([\s\S]*?)```/gm;
      return Array.from(
        entry.matchAll(pattern),
        ([, where = "", document = "", report = "", how = "", repaired = ""]) => ({
          check,
          where: where.trim(),
          document: stands ? document.replaceAll("␣", "\u00a0") : document,
          report: report.trim(),
          repaired,
          filledIn: /with `([^`]+)` filled in/.exec(how)?.[1],
        }),
      );
    });
}

/**
 * "In an integration of `activeloop-deep-lake` with the bucket `training-data`, as its permissions policy:" as the
 * context of a check.
 */
export function contextOf(where: string): CheckContext {
  const [, vendor] = /integration of `([^`]+)`/.exec(where) ?? [];
  const [, role] = /as its (permissions|trust) policy/.exec(where) ?? [];
  const madeUp = [exampleDefinition, selfTrustingDefinition].find(({ id }) => id === vendor);
  const definition = madeUp ?? (vendor === undefined ? undefined : findVendor(vendor));
  if (definition === undefined || (role !== "permissions" && role !== "trust")) return { vendors: catalog };
  const [, named = ""] = /with the buckets? ((?:`[^`]+`(?: and )?)+)/.exec(where) ?? [];
  const buckets = Array.from(named.matchAll(/`([^`]+)`/g), ([, name = ""]) => name);
  const [, kmsKeyArn] = /the KMS key `([^`]+)`/.exec(where) ?? [];
  const [, account] = /in the account `(\d{12})`/.exec(where) ?? [];
  const [, region] = /in the region `([^`]+)`/.exec(where) ?? [];
  const [, encrypted, key] = /says that `([^`]+)` is encrypted with `([^`]+)`/.exec(where) ?? [];
  const parameters: { [name: string]: ParameterValue } = { buckets };
  if (kmsKeyArn !== undefined) parameters.kmsKeyArn = kmsKeyArn;
  const manifest = {
    id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
    vendor: definition.id,
    accessLevel: definition.accessLevels[0]?.id ?? "",
    parameters,
    role: { name: "vendor-access-test" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
  };
  const integration = {
    manifest: { ...manifest, ...(region !== undefined && { region }), ...(account !== undefined && { account }) },
    definition,
    documentRole: role,
  } as const;
  if (encrypted === undefined || key === undefined) return { vendors: catalog, integration };
  const bucket = { name: encrypted, exists: true, kmsKeyArn: key };
  return { vendors: catalog, integration, buckets: [region === undefined ? bucket : { ...bucket, region }] };
}

export function findingsOf(
  text: string,
  { check, where }: Pick<DocumentedExample, "check" | "where">,
  reference: ServiceReference,
): readonly Finding[] {
  if (!check.startsWith("manifest-")) return checkDocument(text, { ...contextOf(where), reference });
  const files = new Set(["permissions-policy.json", "trust-policy.json"]);
  return checkManifest(text, { vendors: catalog, fileExists: (name) => files.has(name) }).findings;
}

/** `line:column severity check: message`, one line for each finding. */
export function reportOf(text: string, findings: readonly Finding[]): string {
  return findings
    .map(({ check, severity, message, range }) => {
      const before = text.slice(0, range.offset).split("\n");
      return `${before.length}:${(before.at(-1) ?? "").length + 1} ${severity} ${check}: ${message}`;
    })
    .join("\n");
}

/** After the safe fixes; where there is none, after the first that is offered. Undefined when nothing is. */
export function fixed(
  text: string,
  example: Pick<DocumentedExample, "check" | "where" | "filledIn">,
  reference: ServiceReference,
): string | undefined {
  const repaired = fixedAsOffered(text, example, reference);
  const { filledIn } = example;
  return filledIn === undefined
    ? repaired
    : repaired?.replace(/<external-id>|"0000"/g, (text) =>
        text.startsWith("<") ? filledIn : JSON.stringify(filledIn),
      );
}

function fixedAsOffered(
  text: string,
  example: Pick<DocumentedExample, "check" | "where">,
  reference: ServiceReference,
): string | undefined {
  const safe = applySafeFixes(text, (current) => findingsOf(current, example, reference));
  if (safe.fixed > 0) return safe.text;
  const [fix] = findingsOf(text, example, reference).flatMap(({ fixes }) => fixes);
  return fix === undefined ? undefined : applyEdits(text, fix.edits);
}
