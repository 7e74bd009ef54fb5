import { parseArn } from "../policy/arn";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import { allows, trustPolicy } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";

/**
 * A trust policy that lets anyone in: `*`, `{"AWS": "*"}`, a wildcard instead of an account, with no condition that says
 * who. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
export function principalPublic(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of trustPolicy(document)?.statements ?? []) {
    if (!allows(statement) || statement.conditions.some(narrows)) continue;
    findings.push(...publicPrincipals(document, statement));
  }
  return findings;
}

function publicPrincipals({ text }: CheckedDocument, { principals }: Statement): Finding[] {
  return principals
    .filter(({ node }) => isPublicPrincipal(node.value))
    .map(({ node }) => ({
      check: "principal-public",
      severity: "error",
      message:
        node.value === "*"
          ? "This trusts everyone, so anyone with an AWS account, anywhere in the world, could assume the role and use all its permissions."
          : "A principal can’t have a wildcard instead of its account, so AWS would refuse the trust policy or trust every account in the world.",
      range: contentRange(text, node),
      fixes: [],
    }));
}

export function isPublicPrincipal(principal: string): boolean {
  if (principal === "*") return true;
  const account = parseArn(principal)?.account;
  return account !== undefined && hasWildcard(account);
}

/** Keys whose values say who the caller is or where they come from. An external ID does not: it is no secret. */
const narrowingKeys = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "aws:userid",
  "aws:username",
]);

function narrows({ operator, key, values }: ConditionEntry): boolean {
  if (!narrowingKeys.has(key.value.toLowerCase()) || /Not|IfExists|^ForAllValues:|^Null$/.test(operator.value))
    return false;
  return values.length > 0 && values.every((value) => value.kind !== "string" || !matchesEveryone(value.value));
}

function matchesEveryone(value: string): boolean {
  return /^[*?:/]*$/.test(value) || value === "0.0.0.0/0" || value === "::/0" || isPublicPrincipal(value);
}
