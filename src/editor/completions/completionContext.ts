import type { BucketFacts } from "../../checks/finding";
import type { DocumentKind } from "../../policy/policyDocument";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../../vendors/definition";
import type { IntegrationRequest } from "../../vendors/manifest";

/** What is known beside the text. */
export interface CompletionContext {
  readonly reference: ServiceReference;
  readonly vendors: readonly VendorDefinition[];
  /** The profile's buckets that a look at the account told of. */
  readonly buckets: readonly BucketFacts[];
  /** The integration that the document belongs to. */
  readonly integration?: { readonly definition: VendorDefinition; readonly request: IntegrationRequest };
  /** What the document is by its name or its place in an integration. */
  readonly kind?: DocumentKind;
}

/** The parameter of the integration that has this type: its buckets, its key. */
export function parameterValues(
  { integration }: Pick<CompletionContext, "integration">,
  type: "bucket-list" | "kms-key-arn",
): readonly string[] {
  if (integration === undefined) return [];
  const { definition, request } = integration;
  const name = definition.parameters.find((parameter) => parameter.type === type)?.name;
  const value = name === undefined ? undefined : request.parameters[name];
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string" && item !== "");
  return typeof value === "string" && value !== "" ? [value] : [];
}

/** Every key that is known: the integration's, then those of the buckets' default encryption. */
export function knownKeys(context: CompletionContext): readonly string[] {
  const ofBuckets = context.buckets.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []);
  return [...new Set([...parameterValues(context, "kms-key-arn"), ...ofBuckets])];
}

/** The integration's buckets, then the profile's. */
export function knownBuckets(context: CompletionContext): readonly string[] {
  const ofProfile = context.buckets.filter(({ exists }) => exists).map(({ name }) => name);
  return [...new Set([...parameterValues(context, "bucket-list"), ...ofProfile])];
}
