import type { StringNode } from "../policy/json";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { isPermissionsStatement, isTrustStatement } from "../policy/readPolicy";
import type { BucketFacts, CheckedDocument } from "./finding";
import { isWellFormed } from "./policyElements";

type PlacedPolicy = Pick<CheckedDocument, "policy" | "context">;

/** A trust policy, by its form or, where that does not tell, by its place in the integration or template. */
export function trustPolicy(document: PlacedPolicy): PolicyDocument | undefined {
  return ofKind(document, "trust");
}

export function permissionsPolicy(document: PlacedPolicy): PolicyDocument | undefined {
  return ofKind(document, "permissions");
}

/** The document of an integration that goes into the policy of its buckets, or of its key. */
export function sharedPolicy(document: PlacedPolicy): PolicyDocument | undefined {
  const role = document.context.integration?.documentRole;
  return role === "bucketPolicy" || role === "keyPolicy" ? document.policy : undefined;
}

/** A document in the wrong place is document-misplaced's alone. */
function ofKind({ policy, context }: PlacedPolicy, kind: "trust" | "permissions"): PolicyDocument | undefined {
  if (policy === undefined) return undefined;
  const role = context.integration?.documentRole ?? context.kind;
  if (role !== undefined && role !== kind) return undefined;
  if (policy.kind === kind) return policy;
  return policy.kind === "unknown" && role === kind && !mixes(policy) ? policy : undefined;
}

/** Trust and permissions in one document. */
export function mixes({ statements }: PolicyDocument): boolean {
  return statements.some(isTrustStatement) && statements.some(isPermissionsStatement);
}

/** Nothing can be called missing in a text that is broken, or where it may only be written under a wrong name. */
export function isWhole({ json, policy, regular }: CheckedDocument): boolean {
  if (regular !== undefined) return true;
  return (
    json.problems.every(({ code }) => code !== "json-syntax") &&
    (policy === undefined || policy.statements.every(isWellFormed))
  );
}

/** Also when it is written in wrong letters, which is effect-invalid's alone. */
export function allows({ effect }: Statement): boolean {
  return effect === undefined || effect.value === "Allow" || effect.value.toLowerCase() === "allow";
}

/** The buckets of the integration; undefined without one, or when it names none. */
export function integrationBuckets({ context }: CheckedDocument): readonly string[] | undefined {
  const { manifest, definition } = context.integration ?? {};
  const parameter = definition?.parameters.find(({ type }) => type === "bucket-list");
  const value = parameter === undefined ? undefined : manifest?.parameters[parameter.name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.length > 0 ? value.filter((item) => typeof item === "string") : undefined;
}

const noFacts: readonly BucketFacts[] = [];

export function bucketFacts({ context }: CheckedDocument, names: readonly string[]): readonly BucketFacts[] {
  return context.buckets?.filter(({ name }) => names.includes(name)) ?? noFacts;
}

/** The KMS key that the integration names. */
export function integrationKey({ context }: CheckedDocument): string | undefined {
  const { manifest, definition } = context.integration ?? {};
  const parameter = definition?.parameters.find(({ type }) => type === "kms-key-arn");
  const value = parameter === undefined ? undefined : manifest?.parameters[parameter.name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The key of the `Statement` element: where a finding about something that is not there is shown. */
export function statementKey({ root }: PolicyDocument): StringNode | undefined {
  return root.properties.findLast(({ key }) => key.value === "Statement")?.key;
}

/** Who may assume the role: the statements of a trust policy that let somebody in. */
export function trustingStatements(document: CheckedDocument): readonly Statement[] {
  return trustPolicy(document)?.statements.filter(allows) ?? [];
}
