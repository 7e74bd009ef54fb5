import { parseArn } from "../policy/arn";
import { evaluate } from "../policy/evaluate/evaluate";
import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { allowsEverything, policyOf } from "../policy/policyOf";
import { contentRange } from "../policy/stringRange";
import { toValue } from "../policy/toValue";
import { hasWildcard } from "../policy/wildcards";
import { allows, trustPolicy } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlainConditions } from "./policyElements";
import { providerPublic } from "./providerPublic";

/**
 * A trust policy that lets anyone in: `*`, `{"AWS": "*"}`, a wildcard instead of an account, with no condition that says
 * who. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
export function principalPublic(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of trustPolicy(document)?.statements ?? []) {
    if (!allows(statement) || !hasPlainConditions(statement)) continue;
    const found = publicPrincipals(document, statement);
    if (found.length > 0 && letsStrangersIn(statement)) findings.push(...found);
    providerPublic(document, statement, findings);
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

/** Somebody whom nobody meant, with an account and an address of their own, in an organisation or in none. */
const stranger = {
  principal: { kind: "role", arn: "arn:aws:iam::999999999999:role/anybody", id: "AROAANYBODYANYBODY99" },
  action: "sts:AssumeRole",
  resource: { arn: "arn:aws:iam::888888888888:role/role", account: "888888888888" },
} as const;
const alone = { "aws:userid": "AROAANYBODYANYBODY99:session", "aws:SourceIp": "203.0.113.99" };
const organized = {
  ...alone,
  "aws:PrincipalOrgID": "o-9999999999",
  "aws:PrincipalOrgPaths": ["o-9999999999/r-9999/"],
};

/**
 * Would AWS let a stranger in who fulfils every condition that does not say who they are? They may have any policies in
 * their own account.
 */
function letsStrangersIn({ node }: Statement): boolean {
  const statement = toValue(node);
  if (!isObject(statement)) return false;
  const { Condition: conditions, NotPrincipal: _, ...rest } = statement;
  const Condition = isObject(conditions) ? onlyNarrowing(conditions) : {};
  const everyone = { ...rest, Action: stranger.action, Principal: "*", Condition };
  const resource = policyOf({ Version: "2012-10-17", Statement: [everyone] });
  if (resource === undefined) return false;
  return [alone, organized].some(
    (context) => evaluate({ ...stranger, context }, { identity: allowsEverything, resource }).result === "Allowed",
  );
}

function onlyNarrowing(conditions: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      isObject(keys)
        ? Object.fromEntries(
            Object.entries(keys).filter(([key, values]) => narrowingKeys.has(key.toLowerCase()) && !isEveryArn(values)),
          )
        : keys,
    ]),
  );
}

/** `*` for a whole ARN: AWS's documentation does not say whether it matches, so it narrows nothing here. */
function isEveryArn(values: JsonValue): boolean {
  return [values].flat().some((value) => typeof value === "string" && /^[*?:/]*$/.test(value));
}
