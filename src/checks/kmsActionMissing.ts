import type { JsonObject, JsonValue, StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { resourceTypesOf } from "../policy/resourceTypes";
import { contentRange } from "../policy/stringRange";
import { hasWildcard, matchesAction } from "../policy/wildcards";
import { askedActions } from "../vendors/askedActions";
import { allows, integrationKey, isWhole, permissionsPolicy } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { addBeside } from "./textEdits";

/**
 * Of the KMS actions that the vendor asks for one is not allowed, while others are.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 */
export function kmsActionMissing(document: CheckedDocument): Finding[] {
  const { vendor } = document;
  const policy = permissionsPolicy(document);
  if (policy === undefined || vendor === undefined) return [];
  const granting = policy.statements.filter(allows);
  const statement = granting.find(({ actions }) => actions.some(isKmsAction));
  if (statement === undefined || granting.some(({ notActions }) => notActions.length > 0)) return [];
  const granted = granting.flatMap(({ actions }) => actions.map(({ value }) => value));
  const missing = wantedActions(document).filter((wanted) => !covers(granted, wanted));
  const last = statement.actions.findLast(isKmsAction);
  if (missing.length === 0 || last === undefined || !isWhole(document)) return [];
  return [
    {
      check: "kms-action-missing",
      severity: "warning",
      message: `${vendor.name} also asks for ${missing.join(", ")} on the key, so AWS would deny a part of what it does with encrypted objects.`,
      range: contentRange(document.text, last),
      fixes: addFix(document, statement, last, missing),
    },
  ];
}

function isKmsAction({ value }: StringNode): boolean {
  return /^kms:/i.test(value);
}

/** Those of the integration's documents; without one, those that all of the vendor's documents with a key have. */
function wantedActions(document: CheckedDocument): readonly string[] {
  const { vendor, context } = document;
  const { integration } = context;
  if (vendor === undefined) return [];
  if (integration !== undefined) {
    const { definition, manifest } = integration;
    const parameter = definition.parameters.find(({ type }) => type === "kms-key-arn");
    if (parameter === undefined) return [];
    const request =
      integrationKey(document) === undefined
        ? { ...manifest, parameters: { ...manifest.parameters, [parameter.name]: "any" } }
        : manifest;
    return askedActions(definition, request).filter((action) => /^kms:/i.test(action));
  }
  const lists = (vendor.permissions?.statements ?? [])
    .map(({ statement }) => kmsActions(statement))
    .filter((list) => list.length > 0);
  return lists.length === 1 ? (lists[0] ?? []) : [];
}

function kmsActions({ Action }: JsonObject): readonly string[] {
  const actions: readonly JsonValue[] = Array.isArray(Action) ? Action : Action === undefined ? [] : [Action];
  return actions.flatMap((action) => (typeof action === "string" && /^kms:/i.test(action) ? [action] : []));
}

/** A pattern is covered by a wider one, or by every action that it matches. */
function covers(granted: readonly string[], wanted: string): boolean {
  if (granted.includes(wanted) || granted.some((pattern) => matchesAction(pattern, wanted))) return true;
  if (!hasWildcard(wanted)) return false;
  const parts = keyActions.filter((action) => matchesAction(wanted, action));
  return parts.length > 0 && parts.every((action) => granted.some((pattern) => matchesAction(pattern, action)));
}

/** The actions that vendors write with a wildcard. */
const keyActions = [
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:GenerateDataKeyPair",
  "kms:GenerateDataKeyPairWithoutPlaintext",
].filter((action) => resourceTypesOf(action) !== undefined);

function addFix(
  { text }: CheckedDocument,
  { elements }: Statement,
  last: StringNode,
  missing: readonly string[],
): readonly Fix[] {
  const edits = addBeside(text, elements.get("Action")?.value, last, ...missing);
  return [{ title: `Allow ${missing.join(", ")}`, edits, safe: true }];
}
