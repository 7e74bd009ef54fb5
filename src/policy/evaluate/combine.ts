import { worksAcrossAccounts } from "./crossAccountKeyActions";
import type { AppliedPolicies, Decision, PolicyLayer, StatementOutcome } from "./evaluation";
import type { JudgedStatement } from "./judgedStatement";
import type { PrincipalMatch } from "./matchPrincipal";
import type { RequestFacts } from "./requestFacts";
import { hasAccount, isServiceLinkedRole } from "./requestFacts";
import { isUnderResourceControl } from "./resourceControlServices";
import type { PolicyPlace } from "./statementForm";

/** Which layers allow a request; those that don't limit it allow everything. */
interface Layers {
  readonly identity: boolean;
  readonly boundary: boolean;
  readonly session: boolean;
  readonly serviceControl: boolean;
  readonly resourceControl: boolean;
  readonly resource: ReadonlySet<PrincipalMatch>;
}

/** How a request is granted, and by which layers' statements. Undefined grants: what is missing. */
interface Grant {
  readonly missing: readonly PolicyLayer[];
  readonly identity: boolean;
  readonly resource: readonly PrincipalMatch[];
}

/**
 * Decides from the statements that apply: one Deny suffices, whatever allows; otherwise identity and resource policies
 * must grant, and everything that limits them must allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function combine(
  facts: RequestFacts,
  policies: AppliedPolicies,
  place: PolicyPlace,
  judged: readonly JudgedStatement[],
): Decision {
  const statements = judged.map(({ outcome }) => outcome);
  const denying = statements.filter(({ effect, mismatch }) => effect === "Deny" && mismatch === undefined);
  if (denying.length > 0) return { result: "ExplicitlyDenied", deciding: denying, statements, missing: [] };
  const allowing = judged.filter(({ outcome }) => outcome.effect === "Allow" && outcome.mismatch === undefined);
  const layers = readLayers(facts, policies, allowing);
  const grant = findGrant(facts, place, layers);
  const missing = [...grant.missing, ...missingOf(layers, ["serviceControl", "resourceControl"])];
  if (missing.length > 0) return { result: "ImplicitlyDenied", deciding: [], statements, missing };
  const deciding: StatementOutcome[] = [];
  for (const { outcome, principal } of allowing) {
    const decides =
      outcome.layer === "identity"
        ? grant.identity
        : outcome.layer === "resource" && principal !== undefined && grant.resource.includes(principal);
    if (decides) deciding.push(outcome);
  }
  return { result: "Allowed", deciding, statements, missing: [] };
}

function readLayers(facts: RequestFacts, policies: AppliedPolicies, allowing: readonly JudgedStatement[]): Layers {
  const allows = (layer: PolicyLayer) => allowing.some(({ outcome }) => outcome.layer === layer);
  const allowsAtAll = (layer: PolicyLayer, levels: readonly unknown[]) =>
    levels.every((_, level) => allowing.some((one) => one.outcome.layer === layer && one.level === level));
  const resource = new Set<PrincipalMatch>();
  for (const { outcome, principal } of allowing) {
    if (outcome.layer === "resource" && principal !== undefined) resource.add(principal);
  }
  const { principal } = facts;
  const isRoot = principal.kind === "account";
  const isSession = principal.kind === "role" || principal.kind === "session" || principal.kind === "federated-user";
  const hasSessionPolicy = (policies.session ?? []).length > 0;
  const inOrganization = hasAccount(principal) && !isServiceLinkedRole(principal);
  const controlled = isUnderResourceControl(facts.action, facts.service) && !isServiceLinkedRole(principal);
  return {
    // The root user of an account may do everything in it.
    identity: isRoot || allows("identity"),
    boundary: isRoot || policies.boundary === undefined || allows("boundary"),
    // A federated user has only what its session policy leaves of the user's permissions: without one, nothing.
    session: hasSessionPolicy && isSession ? allows("session") : principal.kind !== "federated-user",
    serviceControl: !inOrganization || allowsAtAll("serviceControl", policies.serviceControl ?? []),
    resourceControl: !controlled || allowsAtAll("resourceControl", policies.resourceControl ?? []),
    resource,
  };
}

function findGrant(facts: RequestFacts, place: PolicyPlace, layers: Layers): Grant {
  const byIdentity = missingOf(layers, ["identity", "boundary", "session"]);
  const granted = [...layers.resource];
  if (!hasAccount(facts.principal))
    return { missing: layers.resource.size > 0 ? [] : ["resource"], identity: false, resource: granted };
  if (facts.account !== facts.resourceAccount) {
    // Both accounts decide: that of the principal with its identity policies, that of the resource with its own.
    const isGranted = layers.resource.size > 0 && (place !== "key" || worksAcrossAccounts(facts.action));
    const byResource: readonly PolicyLayer[] = isGranted ? [] : ["resource"];
    return { missing: [...byIdentity, ...byResource], identity: true, resource: granted };
  }
  // What names the principal itself needs no other grant, and neither a boundary nor a session policy limits it.
  const direct = granted.filter((match) => match === "everyone" || match === "itself");
  const limits = missingOf(layers, ["boundary", "session"]);
  const byName = layers.resource.has("identity") && limits.length === 0;
  // A trust policy or a key policy says whether the account's identity policies count at all.
  const isStrict = place === "key" || (place === "trust" && facts.service === "sts");
  const delegates = !isStrict || layers.resource.has("account");
  const isIdentityGrant = byIdentity.length === 0 && delegates;
  const resource: PrincipalMatch[] = byName ? [...direct, "identity"] : direct;
  if (isIdentityGrant && isStrict) resource.push("account");
  if (resource.length > 0 || isIdentityGrant) return { missing: [], identity: isIdentityGrant, resource };
  if (layers.resource.has("identity")) return { missing: limits, identity: false, resource };
  return { missing: delegates ? byIdentity : ["resource"], identity: false, resource };
}

function missingOf(layers: Layers, names: readonly Exclude<PolicyLayer, "resource">[]): PolicyLayer[] {
  return names.filter((name) => !layers[name]);
}
