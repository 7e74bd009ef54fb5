import { accountOfPrincipal, isAccountId } from "../policy/arn";
import type { Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { externalIdRule } from "../vendors/externalId";
import { isWhole, trustingStatements } from "./documentFacts";
import { namesSame } from "./expectedTrust";
import { isExternalIdKey, meansExternalId, requireExternalIdFixes, requiresExternalId } from "./externalIds";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { hasPlainConditions } from "./policyElements";
import { narrowsCaller } from "./principalAccountRoot";

/**
 * A role of another account may assume this one without an external ID: an error when the vendor asks for one; else a
 * word on the confused deputy, where no other condition says who the caller acts for.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function externalIdMissing(document: CheckedDocument): Finding[] {
  const { vendor, expectedTrust, context } = document;
  const rule = vendor && externalIdRule(vendor, context.integration?.manifest);
  const asked = expectedTrust?.some(({ conditions }) => conditions.some(({ key }) => isExternalIdKey(key)));
  const required = rule?.required === true && asked !== false;
  // A vendor that is known and has no external IDs could not pass one.
  if ((vendor !== undefined && !required) || !isWhole(document)) return [];
  return trustingStatements(document).flatMap((statement) => {
    if (!hasPlainConditions(statement) || statement.conditions.some(requiresExternalId)) return [];
    // Under a wrong name it is condition-key-unknown's.
    if (statement.conditions.some(({ key }) => meansExternalId(key.value))) return [];
    if (!required) return confusedDeputy(document, statement);
    const wanted = (expectedTrust ?? []).flatMap(({ principals }) => principals);
    const trusted = statement.principals.find(({ node }) => wanted.some((value) => namesSame(value, node.value)));
    if (trusted === undefined) return [];
    return [
      {
        check: "external-id-missing",
        severity: "error",
        message: `${vendor?.name ?? "The vendor"} asks for an external ID, and without it another customer who knows the role’s name could have ${vendor?.name ?? "the vendor"} use this role.`,
        range: contentRange(document.text, trusted.node),
        fixes: requireExternalIdFixes(document, statement),
      },
    ];
  });
}

function confusedDeputy(document: CheckedDocument, statement: Statement): Finding[] {
  if (statement.conditions.some(narrowsCaller)) return [];
  const other = statement.principals.find(({ type, node }) => {
    const account = accountOfPrincipal(node.value);
    // A whole account is principal-account-root's; a user is mostly one made for the vendor in the own account.
    if (type !== "AWS" || account === undefined || !/:(role|assumed-role)\//.test(node.value)) return false;
    return isAccountId(account) && !hasPlaceholder(node.value);
  });
  if (other === undefined) return [];
  return [
    {
      check: "external-id-missing",
      severity: "information",
      message: `If account ${accountOfPrincipal(other.node.value)} is a vendor’s, ask it for an external ID: without one another of its customers could have the vendor use this role (the confused deputy).`,
      range: contentRange(document.text, other.node),
      fixes: requireExternalIdFixes(document, statement),
    },
  ];
}
