import type { PolicyDocument } from "../policyDocument";
import { combine } from "./combine";
import type { AccessRequest, AppliedPolicies, Decision, PolicyLayer } from "./evaluation";
import type { JudgedStatement } from "./judgedStatement";
import { matchStatement } from "./matchStatement";
import type { RequestFacts } from "./requestFacts";
import { hasAccount, isServiceLinkedRole, requestFacts } from "./requestFacts";
import { isUnderResourceControl } from "./resourceControlServices";
import type { PolicyPlace, Refusal } from "./statementForm";
import { refusedPolicy } from "./statementForm";

/**
 * Decides a request as AWS documents it, with all policies that apply to it. Pure; never throws, whatever is in the
 * policies. A statement that AWS would refuse has no effect.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: AppliedPolicies): Decision {
  const facts = requestFacts(request);
  const statements: JudgedStatement[] = [];
  const resourcePlace = placeOf(facts);
  const hasBoundary = policies.boundary !== undefined && hasAccount(facts.principal);
  const judge = (layer: PolicyLayer, policy: PolicyDocument, level: number) => {
    const place = layer === "resource" ? resourcePlace : layer;
    const refusal = inapplicable(layer, facts, resourcePlace) ?? refusedPolicy(policy);
    const view = { policy, place, refusal, hasBoundary };
    for (const statement of policy.statements) {
      const { mismatch, principal } = matchStatement(statement, view, facts);
      const effect = statement.effect?.value === "Deny" ? "Deny" : "Allow";
      const outcome = { layer, policy, statement, effect } as const;
      statements.push({ outcome: mismatch === undefined ? outcome : { ...outcome, mismatch }, level, principal });
    }
  };
  for (const policy of policies.identity ?? []) judge("identity", policy, 0);
  if (policies.resource !== undefined) judge("resource", policies.resource, 0);
  if (policies.boundary !== undefined) judge("boundary", policies.boundary, 0);
  for (const policy of policies.session ?? []) judge("session", policy, 0);
  for (const [level, attached] of (policies.serviceControl ?? []).entries()) {
    for (const policy of attached) judge("serviceControl", policy, level);
  }
  for (const [level, attached] of (policies.resourceControl ?? []).entries()) {
    for (const policy of attached) judge("resourceControl", policy, level);
  }
  return combine(facts, policies, resourcePlace, statements);
}

/** Which rules a resource policy follows is told by the resource that it is attached to. */
function placeOf({ resourceArn }: RequestFacts): PolicyPlace {
  const { service, resource = "" } = resourceArn ?? {};
  if (service === "iam" && resource.startsWith("role/")) return "trust";
  if (service === "kms" && resource.startsWith("key/")) return "key";
  return service === "s3" ? "bucket" : "otherResource";
}

/** Why a layer has no say in a request. */
function inapplicable(layer: PolicyLayer, facts: RequestFacts, resourcePlace: PolicyPlace): Refusal | undefined {
  switch (layer) {
    case "resource":
      // Who may change or look at a role is for identity policies to say.
      if (resourcePlace !== "trust" || facts.service === "sts") return undefined;
      return {
        element: "Action",
        reason: `a trust policy only decides who may assume the role, not ${facts.actionName}`,
      };
    case "resourceControl":
      if (!isUnderResourceControl(facts.action, facts.service)) {
        return { element: "Action", reason: `resource control policies don't restrict ${facts.actionName}` };
      }
      return isServiceLinkedRole(facts.principal) ? serviceLinked : undefined;
    case "serviceControl":
      if (isServiceLinkedRole(facts.principal)) return serviceLinked;
      break;
    case "session":
      if (facts.principal.kind === "user" || facts.principal.kind === "account") {
        return { element: "Statement", reason: "session policies only limit sessions" };
      }
      break;
    case "identity":
    case "boundary":
      if (facts.principal.kind === "account") {
        return { element: "Statement", reason: "the root user of an account has no policies of its own" };
      }
  }
  if (hasAccount(facts.principal)) return undefined;
  return {
    element: "Statement",
    reason: "only the resource's own policies apply to a principal outside every account",
  };
}

const serviceLinked: Refusal = {
  element: "Statement",
  reason: "an organisation's policies don't restrict service-linked roles",
};
