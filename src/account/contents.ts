import type { JsonObject, JsonValue } from "../policy/json";
import type { ResourceKind } from "./account";
import type { Tags } from "./ownership";

/**
 * What a resource consists of: plain JSON that is compared, shown before and after, and all that a write needs. Type
 * aliases, not interfaces, so that they are JSON objects for the compiler, too.
 */
export type RoleContent = {
  /** Absent: `/`. Only written when the role is made. */
  readonly path?: string;
  readonly trustPolicy: JsonValue;
  readonly description: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly tags: Tags;
  /** Policies beyond the integration's own that give the role more. Never written. */
  readonly otherPolicies: readonly string[];
};
export type ManagedPolicyContent = {
  /** Absent: `/`. Only written when the policy is made. */
  readonly path?: string;
  readonly document: JsonValue;
  readonly tags: Tags;
  /** In a step: the version that has to go first, because a policy has at most five. */
  readonly deleteVersion?: string;
};
export type InlinePolicyContent = { readonly roleName: string; readonly document: JsonValue };
export type PolicyAttachmentContent = { readonly roleName: string; readonly policyArn: string };
export type UserContent = { readonly tags: Tags };
export type AccessKeyContent = {
  readonly userName: string;
  readonly status: string;
  /** In a step: keys whose secret was lost, which go first. */
  readonly replaces?: readonly string[];
  /**
   * The keys of the user, by their ids: Active or Inactive. In a step of a rotation those that the user is to have, beside a
   * new one if the step makes one.
   */
  readonly keys?: { readonly [accessKeyId: string]: string };
  /** In a step of a rotation: another key is made. */
  readonly makes?: boolean;
};
export type BucketContent = { readonly region: string; readonly tags: Tags };
export type PublicAccessBlockContent = {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
};
/** Our statements in the policy of a bucket or key; in a step: the whole policy with them. */
export type SharedPolicyContent = { readonly document: JsonValue; readonly integrationId: string };
export type CorsContent = { readonly rules: readonly JsonObject[] };

export interface ContentOf {
  readonly role: RoleContent;
  readonly "managed-policy": ManagedPolicyContent;
  readonly "inline-policy": InlinePolicyContent;
  readonly "policy-attachment": PolicyAttachmentContent;
  readonly user: UserContent;
  readonly "access-key": AccessKeyContent;
  readonly bucket: BucketContent;
  readonly "public-access-block": PublicAccessBlockContent;
  readonly cors: CorsContent;
  readonly "bucket-policy": SharedPolicyContent;
  readonly "key-policy": SharedPolicyContent;
}

/** One resource as it should be. */
export interface Desired<Content extends JsonObject> {
  readonly name: string;
  /** Known before the resource exists; undefined for what has none. */
  readonly arn: string | undefined;
  /** For a person who wants to see it. */
  readonly consoleUrl: string;
  readonly content: Content;
}

export type DesiredResource = {
  readonly [Kind in ResourceKind]: { readonly kind: Kind } & Desired<ContentOf[Kind]>;
}[ResourceKind];
