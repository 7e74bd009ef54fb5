import type { JsonValue } from "../policy/json";

/** What decides about the vendor's requests beside the integration's own documents, as it is live: read by the account room. */
export interface AccessLayers {
  /** Of the role: policies that others put there, and AWS's own. */
  readonly otherPolicies: readonly NamedPolicy[];
  /** The most that the role may do, whatever its policies say. */
  readonly boundary: NamedPolicy | undefined;
  /** Of buckets and keys, whole. */
  readonly resourcePolicies: readonly ResourcePolicy[];
  /** The customer-managed keys that the buckets are encrypted with. */
  readonly bucketKeys: readonly BucketKey[];
  /** What could not be read, and what was taken instead. */
  readonly unread: readonly UnreadPolicy[];
}

interface NamedPolicy {
  readonly name: string;
  readonly document: JsonValue;
}

interface ResourcePolicy {
  /** The bucket's name, or the key's ARN. */
  readonly of: string;
  /** "the policy of the bucket images" */
  readonly name: string;
  /** Undefined: there is none. */
  readonly document: JsonValue | undefined;
}

export interface BucketKey {
  readonly bucket: string;
  readonly region: string;
  readonly keyArn: string;
}

export interface UnreadPolicy {
  /** The bucket's name or the key's ARN; absent for what belongs to the role. */
  readonly of?: string;
  /** For a person: what, why, and what was taken instead. */
  readonly sentence: string;
}

export const noLayers: AccessLayers = {
  otherPolicies: [],
  boundary: undefined,
  resourcePolicies: [],
  bucketKeys: [],
  unread: [],
};

/** What a look at a key told. */
export interface KeyFacts {
  readonly keyArn: string;
  /** Those of the integration's buckets that are encrypted with it by default. */
  readonly buckets: readonly string[];
  /** Undefined: it could not be read. */
  readonly policy: JsonValue | undefined;
}
