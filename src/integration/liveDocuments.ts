import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import type { PolicyDocument } from "../policy/policyDocument";
import { policyOf } from "../policy/policyOf";

/** What was read of one resource of the integration: a part of the account room's `ResourceState`. */
export interface LiveResource {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly live: JsonValue | undefined;
  readonly facts?: JsonObject;
}

/**
 * The policies that the role has in the account, by their names, its trust policy, and the policies of buckets and keys that
 * let the vendor in, whole.
 */
export function liveDocuments(resources: readonly LiveResource[]): {
  readonly permissions: readonly { readonly policy: PolicyDocument; readonly name: string }[];
  readonly trust: PolicyDocument | undefined;
  readonly resources: readonly { readonly of: string; readonly policy: PolicyDocument; readonly name: string }[];
} {
  const liveOf = (kind: string) =>
    resources.filter((resource) => resource.kind === kind && resource.status !== "missing");
  // A managed policy gives the role nothing until it is attached.
  const attachments = liveOf("policy-attachment").map(({ name }) => name);
  const attached = liveOf("managed-policy").filter(({ name }) => attachments.includes(name));
  const [role] = liveOf("role");
  return {
    permissions: [...attached, ...liveOf("inline-policy")].flatMap(({ name, live }) => {
      const policy = isObject(live) ? policyOf(live.document ?? null) : undefined;
      return policy ? [{ policy, name }] : [];
    }),
    resources: [...liveOf("bucket-policy"), ...liveOf("key-policy")].flatMap(({ kind, name, facts }) => {
      const policy = policyOf(facts?.wholePolicy ?? null);
      const words = kind === "bucket-policy" ? `the policy of the bucket ${name}` : `the policy of the key ${name}`;
      return policy ? [{ of: name, policy, name: words }] : [];
    }),
    trust: isObject(role?.live) ? policyOf(role.live.trustPolicy ?? null) : undefined,
  };
}
