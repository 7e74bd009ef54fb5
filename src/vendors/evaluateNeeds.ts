import { parseArn } from "../policy/arn";
import { evaluate } from "../policy/evaluate/evaluate";
import type { AccessRequest, Decision } from "../policy/evaluate/evaluation";
import { parseJson } from "../policy/parseJson";
import type { PolicyDocument } from "../policy/policyDocument";
import { readPolicy } from "../policy/readPolicy";
import type { AccessNeed, AccessNeeds } from "./needs";

export interface NeedOutcome {
  readonly need: AccessNeed;
  /** assume: whether the trust policy lets the vendor in. act: whether the role may do it. */
  readonly on: keyof AccessNeeds;
  readonly decision: Decision;
}

/** The vendor's own policies are its business: only what is on the customer's side can be judged. */
const allowsEverything = policyOf('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}');

/**
 * What AWS puts into every new key's policy: the account's IAM policies decide. Taken for a key whose policy is not known.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function defaultKeyPolicy({ arn, account }: AccessRequest["resource"]): PolicyDocument | undefined {
  const partition = parseArn(arn)?.partition ?? "aws";
  const principal = `arn:${partition}:iam::${account}:root`;
  const [policy] = policyOf(
    `{"Statement": {"Effect": "Allow", "Principal": {"AWS": "${principal}"}, "Action": "kms:*", "Resource": "*"}}`,
  );
  return policy;
}

/** Whether documents give the vendor what it needs: each need with the decision and the statements that made it. */
export function evaluateNeeds(
  needs: AccessNeeds,
  documents: { readonly permissions: readonly PolicyDocument[]; readonly trust: PolicyDocument | undefined },
): readonly NeedOutcome[] {
  const { permissions: identity, trust: resource } = documents;
  return [
    ...needs.assume.map((need) => {
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

function policyOf(text: string): readonly PolicyDocument[] {
  const policy = readPolicy(parseJson(text));
  return policy ? [policy] : [];
}
