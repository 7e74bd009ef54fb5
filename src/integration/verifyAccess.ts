import { bucketOf, parseArn } from "../policy/arn";
import { evaluate } from "../policy/evaluate/evaluate";
import type { AccessRequest, Decision, StatementOutcome } from "../policy/evaluate/evaluation";
import type { PolicyDocument } from "../policy/policyDocument";
import { allowsEverything, policyOf } from "../policy/policyOf";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { evaluateNeeds } from "../vendors/evaluateNeeds";
import { roleArn } from "../vendors/iamArn";
import { withKeyNeeds } from "../vendors/keyNeeds";
import { type AccessNeed, type AccessNeeds, needsOf } from "../vendors/needs";
import { type AccessLayers, noLayers } from "./accessLayers";
import type { Integration } from "./integration";
import { type LiveResource, liveDocuments } from "./liveDocuments";

/** One thing that the vendor must be able to do, and whether what is live in the account lets it. */
export interface VerifiedAccess {
  /** assume: take on the role. act: what the role then does. reach: what the vendor does as itself, without a role. */
  readonly on: "assume" | "act" | "reach";
  readonly action: string;
  /** As the vendor's document names it: `arn:aws:s3:::bucket/*` stands for the bucket's objects. */
  readonly resource: string;
  /** The same as a request: a pattern's place has a sample. */
  readonly request: AccessRequest;
  readonly allowed: boolean;
  /** What allows or denies it: the Sid, or "statement 2", with its policy. Empty when nothing applies to it. */
  readonly decidedBy: readonly string[];
  /** What would have to allow it and does not, where it is not the role's own policies: a boundary, a key's policy. */
  readonly missing: readonly string[];
  /** What could not be known, and was taken to be so; absent when everything is known. */
  readonly assumed?: string;
}

/** Something that must not work, and whether it does not. */
export interface VerifiedGuard {
  readonly what: string;
  readonly holds: boolean;
  /** What lets it through. */
  readonly decidedBy: readonly string[];
}

/** Why it is not allowed, in words. */
export function whyDenied({ decidedBy, missing, assumed }: VerifiedAccess): string {
  const reason =
    decidedBy.length > 0
      ? `denied by ${decidedBy.join(" and ")}`
      : missing.length > 0
        ? `${missing.join(" and ")} would have to allow it and ${missing.length === 1 ? "does" : "do"} not`
        : "nothing allows it";
  return assumed === undefined ? reason : `${reason} (${assumed})`;
}

interface Look {
  readonly needs: AccessNeeds;
  readonly trust: PolicyDocument | undefined;
  readonly documents: Parameters<typeof evaluateNeeds>[1];
  nameOf(policy: PolicyDocument): string | undefined;
}

/**
 * Evaluates what the vendor needs against the policies that are live: who may take on the role, and each action on each
 * bucket and key, by all policies of the role, its permissions boundary and the policies of the buckets and keys.
 *
 * @param layers what was read beside the integration's own resources; without them other policies are taken to say nothing
 */
export function verifyAccess(
  integration: Integration,
  account: string,
  resources: readonly LiveResource[],
  reference: ServiceReference,
  layers: AccessLayers = noLayers,
): readonly VerifiedAccess[] {
  const look = lookAt(integration, account, resources, reference, layers);
  return evaluateNeeds(look.needs, look.documents).map(({ need, on, decision }) => {
    const assumed = assumedOf(need, decision, look, layers);
    return {
      on,
      action: need.action,
      resource: need.resource,
      request: need.request,
      allowed: decision.result === "Allowed",
      decidedBy: decidedBy(decision.deciding, look),
      missing: missingOf(need, decision, layers),
      ...(assumed !== undefined && { assumed }),
    };
  });
}

