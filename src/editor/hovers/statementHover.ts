import { explain } from "../../policy/explain/explain";
import type { AccessDocuments } from "../../policy/explain/explanation";
import { grantsMarkdown } from "../../policy/explain/markdown";
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
  const alone = { ...policy, statements: [statement] };
  const grants = explain(
    documentsOf(alone, statement),
    {
      ...(ownAccount !== undefined && { account: ownAccount }),
      ownerOf: (principal) => knownPrincipal(principal, vendors)?.vendor.name,
    },
    reference,
  );
  return grants.length === 0
    ? "**Grants nothing**: no action here can ever match a resource beside it."
    : grantsMarkdown(grants);
}

function documentsOf(policy: PolicyDocument, statement: Statement): AccessDocuments {
  if (isTrustStatement(statement)) return { trust: policy };
  return isPermissionsStatement(statement) ? { permissions: [policy] } : { resource: policy };
}
