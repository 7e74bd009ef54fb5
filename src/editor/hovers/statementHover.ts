import { explain } from "../../policy/explain/explain";
import type { AccessDocuments } from "../../policy/explain/explanation";
import { grantsMarkdown } from "../../policy/explain/markdown";
import { codeSpan } from "../../policy/markdownText";
import type { PolicyDocument, Statement } from "../../policy/policyDocument";
import { isPermissionsStatement, isTrustStatement } from "../../policy/readPolicy";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import { knownPrincipal } from "../../vendors/knownPrincipal";
import type { PrincipalContext } from "./principalHover";

/** The grant of one statement in words, as Markdown: what it allows by itself, or what it denies. */
export function statementHover(
  policy: PolicyDocument,
  statement: Statement,
  context: PrincipalContext & { readonly reference: ServiceReference },
): string | undefined {
  const { vendors, ownAccount, reference } = context;
  const effect = statement.effect?.value;
  if (effect === "Deny") return "**Denies** its actions on its resources, whatever else allows them.";
  if (effect !== "Allow") return undefined;
  const known = statement.resources.filter(({ value }) => !isFilledIn(value));
  const alone = { ...policy, statements: [{ ...statement, resources: known }] };
  const grants = explain(
    documentsOf(alone, statement),
    {
      ...(ownAccount !== undefined && { account: ownAccount }),
      ownerOf: (principal) => knownPrincipal(principal, vendors)?.vendor.name,
    },
    reference,
  );
  const open = statement.resources.filter(({ value }) => isFilledIn(value)).map(({ value }) => codeSpan(value));
  const actions = statement.actions.map(({ value }) => codeSpan(value));
  const named = actions.length > 0 && actions.length <= mostActions ? actions.join(", ") : "its actions";
  const rest = `${named} on what is filled in later: ${open.join(", ")}.`;
  if (grants.length > 0) return open.length > 0 ? `${grantsMarkdown(grants)}\n\nAnd ${rest}` : grantsMarkdown(grants);
  return open.length > 0
    ? `**Allows** ${rest}`
    : "**Grants nothing**: no action here can ever match a resource beside it.";
}

/** Named one by one. */
const mostActions = 6;

/** Of a template: whose resources they will be is not known. */
function isFilledIn(resource: string): boolean {
  return /^(\{\{|\$\{)/.test(resource);
}

function documentsOf(policy: PolicyDocument, statement: Statement): AccessDocuments {
  if (policy.kind === "bucket" || policy.kind === "key") return { resource: policy };
  if (isTrustStatement(statement)) return { trust: policy };
  return isPermissionsStatement(statement) ? { permissions: [policy] } : { resource: policy };
}
