import { explain } from "../../policy/explain/explain";
import type { AccessDocuments } from "../../policy/explain/explanation";
import { grantSentences } from "../../policy/explain/sentences";
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
  const sentences = grantSentences(grants);
  if (sentences.length === 0) return "**Grants nothing**: no action here can ever match a resource beside it.";
  const dangers = new Set(grants.flatMap((grant) => grant.dangers.map(({ text }) => text)));
  return [
    sentences.length === 1 ? sentences[0] : sentences.map((sentence) => `- ${sentence}`).join("\n"),
    ...[...dangers].map((text) => `$(warning) ${text}`),
  ].join("\n\n");
}

function documentsOf(policy: PolicyDocument, statement: Statement): AccessDocuments {
  if (isTrustStatement(statement)) return { trust: policy };
  return isPermissionsStatement(statement) ? { permissions: [policy] } : { resource: policy };
}
