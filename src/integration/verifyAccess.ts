import type { PolicyDocument } from "../policy/policyDocument";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { evaluateNeeds, type NeedOutcome } from "../vendors/evaluateNeeds";
import { needsOf } from "../vendors/needs";
import type { Integration } from "./integration";
import { type LiveResource, liveDocuments } from "./liveDocuments";

/** One thing that the vendor must be able to do, and whether what is live in the account lets it. */
export interface VerifiedAccess {
  /** assume: take on the role. act: what the role then does. */
  readonly on: "assume" | "act";
  readonly action: string;
  /** As the vendor's document names it: `arn:aws:s3:::bucket/*` stands for the bucket's objects. */
  readonly resource: string;
  readonly allowed: boolean;
  /** What allows or denies it: the Sid, or "statement 2", with its policy. Empty when nothing applies to it. */
  readonly decidedBy: readonly string[];
}

/** Why it is not allowed, in words. */
export function whyDenied({ decidedBy }: VerifiedAccess): string {
  return decidedBy.length > 0 ? `denied by ${decidedBy.join(" and ")}` : "nothing allows it";
}

/**
 * Evaluates what the vendor needs against the policies that are live: who may take on the role, and each action on each
 * bucket and key. Permissions boundaries and bucket policies are not among what is read; of a key it is taken that its
 * policy lets the account's IAM policies decide, as AWS's default one does.
 */
export function verifyAccess(
  { definition, manifest }: Integration,
  account: string,
  resources: readonly LiveResource[],
  reference: ServiceReference,
): readonly VerifiedAccess[] {
  const needs = needsOf(definition, { ...manifest, account }, reference);
  const documents = liveDocuments(resources);
  const names = new Map(documents.permissions.map(({ policy, name }) => [policy, name]));
  const trust = documents.trust;
  const outcomes = evaluateNeeds(needs, { permissions: [...names.keys()], trust });
  return outcomes.map(({ need, on, decision }) => ({
    on,
    action: need.action,
    resource: need.resource,
    allowed: decision.result === "Allowed",
    decidedBy: decidedBy(decision.deciding, (policy) => (policy === trust ? "trust policy" : names.get(policy))),
  }));
}

function decidedBy(
  deciding: NeedOutcome["decision"]["deciding"],
  nameOf: (policy: PolicyDocument) => string | undefined,
): readonly string[] {
  return deciding.flatMap(({ policy, statement }) => {
    const name = nameOf(policy);
    if (name === undefined) return []; // the vendor's own side
    const sid = statement.sid?.value;
    return [sid ? `${sid} in ${name}` : `statement ${policy.statements.indexOf(statement) + 1} in ${name}`];
  });
}
