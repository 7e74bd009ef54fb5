import type { JsonObject, JsonValue } from "../policy/json";
import type { ResourceKind } from "./account";
import type { Tags } from "./ownership";

/**
 * What a resource consists of: plain JSON that is compared, shown before and after, and all that a write needs. Type
 * aliases, not interfaces, so that they are JSON objects for the compiler, too.
 */
export type RoleContent = {
  readonly trustPolicy: JsonValue;
  readonly description: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly tags: Tags;
  /** Policies beyond the integration's own that give the role more. Never written. */
  readonly otherPolicies: readonly string[];
};
export type ManagedPolicyContent = {
  readonly document: JsonValue;
  readonly tags: Tags;
  /** In a step: the version that has to go first, because a policy has at most five. */
  readonly deleteVersion?: string;
};
export type InlinePolicyContent = { readonly roleName: string; readonly document: JsonValue };
export type PolicyAttachmentContent = { readonly roleName: string; readonly policyArn: string };
export type UserContent = { readonly tags: Tags };
export type AccessKeyContent = { readonly userName: string; readonly status: string };
export type BucketContent = { readonly region: string; readonly tags: Tags };
export type PublicAccessBlockContent = {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
};
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
