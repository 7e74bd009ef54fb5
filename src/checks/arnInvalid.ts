import { accountOfPrincipal, isAccountId, parseArn, resourceOffset } from "../policy/arn";
import type { StringNode } from "../policy/json";
import type { PrincipalValue, Statement } from "../policy/policyDocument";
import { stringRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import { type ArnProblem, arnProblem } from "./arnProblem";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { isKeyIdOrAlias } from "./kmsKeyArnInvalid";
import { hasPlaceholder } from "./placeholderTokens";
import { isTemplateText } from "./policyElements";
import { moveFixes } from "./principalInvalid";
import { isPublicPrincipal } from "./principalPublic";
import { replaceNode } from "./textEdits";
import { isUniqueId } from "./uniqueId";

/**
 * A resource or an AWS principal that is no ARN, or one with a part that AWS does not have.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function arnInvalid(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  // Where the vendor says who it is, the comparison with that is enough.
  const judged = document.expectedTrust?.some(({ principals }) => principals.length > 0) === true;
  for (const statement of document.policy?.statements ?? []) {
    for (const node of statement.resources) add(document, node, resourceProblem(document, statement, node), findings);
    for (const node of statement.notResources)
      add(document, node, resourceProblem(document, statement, node), findings);
    if (judged) continue;
    for (const principal of statement.principals) addPrincipal(document, statement, principal, findings);
    for (const principal of statement.notPrincipals) addPrincipal(document, statement, principal, findings);
  }
  return findings;
}

function add(
  { text }: CheckedDocument,
  node: StringNode,
  problem: ArnProblem | undefined,
  findings: Finding[],
  fixes?: readonly Fix[],
): void {
  if (problem === undefined) return;
  const { message, start, length, replacement } = problem;
  const repair: readonly Fix[] =
    replacement === undefined
      ? []
      : [{ title: `Replace by ${replacement}`, edits: [replaceNode(node, replacement)], safe: true }];
  findings.push({
    check: "arn-invalid",
    severity: "error",
    message,
    range: length === 0 ? { offset: node.offset, length: node.length } : stringRange(text, node, start, length),
    fixes: fixes ?? repair,
  });
}

/** What can't be judged: everything, a template of another tool, a placeholder. */
function isOpen({ vendor }: CheckedDocument, value: string): boolean {
  if (value === "*" || isTemplateText(value)) return true;
  const literals = vendor?.parameters.flatMap(({ placeholders }) => placeholders) ?? [];
  return hasPlaceholder(value, literals);
}

function resourceProblem(
  document: CheckedDocument,
  { actions }: Statement,
  { value }: StringNode,
): ArnProblem | undefined {
  // Nearly every resource is a correct ARN, so that is found out first.
  const problem = arnProblem(value);
  if (problem === undefined && value.startsWith("arn:")) return undefined;
  if (isOpen(document, value)) return undefined;
  if (problem !== undefined) return problem;
  if (hasWildcard(value) && !/^[a-z0-9.-]+\/\*$/.test(value)) return undefined;
  const { policy, context } = document;
  // Amazon API Gateway and others have short forms of their own in their resource policies.
  if (policy?.kind === "unknown" && context.integration === undefined) return undefined;
  const usesKeys = actions.some((action) => /^kms:/i.test(action.value));
  if (usesKeys && isKeyIdOrAlias(value)) return undefined;
  return {
    message:
      "A resource is * or an ARN such as arn:aws:s3:::bucket/*, and this is neither, so AWS would refuse the document.",
    start: 0,
    length: value.length,
  };
}

function addPrincipal(
  document: CheckedDocument,
  statement: Statement,
  principal: PrincipalValue,
  findings: Finding[],
): void {
  const { type, node } = principal;
  const { value } = node;
  if (type !== "AWS" || isAccountId(value) || isPublicPrincipal(value) || isUniqueId(value) || isOpen(document, value))
    return;
  if (value.endsWith(".amazonaws.com")) {
    const message =
      'This is a service of AWS: as a principal of the kind "AWS" it would be refused; it belongs under "Service".';
    add(
      document,
      node,
      { message, start: 0, length: value.length },
      findings,
      moveFixes(statement, principal, "Service"),
    );
    return;
  }
  add(document, node, principalProblem(value), findings);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#Principal_specifying */
function principalProblem(value: string): ArnProblem | undefined {
  const whole = (message: string): ArnProblem => ({ message, start: 0, length: value.length });
  const digits = value.replace(/[\s-]/g, "");
  if (/^[\d\s-]+$/.test(value)) {
    const message = "An AWS account id has 12 digits, without hyphens or blanks, so AWS would refuse the document.";
    return isAccountId(digits) ? { ...whole(message), replacement: digits } : whole(message);
  }
  const problem = arnProblem(value);
  if (problem !== undefined) return problem;
  const arn = parseArn(value);
  if (arn === undefined) {
    return whole("An AWS principal is an account id or the ARN of a role or a user, so AWS would refuse the document.");
  }
  const { service, resource, account } = arn;
  if (account === "cloudfront") return undefined;
  const [kind = ""] = resource.split("/");
  if (service !== "iam" && service !== "sts") {
    return whole(
      `A resource of ${service} can’t be a principal, so AWS would refuse the document: name a role or a user.`,
    );
  }
  const wildcard = resource.search(/[*?]/);
  if (wildcard >= 0) {
    const message = `AWS takes no wildcard in a principal and would refuse the document: trust the account ${accountOfPrincipal(value) ?? ""} and compare aws:PrincipalArn in a condition.`;
    return { message, start: resourceOffset(arn) + wildcard, length: 1 };
  }
  const accepted = service === "iam" ? ["root", "role", "user"] : ["assumed-role", "federated-user", "self"];
  return accepted.includes(kind)
    ? undefined
    : whole(
        `A ${kind === "" ? "thing without a name" : kind} can’t be a principal, so AWS would refuse the document: name a role or a user.`,
      );
}
