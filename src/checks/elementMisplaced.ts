import type { ObjectNode, Property } from "../policy/json";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { documentElements, principalTypes, statementElements } from "../policy/policyWords";
import { contentRange } from "../policy/stringRange";
import { toValue } from "../policy/toValue";
import { trustPolicy } from "./documentFacts";
import { elementForm } from "./elementForm";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { isTemplateFunction, readOperator } from "./policyElements";
import { addFirstProperty, addProperty, removeItem, wrapProperty } from "./textEdits";

/**
 * An element where the grammar of the policy language has it not, two that exclude each other, or a value of a form that
 * the element does not take. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function elementMisplaced(document: CheckedDocument): Finding[] {
  const { policy } = document;
  if (policy === undefined) return [];
  const findings: Finding[] = [];
  for (const property of policy.root.properties) {
    if (statementElements.has(property.key.value)) findings.push(besideStatement(document, policy, property));
  }
  for (const statement of policy.statements) {
    if (isTemplateFunction(statement.node)) continue;
    for (const property of statement.node.properties) {
      const { value: name } = property.key;
      if (statementElements.has(name)) continue;
      if (documentElements.has(name)) findings.push(inStatement(document, policy, statement.node, property));
      else if (principalTypes.has(name)) findings.push(outside(document, statement, property, "Principal"));
      else if (readOperator(name).known) findings.push(outside(document, statement, property, "Condition"));
    }
    findings.push(...exclusive(document, statement), ...refusedByKind(document, statement));
  }
  findings.push(...elementForm(document));
  return findings;
}

function misplaced({ text }: CheckedDocument, property: Property, message: string, fixes: readonly Fix[]): Finding {
  return { check: "element-misplaced", severity: "error", message, range: contentRange(text, property.key), fixes };
}

/** `Effect` beside `Statement`: plain to repair when there is one statement and it has none. */
function besideStatement(document: CheckedDocument, { root, statements }: PolicyDocument, property: Property): Finding {
  const name = property.key.value;
  const [only, ...more] = statements;
  const removal = removeItem(root.properties, property);
  const fixes: Fix[] = [];
  if (only !== undefined && more.length === 0 && removal !== undefined && property.value !== undefined) {
    const added = only.elements.has(name) ? [] : addProperty(document.text, only.node, name, toValue(property.value));
    if (added.length > 0) {
      fixes.push({ title: `Move ${name} into the statement`, edits: [removal, ...added], safe: true });
    }
  }
  const message = `${name} belongs in a statement and not beside Statement, so AWS would refuse the document.`;
  return misplaced(document, property, message, fixes);
}

/** `Version` in a statement: removed where the document has it already, else moved. */
function inStatement(
  document: CheckedDocument,
  { root }: PolicyDocument,
  statement: ObjectNode,
  property: Property,
): Finding {
  const name = property.key.value;
  const removal = removeItem(statement.properties, property);
  const there = root.properties.some(({ key }) => key.value === name);
  const fixes: Fix[] = [];
  if (removal !== undefined && there && name !== "Statement") {
    fixes.push({ title: `Remove ${name} here`, edits: [removal], safe: name === "Version" });
  } else if (removal !== undefined && property.value !== undefined && !there) {
    const added = addFirstProperty(document.text, root, name, toValue(property.value));
    fixes.push({ title: `Move ${name} to the top`, edits: [...added, removal], safe: true });
  }
  const message = `${name} belongs at the top of the document and not in a statement, so AWS would refuse the document.`;
  return misplaced(document, property, message, fixes);
}

/** `AWS` or `StringEquals` directly in a statement. */
function outside(
  document: CheckedDocument,
  { elements }: Statement,
  property: Property,
  element: "Principal" | "Condition",
): Finding {
  const name = property.key.value;
  const what = element === "Principal" ? "says what kind of principal follows" : "is a condition operator";
  const fixes: Fix[] = elements.has(element)
    ? []
    : [{ title: `Put ${name} into ${element}`, edits: wrapProperty(property, element), safe: true }];
  const message = `${name} ${what} and belongs in ${element}, so AWS would refuse the document.`;
  return misplaced(document, property, message, fixes);
}

/** A statement has an element or its opposite. */
function exclusive(document: CheckedDocument, { elements }: Statement): Finding[] {
  return ["Action", "Resource", "Principal"].flatMap((name) => {
    const opposite = elements.get(`Not${name}`);
    if (opposite === undefined || !elements.has(name)) return [];
    const message = `A statement has either ${name} or Not${name}, so AWS would refuse the document with both.`;
    return [misplaced(document, opposite, message, [])];
  });
}

/**
 * What a trust policy or a permissions policy can't have. Only its place in an integration, or a person, tells a trust
 * policy with a Resource from the policy of a VPC endpoint; a document of another kind as a whole is document-misplaced's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function refusedByKind(document: CheckedDocument, { node, elements }: Statement): Finding[] {
  const { policy, context } = document;
  const role = context.integration?.documentRole ?? context.kind;
  const principal = elements.get("Principal") ?? elements.get("NotPrincipal");
  const resource = elements.get("Resource") ?? elements.get("NotResource");
  const findings: Finding[] = [];
  const notPrincipal = elements.get("NotPrincipal");
  if (notPrincipal !== undefined && !elements.has("Principal") && trustPolicy(document) !== undefined) {
    const message =
      "A trust policy can’t have NotPrincipal, so AWS would refuse it: name who may assume the role in Principal.";
    findings.push(misplaced(document, notPrincipal, message, []));
  }
  if (policy?.kind !== "unknown" || principal === undefined || resource === undefined) return findings;
  if (role === "trust") {
    const message = "A trust policy has no Resource, because it is about the role itself, so AWS would refuse it.";
    findings.push(misplaced(document, resource, message, removeFix(node, resource, true)));
  } else if (role === "permissions") {
    const message =
      "A permissions policy has no Principal, because it is about whoever has the role, so AWS would refuse it.";
    findings.push(misplaced(document, principal, message, removeFix(node, principal, false)));
  }
  return findings;
}

function removeFix(node: ObjectNode, property: Property, safe: boolean): readonly Fix[] {
  const edit = removeItem(node.properties, property);
  return edit === undefined ? [] : [{ title: `Remove ${property.key.value}`, edits: [edit], safe }];
}
