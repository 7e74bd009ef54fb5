import { resourcePolicy } from "../../integration/accessDocuments";
import { awsPolicySentences } from "../../integration/awsPolicySentences";
import { explainContext } from "../../integration/explainContext";
import type { Integration } from "../../integration/integration";
import { refusals } from "../../policy/explain/accessStatements";
import { explain } from "../../policy/explain/explain";
import { grantsMarkdown } from "../../policy/explain/markdown";
import { codeSpan, escapeMarkdown } from "../../policy/markdownText";
import { parseJson } from "../../policy/parseJson";
import type { PolicyDocument } from "../../policy/policyDocument";
import { readPolicy } from "../../policy/readPolicy";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import type { DocumentRole } from "../../vendors/manifest";

/** What an integration grants, as a page of Markdown: who may do what, the dangerous first. */
export function explanationPage(integration: Integration, reference: ServiceReference): string {
  const { name, definition, documents, manifest } = integration;
  const named = manifest.documents;
  const permissions = policyOf(integration, "permissions");
  const trust = policyOf(integration, "trust");
  const resource = resourcePolicy(integration);
  const byAws = awsPolicySentences(integration);
  const lines = [
    `# ${escapeMarkdown(definition.name)}: what it may do`,
    `The integration ${codeSpan(name)}, by its documents as they are now.`,
  ];
  if (documents.some(({ findings }) => findings.some(({ severity }) => severity === "error"))) {
    lines.push("⚠ The documents have errors: this is about what can be read of them.");
  }
  lines.push(...byAws.map(escapeMarkdown));
  if (permissions === undefined && named.permissions !== undefined)
    lines.push("There is no permissions policy that can be read, so the role may do nothing.");
  if (trust === undefined && named.trust !== undefined)
    lines.push("There is no trust policy that can be read: who may assume the role is not known.");
  if (resource === undefined && (named.bucketPolicy ?? named.keyPolicy) !== undefined)
    lines.push("There is no policy of a bucket or a key that can be read: what it lets the vendor do is not known.");
  if (!permissions && !trust && !resource) return `${lines.join("\n\n")}\n`;
  const access = {
    ...(permissions ? { permissions: [permissions] } : trust && { permissions: [] }),
    ...(trust && { trust }),
    ...(resource && { resource }),
  };
  const context = explainContext(integration);
  lines.push(...refusals(access).map((reason) => `⚠ A statement has no effect: ${escapeMarkdown(reason)}.`));
  const grants = explain(access, context, reference);
  if (grants.length === 0 && permissions !== undefined && trust !== undefined) {
    const whatever = explain({ permissions: [permissions] }, context, reference);
    if (whatever.length > 0) {
      lines.push("**Nobody may assume the role**, so nobody gets any of the following.", grantsMarkdown(whatever));
      return `${lines.join("\n\n")}\n`;
    }
  }
  // What AWS's own policies allow is said already.
  if (grants.length > 0 || byAws.length === 0) lines.push(grantsMarkdown(grants));
  return `${lines.join("\n\n")}\n`;
}

function policyOf({ documents }: Integration, role: DocumentRole): PolicyDocument | undefined {
  const text = documents.find((each) => each.role === role)?.text;
  return text === undefined ? undefined : readPolicy(parseJson(text));
}
