import type { JsonNode, ObjectNode } from "../policy/json";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { statementKey } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { hasMeant, isTemplateFunction } from "./policyElements";
import { addProperty } from "./textEdits";

/**
 * What every statement must have and this one lacks, or has without anything in it: Effect, Action, and Resource in a
 * permissions policy or Principal in a trust policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function elementMissing(document: CheckedDocument): Finding[] {
  const { policy, json } = document;
  if (policy === undefined || json.problems.some(({ code }) => code === "json-syntax")) return [];
  if (policy.statements.length === 0) return noStatement(document, policy);
  return policy.statements.flatMap((statement) =>
    isTemplateFunction(statement.node) ? [] : [...lacking(document, policy, statement), ...empty(document, statement)],
  );
}

/**
 * Elements with nothing in them: "Policy statement must contain actions", "… must contain resources", "Principal cannot be
 * empty". An empty Sid is none, and a Condition without anything lets AWS decide as without it.
 */
function empty({ text }: CheckedDocument, { elements }: Statement): Finding[] {
  return ["Action", "Resource", "Principal"].flatMap((name) => {
    const property = elements.get(name);
    if (property === undefined || !isEmpty(property.value)) return [];
    const whom = name === "Principal" ? "This names nobody" : `This names no ${name.toLowerCase()}`;
    return [finding(contentRange(text, property.key), `${whom}, so AWS would refuse the document.`, [])];
  });
}

function isEmpty(value: JsonNode | undefined): boolean {
  if (value?.kind === "array") return value.items.length === 0;
  return value?.kind === "object" && value.properties.every((property) => isEmpty(property.value));
}

function noStatement({ text }: CheckedDocument, policy: PolicyDocument): Finding[] {
  const value = policy.root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  const key = statementKey(policy);
  if (key === undefined || value?.kind !== "array" || value.items.length > 0) return [];
  return [finding(contentRange(text, key), "The document has no statement, so AWS would refuse it.", [])];
}

function lacking(document: CheckedDocument, policy: PolicyDocument, { node }: Statement): Finding[] {
  const has = (name: string) =>
    hasMeant(node, name) || policy.root.properties.some(({ key }) => key.value === name && name !== "Statement");
  const missing = has("Effect") ? [] : ["Effect"];
  if (!has("Action") && !has("NotAction")) missing.push("Action");
  const target = missingTarget(document, policy, has);
  if (target !== undefined) missing.push(target);
  const last = missing.at(-1);
  if (last === undefined) return [];
  const names = missing.length > 1 ? `${missing.slice(0, -1).join(", ")} and no ${last}` : last;
  const message = `This statement has no ${names}, so AWS would refuse the document.`;
  return [
    finding({ offset: node.offset, length: 1 }, message, missing.length > 1 ? [] : fixesFor(document, node, last)),
  ];
}

/** Resource, or Principal; undefined where it is there, or where neither can be demanded. */
function missingTarget(
  { context }: CheckedDocument,
  { kind, version }: PolicyDocument,
  has: (name: string) => boolean,
): string | undefined {
  const role = context.integration?.documentRole ?? context.kind;
  const principal = has("Principal") || has("NotPrincipal");
  const resource = has("Resource") || has("NotResource");
  // Trust and permissions in one document are document-misplaced's.
  if (principal || resource) return undefined;
  if (kind === "permissions" || role === "permissions") return "Resource";
  if (kind === "trust" || role === "trust") return "Principal";
  // Any policy has the one or the other; other JSON with such words is let alone.
  return version === undefined ? undefined : "Resource or Principal";
}

function fixesFor({ text }: CheckedDocument, node: ObjectNode, name: string): readonly Fix[] {
  if (name !== "Effect") return [];
  return ["Allow", "Deny"].flatMap((effect) => {
    const edits = addProperty(text, node, "Effect", effect);
    return edits.length === 0 ? [] : [{ title: `Add the Effect ${effect}`, edits, safe: false }];
  });
}

function finding(range: Finding["range"], message: string, fixes: readonly Fix[]): Finding {
  return { check: "element-missing", severity: "error", message, range, fixes };
}
