import { formatJson } from "../policy/formatJson";
import type { Range } from "../policy/json";
import { isPermissionsStatement, isTrustStatement } from "../policy/readPolicy";
import { contentRange } from "../policy/stringRange";
import { renderDocuments } from "../vendors/render";
import { isWhole, mixes } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { removeItem, replaceRange } from "./textEdits";

/**
 * A trust policy in the place of a permissions policy or the reverse, both in one document, or no policy at all.
 * A permissions policy has no Principal, a trust policy no Resource:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
export function documentMisplaced(document: CheckedDocument): Finding[] {
  const { policy, context } = document;
  const role = context.integration?.documentRole ?? context.kind;
  if (policy === undefined) return notAPolicy(document);
  if (mixes(policy)) return mixedFinding(document);
  if (role === "permissions" && policy.kind !== "permissions" && policy.kind !== "unknown") {
    const what = policy.kind === "trust" ? "a trust policy (who may assume a role)" : `a ${policy.kind} policy`;
    return [
      misplaced(
        document,
        elementRange(document, "Principal", "NotPrincipal"),
        `This is ${what} in the place of the permissions policy, so AWS would refuse it: a permissions policy has no Principal.`,
      ),
    ];
  }
  if (role === "trust" && (policy.kind === "permissions" || policy.kind === "bucket" || policy.kind === "key")) {
    return [
      misplaced(
        document,
        elementRange(document, "Resource", "NotResource"),
        `This is ${policy.kind === "permissions" ? "a permissions policy" : `a ${policy.kind} policy`} in the place of the trust policy, so AWS would refuse it: a trust policy has no Resource.`,
      ),
    ];
  }
  return [];
}

function notAPolicy(document: CheckedDocument): Finding[] {
  const { json, context } = document;
  const role = context.integration?.documentRole;
  if (json.root === undefined || !isWhole(document) || (role !== "permissions" && role !== "trust")) return [];
  return [
    misplaced(
      document,
      { offset: json.root.offset, length: 1 },
      `This is not an IAM policy, but the integration takes it as its ${role} policy, so AWS would refuse it.`,
    ),
  ];
}

function mixedFinding(document: CheckedDocument): Finding[] {
  const { policy, context, text } = document;
  const role = context.integration?.documentRole;
  const wrong = role === "trust" ? isPermissionsStatement : isTrustStatement;
  const statements = policy?.statements.filter(wrong) ?? [];
  const value = policy?.root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  const [first] = statements;
  if (first === undefined || value?.kind !== "array") return [];
  const name = wrong === isTrustStatement ? ["Principal", "NotPrincipal"] : ["Resource", "NotResource"];
  const key = first.node.properties.find((property) => name.includes(property.key.value))?.key;
  const edit = removeItem(value.items, first.node);
  const fixes: Fix[] =
    edit === undefined || statements.length > 1
      ? []
      : [
          {
            title: `Remove this ${wrong === isTrustStatement ? "trust" : "permissions"} statement`,
            edits: [edit],
            safe: false,
          },
        ];
  return [
    {
      check: "document-misplaced",
      severity: "error",
      message:
        "One document holds both who may assume the role and what it may do, so AWS would refuse it: split it into a trust policy and a permissions policy.",
      range: key === undefined ? { offset: first.node.offset, length: 1 } : contentRange(text, key),
      fixes,
    },
  ];
}

function misplaced(document: CheckedDocument, range: Range, message: string): Finding {
  const fixes: Fix[] = [];
  const { integration } = document.context;
  const { documentRole = "cors", definition, manifest } = integration ?? {};
  const rendered = definition && manifest && renderDocuments(definition, manifest)[documentRole];
  if (documentRole !== "cors" && rendered !== undefined) {
    fixes.push({
      title: `Replace the document by ${definition?.name}’s ${documentRole} policy`,
      edits: [replaceRange({ offset: 0, length: document.text.length }, formatJson(rendered))],
      safe: false,
    });
  }
  return { check: "document-misplaced", severity: "error", message, range, fixes };
}

function elementRange({ policy, text }: CheckedDocument, ...names: readonly string[]): Range {
  for (const { node } of policy?.statements ?? []) {
    const property = node.properties.find(({ key }) => names.includes(key.value));
    if (property !== undefined) return contentRange(text, property.key);
  }
  return { offset: 0, length: 1 };
}
