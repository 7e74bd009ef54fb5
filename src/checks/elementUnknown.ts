import type { ObjectNode, Property } from "../policy/json";
import { documentElements, principalTypes, statementElements } from "../policy/policyWords";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { nearestName } from "./nearName";
import { isTemplateFunction, readOperator } from "./policyElements";
import { removeItem, replaceNode } from "./textEdits";

/**
 * A word that the policy language does not have: `Actions`, `effect`, a `Comment`, a principal of the kind `Aws`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function elementUnknown(document: CheckedDocument): Finding[] {
  const { policy } = document;
  if (policy === undefined) return [];
  const findings: Finding[] = [];
  for (const property of policy.root.properties) {
    const { value: name } = property.key;
    if (documentElements.has(name) || statementElements.has(name)) continue;
    findings.push(unknown(document, policy.root, property, documentElements, "a policy document"));
  }
  for (const { node, elements } of policy.statements) {
    if (isTemplateFunction(node)) continue;
    for (const property of node.properties) {
      const { value: name } = property.key;
      if (statementElements.has(name)) continue;
      if (documentElements.has(name) || principalTypes.has(name) || readOperator(name).known) continue;
      findings.push(unknown(document, node, property, statementElements, "a statement"));
    }
    for (const element of ["Principal", "NotPrincipal"]) {
      const value = elements.get(element)?.value;
      if (value?.kind !== "object" || isTemplateFunction(value)) continue;
      for (const property of value.properties) {
        if (principalTypes.has(property.key.value)) continue;
        findings.push(unknown(document, value, property, principalTypes, `a ${element}`));
      }
    }
  }
  return findings;
}

function unknown(
  { text }: CheckedDocument,
  node: ObjectNode,
  property: Property,
  names: ReadonlySet<string>,
  where: string,
): Finding {
  const written = property.key.value;
  const meant = nearestName(written, names);
  const free = meant !== undefined && !node.properties.some(({ key }) => key.value === meant);
  const fixes: Fix[] = [];
  if (free) {
    fixes.push({ title: `Replace by ${meant}`, edits: [replaceNode(property.key, meant)], safe: true });
  } else {
    const edit = removeItem(node.properties, property);
    if (edit !== undefined) fixes.push({ title: `Remove ${written || "it"}`, edits: [edit], safe: false });
  }
  return {
    check: "element-unknown",
    severity: "error",
    message: `AWS knows no ${JSON.stringify(written)} in ${where}${free ? ` (it is ${meant})` : ""}, so it would refuse the document.`,
    range:
      written === "" ? { offset: property.key.offset, length: property.key.length } : contentRange(text, property.key),
    fixes,
  };
}
