import type { StringNode } from "../policy/json";
import type { PolicyDocument, PrincipalValue, Statement } from "../policy/policyDocument";
import { isTrustStatement } from "../policy/readPolicy";
import { contentRange } from "../policy/stringRange";
import { allows, trustPolicy } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { removeItem, replaceNode } from "./textEdits";

/**
 * Actions that a role's trust policy can't have ("AssumeRole policy may only specify STS AssumeRole actions"), and those
 * of STS that nobody of the statement's Principal can call.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function actionMisplaced(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of rolePolicy(document)?.statements ?? []) {
    for (const node of statement.actions) {
      const isUsual = node.value === "sts:AssumeRole" && statement.principals.some(({ type }) => type === "AWS");
      const problem = isUsual
        ? undefined
        : (otherService(document, statement, node) ?? otherCaller(document, statement, node));
      if (problem === undefined) continue;
      const { message, fixes } = problem;
      const range = contentRange(document.text, node);
      findings.push({ check: "action-misplaced", severity: "error", message, range, fixes });
    }
  }
  return findings;
}

type Problem = Pick<Finding, "message" | "fixes">;

/** A trust policy, also one that only an action of another service keeps from being told as such. */
function rolePolicy(document: CheckedDocument): PolicyDocument | undefined {
  const { policy, context } = document;
  const trust = trustPolicy(document);
  if (trust !== undefined || policy?.kind !== "unknown" || context.integration || context.kind) return trust;
  const assumes = policy.statements.some(({ actions }) => actions.some(({ value }) => /^sts:AssumeRole/i.test(value)));
  return assumes && policy.statements.every(isTrustStatement) ? policy : undefined;
}

function otherService({ context }: CheckedDocument, statement: Statement, node: StringNode): Problem | undefined {
  const { value } = node;
  const [service = ""] = value.split(":");
  // What is no service at all is action-unknown's, or a placeholder's.
  if (/^sts$/i.test(service) || context.reference?.serviceName(service) === undefined) return undefined;
  return {
    message: `A trust policy only says who may assume the role, so AWS would refuse ${value} in it: that belongs in the permissions policy.`,
    fixes: statement.actions.some((other) => /^sts:/i.test(other.value)) ? removal(statement, node) : [],
  };
}

function otherCaller(document: CheckedDocument, statement: Statement, node: StringNode): Problem | undefined {
  const { principals, actions } = statement;
  const { value } = node;
  if (principals.length === 0 || !allows(statement) || !/^sts:AssumeRole(With(SAML|WebIdentity))?$/i.test(value))
    return;
  const called = new Set(principals.map(actionOf));
  // Whom the vendor does not name is principal-mismatch's.
  if (document.expectedTrust !== undefined && !called.has("sts:AssumeRole")) return;
  if ([...called].some((action) => action === undefined || action.toLowerCase() === value.toLowerCase())) return;
  const [only = "", ...more] = called;
  const fixes = actions.some((other) => other.value === only)
    ? removal(statement, node)
    : [{ title: `Replace by ${only}`, edits: [replaceNode(node, only)], safe: false }];
  return {
    message: `Nobody who is named here can call ${value}, so it lets nobody in: they would call ${[only, ...more].join(" or ")}.`,
    fixes: more.length > 0 ? [] : fixes,
  };
}

/** The action with which a principal assumes a role; undefined where that can't be told. */
function actionOf({ type, node: { value } }: PrincipalValue): string | undefined {
  if (type === "AWS" || type === "Service") return value === "*" ? undefined : "sts:AssumeRole";
  if (type !== "Federated") return undefined;
  if (value.includes(":saml-provider/")) return "sts:AssumeRoleWithSAML";
  const isOidc = /:oidc-provider\/|^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value);
  return isOidc ? "sts:AssumeRoleWithWebIdentity" : undefined;
}

function removal({ elements }: Statement, node: StringNode): readonly Fix[] {
  const list = elements.get("Action")?.value;
  const edit = list?.kind === "array" ? removeItem(list.items, node) : undefined;
  return edit === undefined ? [] : [{ title: `Remove ${node.value}`, edits: [edit], safe: true }];
}
