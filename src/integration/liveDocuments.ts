import { isObject, type JsonValue } from "../policy/json";
import type { PolicyDocument } from "../policy/policyDocument";
import { policyOf } from "../policy/policyOf";

/** What was read of one resource of the integration: a part of the account room's `ResourceState`. */
export interface LiveResource {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly live: JsonValue | undefined;
}

/** The policies that the role has in the account, by their names, and its trust policy. */
export function liveDocuments(resources: readonly LiveResource[]): {
  readonly permissions: readonly { readonly policy: PolicyDocument; readonly name: string }[];
  readonly trust: PolicyDocument | undefined;
} {
  const liveOf = (kind: string) =>
    resources.filter((resource) => resource.kind === kind && resource.status !== "missing");
  // A managed policy gives the role nothing until it is attached.
  const attached = liveOf("policy-attachment").length > 0 ? liveOf("managed-policy") : [];
  const [role] = liveOf("role");
  return {
    permissions: [...attached, ...liveOf("inline-policy")].flatMap(({ name, live }) => {
      const policy = isObject(live) ? policyOf(live.document ?? null) : undefined;
      return policy ? [{ policy, name }] : [];
    }),
    trust: isObject(role?.live) ? policyOf(role.live.trustPolicy ?? null) : undefined,
  };
}
