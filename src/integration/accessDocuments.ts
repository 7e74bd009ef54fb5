import type { AccessDocuments } from "../policy/explain/explanation";
import { isObject, type JsonValue } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import type { PolicyDocument } from "../policy/policyDocument";
import { policyOf } from "../policy/policyOf";
import { readPolicy } from "../policy/readPolicy";
import type { DocumentRole } from "../vendors/manifest";
import type { Integration } from "./integration";

/** The documents that give access, as they are; undefined unless each that the manifest names is whole JSON and a policy. */
export function accessDocuments(integration: Integration): AccessDocuments | undefined {
  const { documents } = integration.manifest;
  const permissions = policyIn(integration, "permissions");
  const trust = policyIn(integration, "trust");
  const resource = resourcePolicy(integration);
  if (documents.permissions !== undefined && permissions === undefined) return undefined;
  if (documents.trust !== undefined && trust === undefined) return undefined;
  if ((documents.bucketPolicy ?? documents.keyPolicy) !== undefined && resource === undefined) return undefined;
  // The account's own policies that a role gets are not among its documents.
  if (trust !== undefined && permissions === undefined)
    return { permissions: [], trust, ...(resource && { resource }) };
  return { ...(permissions && { permissions: [permissions] }), ...(trust && { trust }), ...(resource && { resource }) };
}

function policyIn({ documents }: Integration, role: DocumentRole): PolicyDocument | undefined {
  const found = documents.find((each) => each.role === role && each.value !== undefined);
  return found && readPolicy(parseJson(found.text));
}

/** What the policies of buckets and of the key say about the vendor, in one. */
export function resourcePolicy({ documents, manifest, definition }: Integration): PolicyDocument | undefined {
  const statementsOf = (role: DocumentRole): readonly JsonValue[] => {
    const value = documents.find((each) => each.role === role)?.value;
    const statements = isObject(value) ? value.Statement : undefined;
    return Array.isArray(statements) ? statements : statements === undefined ? [] : [statements];
  };
  const keyParameter = definition.parameters.find(({ type }) => type === "kms-key-arn")?.name ?? "";
  const key = manifest.parameters[keyParameter];
  // In a key's policy `*` is that key.
  const ofKey = statementsOf("keyPolicy").map((statement) =>
    isObject(statement) && statement.Resource === "*" && typeof key === "string"
      ? { ...statement, Resource: key }
      : statement,
  );
  const Statement = [...statementsOf("bucketPolicy"), ...ofKey];
  return Statement.length === 0 ? undefined : policyOf({ Version: "2012-10-17", Statement });
}
