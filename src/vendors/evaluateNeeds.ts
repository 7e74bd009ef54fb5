import { accountOfPrincipal, parseArn } from "../policy/arn";
import { evaluate } from "../policy/evaluate/evaluate";
import type { AccessRequest, Decision } from "../policy/evaluate/evaluation";
import type { PolicyDocument } from "../policy/policyDocument";
import { allowsEverything, policyOf } from "../policy/policyOf";
import type { AccessNeed, AccessNeeds } from "./needs";

export interface NeedOutcome {
  readonly need: AccessNeed;
  /** assume: whether the trust policy lets the vendor in. act: whether the role may do it. reach: whether the vendor itself may. */
  readonly on: keyof AccessNeeds;
  readonly decision: Decision;
}

/**
 * What AWS puts into every new key's policy: the account's IAM policies decide. Taken for a key whose policy is not known;
 * of another account's key that it lets the role's account decide, because otherwise nobody would have chosen it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function defaultKeyPolicy({ principal, resource: { arn, account } }: AccessRequest): PolicyDocument | undefined {
  const partition = parseArn(arn)?.partition ?? "aws";
  const own = "arn" in principal ? accountOfPrincipal(principal.arn) : undefined;
  const AWS = [...new Set([account, own ?? account])].map((each) => `arn:${partition}:iam::${each}:root`);
  return policyOf({ Statement: { Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" } });
}

/** Whether documents give the vendor what it needs: each need with the decision and the statements that made it. */
export function evaluateNeeds(
  needs: AccessNeeds,
  documents: {
    readonly permissions: readonly PolicyDocument[];
    readonly trust: PolicyDocument | undefined;
    /** The policy of a bucket or a key, by the ARN that is asked for; undefined when it has none, or it is not known. */
    readonly resourcePolicy?: (arn: string) => PolicyDocument | undefined;
    /** What limits the role, whatever its policies say. */
    readonly boundary?: PolicyDocument | undefined;
  },
): readonly NeedOutcome[] {
  const { permissions: identity, trust: resource, resourcePolicy = () => undefined, boundary } = documents;
  return [
    ...needs.assume.map((need) => {
      // The vendor's own policies are its business: only what is on the customer's side can be judged.
      const policies = { identity: allowsEverything, ...(resource && { resource }) };
      return { need, on: "assume" as const, decision: evaluate(need.request, policies) };
    }),
    ...needs.act.map((need) => {
      const ofResource =
        resourcePolicy(need.request.resource.arn) ??
        (need.action.startsWith("kms:") ? defaultKeyPolicy(need.request) : undefined);
      const policies = { identity, ...(ofResource && { resource: ofResource }), ...(boundary && { boundary }) };
      return { need, on: "act" as const, decision: evaluate(need.request, policies) };
    }),
    ...needs.reach.map((need) => {
      const ofResource = resourcePolicy(need.request.resource.arn);
      const policies = { identity: allowsEverything, ...(ofResource && { resource: ofResource }) };
      return { need, on: "reach" as const, decision: evaluate(need.request, policies) };
    }),
  ];
}
