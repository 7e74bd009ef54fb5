import { accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { ConditionEntry } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { trustingStatements } from "./documentFacts";
import { requireExternalIdFixes } from "./externalIds";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { hasPlainConditions } from "./policyElements";

/**
 * A whole account is trusted, with no condition that says who in it. Where the vendor is known, the comparison with whom
 * it names is principal-mismatch's and condition-mismatch's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function principalAccountRoot(document: CheckedDocument): Finding[] {
  const { expectedTrust, text } = document;
  if (expectedTrust?.some(({ principals }) => principals.length > 0)) return [];
  const findings: Finding[] = [];
  for (const statement of trustingStatements(document)) {
    if (!hasPlainConditions(statement) || statement.conditions.some(narrowsCaller)) continue;
    for (const { type, node } of statement.principals) {
      if (type !== "AWS" || !isWholeAccount(node.value) || hasPlaceholder(node.value)) continue;
      const account = accountOfPrincipal(node.value);
      findings.push({
        check: "principal-account-root",
        severity: "warning",
        message: `This trusts all of account ${account}, so every user and role there that may assume roles could use this one: name the role, or add a condition such as an external ID.`,
        range: contentRange(text, node),
        fixes: requireExternalIdFixes(document, statement),
      });
    }
  }
  return findings;
}

function isWholeAccount(principal: string): boolean {
  return isAccountId(principal) || parseArn(principal)?.resource === "root";
}

/** The account says nothing new about who it is, and so does how the call comes in. */
export function narrowsCaller({ key, operator }: ConditionEntry): boolean {
  return (
    !/^aws:(PrincipalAccount|SecureTransport|CurrentTime|RequestedRegion|EpochTime)$/i.test(key.value) &&
    !/IfExists$|^Null$/.test(operator.value)
  );
}
