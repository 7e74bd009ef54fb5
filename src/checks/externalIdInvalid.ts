import { contentRange } from "../policy/stringRange";
import { externalIdRule } from "../vendors/externalId";
import { type ExternalId, externalIds } from "./externalIds";
import type { CheckedDocument, Finding } from "./finding";

/**
 * An external ID that AWS refuses, that has not the form of the vendor's, or that only stands in for the one that the
 * vendor still has to give.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 */
export function externalIdInvalid(document: CheckedDocument): Finding[] {
  return externalIds(document).flatMap((id): Finding[] => {
    const message = problemOf(document, id);
    if (message === undefined) return [];
    const { node } = id;
    const range = node.value === "" ? { offset: node.offset, length: node.length } : contentRange(document.text, node);
    return [{ check: "external-id-invalid", severity: "error", message, range, fixes: [] }];
  });
}

function problemOf({ vendor, context }: CheckedDocument, { value, pattern }: ExternalId): string | undefined {
  const expected = vendor && externalIdRule(vendor, context.integration?.manifest);
  if (vendor !== undefined && expected?.temporary === value) {
    return `${value} only holds the place of the external ID that ${vendor.name} gives you, so ${vendor.name} could not assume the role yet.`;
  }
  const literal = pattern ? value.replace(/[*?]/g, "") : value;
  const character = /[^\w+=,.@:/-]/u.exec(literal)?.[0];
  if (character !== undefined) {
    return `An external ID has only letters, digits and _+=,.@:/-, not ${JSON.stringify(character)}, so nobody could ever pass this one.`;
  }
  if ((value.length < 2 && !pattern) || value.length > 1224) {
    return "An external ID has 2 to 1,224 characters, so nobody could ever pass this one.";
  }
  if (vendor === undefined || expected?.pattern === undefined || pattern) return undefined;
  return new RegExp(expected.pattern, "u").test(value)
    ? undefined
    : `This is not an external ID as ${vendor.name} gives them, so ${vendor.name} could not assume the role.`;
}
