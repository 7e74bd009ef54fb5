import { contentRange } from "../policy/stringRange";
import { expectedPrincipals, vendorStatements } from "./expectedTrust";
import type { CheckedDocument, Finding } from "./finding";
import { removeFixes, replaceFixes } from "./principals";
import { isUniqueId } from "./uniqueId";

/**
 * The unique id of a role or a user that was deleted: AWS shows it in the place of the ARN, and making one of the same
 * name again does not bring the trust back.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
export function principalOrphaned(document: CheckedDocument): Finding[] {
  const { policy, text, vendor, expectedTrust } = document;
  const findings: Finding[] = [];
  for (const statement of policy?.statements ?? []) {
    for (const principal of statement.principals) {
      const { node } = principal;
      if (principal.type !== "AWS" || !isUniqueId(node.value)) continue;
      const kind = /^AROA/.test(node.value) ? "role" : /^AIDA/.test(node.value) ? "user" : "principal";
      const wanted = expectedPrincipals(vendorStatements(expectedTrust ?? []));
      const known = wanted.length > 0 && expectedTrust?.every((expected) => expected.statement() !== undefined);
      findings.push({
        check: "principal-orphaned",
        severity: "error",
        message: `This is the id of a ${kind} that was deleted, so nobody can use this trust any more, ${vendor === undefined ? "not even after one of the same name is made again" : `${vendor.name} included`}.`,
        range: contentRange(text, node),
        fixes: known ? replaceFixes({ principal, statement }, wanted) : removeFixes({ principal, statement }, false),
      });
    }
  }
  return findings;
}
