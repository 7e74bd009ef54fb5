import { contentRange } from "../policy/stringRange";
import { isWhole, trustingStatements } from "./documentFacts";
import { expectedPrincipals, namesSame, vendorStatements } from "./expectedTrust";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { addBeside } from "./textEdits";

/**
 * The vendor names several principals, and one of them is not trusted: a part of its service would be refused. When none
 * is, that is principal-mismatch.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMissing(document: CheckedDocument): Finding[] {
  const { vendor, expectedTrust } = document;
  if (expectedTrust === undefined) return [];
  const wanted = expectedPrincipals(vendorStatements(expectedTrust));
  if (wanted.length < 2 || !isWhole(document)) return [];
  const trusted = trustingStatements(document).flatMap((statement) =>
    statement.principals.flatMap((principal) =>
      principal.type === "AWS" ? [{ statement, node: principal.node }] : [],
    ),
  );
  const last = trusted.findLast(({ node }) => wanted.some((value) => namesSame(value, node.value)));
  if (last === undefined) return [];
  const missing = wanted.filter((value) => !trusted.some(({ node }) => namesSame(value, node.value)));
  return missing.map((value): Finding => {
    const principal = last.statement.elements.get("Principal")?.value;
    const names =
      principal?.kind === "object" ? principal.properties.find(({ key }) => key.value === "AWS")?.value : undefined;
    const fixes: Fix[] = value.includes("{{")
      ? []
      : [{ title: `Add ${value}`, edits: addBeside(document.text, names, last.node, value), safe: true }];
    return {
      check: "principal-missing",
      severity: "warning",
      message: `${vendor?.name ?? "The vendor"} also names ${value.replace(/\{\{\w+\}\}/g, "…")}, which is not trusted here, so a part of its service would be refused.`,
      range: contentRange(document.text, last.node),
      fixes,
    };
  });
}
