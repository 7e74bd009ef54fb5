import type { StringNode } from "../policy/json";
import { contentRange } from "../policy/stringRange";
import { permissionsPolicy, trustPolicy } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { isTemplateText } from "./policyElements";
import { replaceNode } from "./textEdits";

/**
 * sid-duplicate, sid-invalid: the names of the statements. Only in IAM's own documents: the policies of buckets, keys and
 * other resources take more than letters and digits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
export function sids(document: CheckedDocument): Finding[] {
  const policy = permissionsPolicy(document) ?? trustPolicy(document);
  if (policy === undefined) return [];
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const { sid } of policy.statements) {
    // Terraform writes an empty one for statements without a name, and AWS takes it.
    if (sid === undefined || sid.value === "" || isTemplateText(sid.value)) continue;
    if (!/^[A-Za-z0-9]*$/.test(sid.value)) findings.push(invalid(document, sid));
    else if (seen.has(sid.value)) findings.push(duplicate(document, sid, seen));
    seen.add(sid.value);
  }
  return findings;
}

function invalid({ text }: CheckedDocument, sid: StringNode): Finding {
  const plain = sid.value.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? "");
  const fixes: Fix[] =
    plain === "" ? [] : [{ title: `Replace by ${plain}`, edits: [replaceNode(sid, plain)], safe: true }];
  return {
    check: "sid-invalid",
    severity: "error",
    message:
      "A Sid has only letters and digits, without blanks, hyphens or underscores, so AWS would refuse the document.",
    range: contentRange(text, sid),
    fixes,
  };
}

function duplicate({ text, policy }: CheckedDocument, sid: StringNode, seen: Set<string>): Finding {
  const taken = new Set([...seen, ...(policy?.statements ?? []).map((statement) => statement.sid?.value)]);
  let number = 2;
  while (taken.has(`${sid.value}${number}`)) number += 1;
  const free = `${sid.value}${number}`;
  seen.add(free);
  return {
    check: "sid-duplicate",
    severity: "error",
    message: `Another statement has the Sid ${sid.value} already, so AWS would refuse the document.`,
    range: contentRange(text, sid),
    fixes: [{ title: `Replace by ${free}`, edits: [replaceNode(sid, free)], safe: true }],
  };
}
