import { parseArn } from "../policy/arn";
import { evaluate } from "../policy/evaluate/evaluate";
import type { AccessRequest, Decision } from "../policy/evaluate/evaluation";
import type { PolicyDocument } from "../policy/policyDocument";
import { allowsEverything, policyOf } from "../policy/policyOf";
import type { AccessNeed, AccessNeeds } from "./needs";

export interface NeedOutcome {
  readonly need: AccessNeed;
  /** assume: whether the trust policy lets the vendor in. act: whether the role may do it. */
  readonly on: keyof AccessNeeds;
  readonly decision: Decision;
}

/**
 * What AWS puts into every new key's policy: the account's IAM policies decide. Taken for a key whose policy is not known.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function defaultKeyPolicy({ arn, account }: AccessRequest["resource"]): PolicyDocument | undefined {
  const partition = parseArn(arn)?.partition ?? "aws";
  const principal = `arn:${partition}:iam::${account}:root`;
  return policyOf({
    Statement: { Effect: "Allow", Principal: { AWS: principal }, Action: "kms:*", Resource: "*" },
  });
}

/** Whether documents give the vendor what it needs: each need with the decision and the statements that made it. */
export function evaluateNeeds(
  needs: AccessNeeds,
  documents: { readonly permissions: readonly PolicyDocument[]; readonly trust: PolicyDocument | undefined },
): readonly NeedOutcome[] {
  const { permissions: identity, trust: resource } = documents;
  return [
    ...needs.assume.map((need) => {
      // The vendor's own policies are its business: only what is on the customer's side can be judged.
      const policies = { identity: allowsEverything, ...(resource && { resource }) };
      return { need, on: "assume" as const, decision: evaluate(need.request, policies) };
    }),
    ...needs.act.map((need) => {
      const keyPolicy = need.action.startsWith("kms:") ? defaultKeyPolicy(need.request.resource) : undefined;
      const policies = { identity, ...(keyPolicy && { resource: keyPolicy }) };
      return { need, on: "act" as const, decision: evaluate(need.request, policies) };
    }),
  ];
}