/**
 * What must not work: taking on the role without the external ID, or with another one. AWS's answer to a request that has
 * the right one proves nothing about it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function verifyGuards(
  integration: Integration,
  account: string,
  resources: readonly LiveResource[],
  reference: ServiceReference,
): readonly VerifiedGuard[] {
  const look = lookAt(integration, account, resources, reference, noLayers);
  const attempts = look.needs.assume.flatMap(({ request }) => {
    const { [externalIdKey]: wanted, ...others } = request.context ?? {};
    if (wanted === undefined) return [];
    const other = { ...others, [externalIdKey]: `not-${String(wanted)}` };
    return [
      { what: "Assuming the role without the external ID", request: { ...request, context: others } },
      { what: "Assuming the role with another external ID", request: { ...request, context: other } },
    ];
  });
  const tried = attempts.map(({ what, request }) => {
    const policies = { identity: allowsEverything, ...(look.trust && { resource: look.trust }) };
    const { result, deciding } = evaluate(request, policies);
    return { what, holds: result !== "Allowed", decidedBy: result === "Allowed" ? decidedBy(deciding, look) : [] };
  });
  // Of several principals the one that gets through is told.
  return [...new Set(tried.map(({ what }) => what))].flatMap((what) => {
    const same = tried.filter((each) => each.what === what);
    return same.find(({ holds }) => !holds) ?? same[0] ?? [];
  });
}

const externalIdKey = "sts:ExternalId";

function lookAt(
  { definition, manifest }: Integration,
  account: string,
  resources: readonly LiveResource[],
  reference: ServiceReference,
  layers: AccessLayers,
): Look {
  const live = liveDocuments(resources);
  const names = new Map(live.permissions.map(({ policy, name }) => [policy, name]));
  const named = (policy: PolicyDocument | undefined, name: string): PolicyDocument | undefined => {
    if (policy) names.set(policy, name);
    return policy;
  };
  const others = layers.otherPolicies.flatMap(({ name, document }) => named(policyOf(document), name) ?? []);
  const permissions = [...live.permissions.map(({ policy }) => policy), ...others];
  const trust = named(live.trust, "trust policy");
  const boundary =
    layers.boundary && named(policyOf(layers.boundary.document), `the permissions boundary ${layers.boundary.name}`);
  const shared = new Map([
    ...live.resources.map(({ of, policy, name }) => [of, named(policy, name)] as const),
    ...layers.resourcePolicies.map(
      ({ of, name, document }) => [of, document === undefined ? undefined : named(policyOf(document), name)] as const,
    ),
  ]);
  const own = roleArn(manifest.role ?? { name: "" }, account, manifest.partition);
  return {
    needs: withKeyNeeds(withOwnTrust(needsOf(definition, { ...manifest, account }, reference), own), layers.bucketKeys),
    trust,
    documents: {
      permissions,
      trust,
      boundary,
      resourcePolicy: (arn) => (arn === own ? trust : shared.get(ownerOf(arn))),
    },
    nameOf: (policy) => names.get(policy),
  };
}

/**
 * A role that takes itself on is let in by its own trust policy, too: it asks as that policy wants to be asked, with the
 * external ID. As long as that lets nobody in, because the vendor has not answered, there is nothing to verify.
 */
function withOwnTrust(needs: AccessNeeds, role: string): AccessNeeds {
  return {
    ...needs,
    act: needs.act.flatMap((need) => {
      if (need.resource !== role) return [need];
      const itself = needs.assume.find(({ request: { principal } }) => "arn" in principal && principal.arn === role);
      return itself ? [{ ...need, request: itself.request }] : [];
    }),
  };
}

/** The bucket's name or the key's ARN: what has the policy. */
function ownerOf(arn: string): string {
  const parsed = parseArn(arn);
  return (parsed && bucketOf(parsed)) ?? arn;
}

function decidedBy(deciding: readonly StatementOutcome[], { nameOf }: Pick<Look, "nameOf">): readonly string[] {
  return deciding.flatMap(({ policy, statement }) => {
    const name = nameOf(policy);
    if (name === undefined) return []; // the vendor's own side
    const sid = statement.sid?.value;
    return [sid ? `${sid} in ${name}` : `statement ${policy.statements.indexOf(statement) + 1} in ${name}`];
  });
}

function missingOf(need: AccessNeed, { missing }: Decision, { boundary }: AccessLayers): readonly string[] {
  return missing.flatMap((layer) => {
    if (layer === "boundary") return [`the permissions boundary ${boundary?.name} of the role`];
    if (layer !== "resource" || !need.action.startsWith("kms:")) return [];
    return [`the policy of the KMS key ${need.resource}`];
  });
}

/** Condition keys whose values follow from who asks for what. */
const derived =
  /^(aws:(principalarn|principalaccount|principaltype|userid|username|resourceaccount|principalisawsservice|principalservicename))$/;

function assumedOf(need: AccessNeed, decision: Decision, look: Look, { unread }: AccessLayers): string | undefined {
  const { arn } = need.request.resource;
  const isKey = need.action.startsWith("kms:");
  const told = unread.find((each) => each.of === ownerOf(arn))?.sentence;
  if (told !== undefined) return told;
  if (isKey && look.documents.resourcePolicy?.(arn) === undefined)
    return "the policy of the key is taken to be AWS’s default one";
  if (decision.result !== "ExplicitlyDenied") return undefined;
  const known = new Set(Object.keys(need.request.context ?? {}).map((key) => key.toLowerCase()));
  const keys = decision.deciding
    .flatMap(({ statement }) => statement.conditions.map(({ key }) => key.value))
    .filter((key) => !known.has(key.toLowerCase()) && !derived.test(key.toLowerCase()));
  const [first] = keys;
  return first === undefined
    ? undefined
    : `taken that the vendor’s requests have no ${[...new Set(keys)].join(", ")}, which only they can tell`;
}
