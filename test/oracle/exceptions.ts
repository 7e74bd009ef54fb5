import type { Decision } from "../../src/policy/evaluate/evaluation";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import { isObject } from "../../src/policy/json";
import type { Case } from "./cases";
import { conditionExceptions } from "./conditionExceptions";
import { resourceExceptions } from "./resourceExceptions";
import { allowAll, eachPolicy, listOf, policyOf, statementsOf } from "./rewrite";

/**
 * A rule that AWS documents and iam-simulate does not follow. The same case is put to it once more, written so that it
 * means to iam-simulate what the rule says: then both must agree.
 */
export interface Exception {
  readonly id: string;
  /** What AWS does, in AWS's words where they are short. */
  readonly rule: string;
  readonly source: string;
  /** The case itself where the rule has nothing to say. */
  readonly rewrite: (one: Case, ours: Decision) => Case;
  /** A case in which iam-simulate says something else. */
  readonly example: Case;
}

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const home = "111111111111";
const alice = `arn:aws:iam::${home}:user/alice`;
const role = `arn:aws:iam::${home}:role/reader`;
const session = `arn:aws:sts::${home}:assumed-role/reader/morning`;

const read: Case = {
  principal: { kind: "user", arn: alice },
  action: "s3:GetObject",
  resource: "arn:aws:s3:::data/report.csv",
  owner: home,
  context: {},
  identity: [],
  serviceControl: [],
  resourceControl: [],
};
const readBySession: Case = { ...read, principal: { kind: "session", arn: session, role } };

const combinations: readonly Exception[] = [
  {
    id: "role-in-some-session",
    rule: "The principal that makes a request is the role's session, not the role: NotPrincipal with Allow reaches it like any other.",
    source: `${guide}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    rewrite: (one) =>
      one.principal.kind === "role"
        ? { ...one, principal: { kind: "session", arn: session.replace("morning", "some"), role: one.principal.arn } }
        : one,
    example: {
      ...read,
      principal: { kind: "role", arn: role },
      resourcePolicy: policyOf({ ...allowAll, NotPrincipal: { AWS: alice } }),
      boundary: policyOf({ ...allowAll, Action: "s3:PutObject" }),
    },
  },
  {
    id: "root-user",
    rule: "The root user of an account has full access to it without a policy; policies of resources and organisations still limit it.",
    source: `${guide}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    rewrite: (one) => (one.principal.kind === "account" ? { ...one, identity: [policyOf(allowAll)] } : one),
    example: { ...read, principal: { kind: "account", account: home } },
  },
  {
    id: "variables-by-version",
    rule: "In a policy of no or an older Version, variables are literal strings.",
    source: `${guide}/reference_policies_elements_version.html`,
    rewrite: (one) =>
      eachPolicy(one, (policy) =>
        policy.Version === "2012-10-17"
          ? policy
          : { ...parsed(JSON.stringify(policy).replaceAll("${", "${$}{")), Version: "2012-10-17" },
      ),
    example: {
      ...read,
      identity: [
        { Version: "2008-10-17", Statement: [{ ...allowAll, Resource: "arn:aws:s3:::${aws:PrincipalTag/bucket}/*" }] },
      ],
      context: { "aws:PrincipalTag/bucket": "data" },
    },
  },
  {
    id: "not-principal-deny",
    rule: "NotPrincipal with Deny spares only a principal that is named together with its account (a session also with its role), and none that has a permissions boundary.",
    source: `${guide}/reference_policies_elements_notprincipal.html`,
    rewrite: (one) =>
      one.resourcePolicy !== undefined && statementsOf(one.resourcePolicy).some(isNotPrincipalDeny)
        ? { ...one, resourcePolicy: withoutNotPrincipal(one, one.resourcePolicy) }
        : one,
    example: {
      ...read,
      resourcePolicy: policyOf(
        { Effect: "Deny", NotPrincipal: { AWS: alice }, Action: "*", Resource: "*" },
        { ...allowAll, Principal: "*" },
      ),
    },
  },
  {
    id: "federated-user-without-session-policy",
    rule: "A federated user's session without a session policy has none of the user's permissions; only resource policies grant to it.",
    source: `${guide}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    rewrite: (one) =>
      one.principal.kind === "federated-user" && one.session === undefined
        ? { ...one, identity: onlyDenied(one.identity) }
        : one,
    example: {
      ...read,
      principal: { kind: "federated-user", arn: `arn:aws:sts::${home}:federated-user/carol`, user: alice },
      identity: [policyOf(allowAll)],
    },
  },
  {
    id: "user-of-identity-provider",
    rule: "Who signs in with an identity provider calls AWS without AWS credentials: such a user belongs to no account that AWS principals could name.",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
    rewrite: (one) => (one.principal.kind === "federated" ? eachPolicy(one, withoutAccounts) : one),
    example: {
      ...read,
      principal: { kind: "federated", provider: `arn:aws:iam::${home}:oidc-provider/example.com` },
      action: "sts:AssumeRoleWithWebIdentity",
      resource: role,
      resourcePolicy: policyOf({ Effect: "Deny", Principal: { AWS: home }, Action: "sts:AssumeRoleWithWebIdentity" }),
    },
  },
  {
    id: "direct-grant-and-session-policy",
    rule: "In one account, what a resource policy grants to the session itself (or to everyone) is not limited by an implicit deny in a session policy.",
    source: `${guide}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
    rewrite: withDirectGrantOnly,
    example: {
      ...readBySession,
      resourcePolicy: policyOf({ ...allowAll, Principal: { AWS: session } }),
      session: policyOf({ ...allowAll, Action: "s3:PutObject" }),
    },
  },
  {
    id: "resource-control-services",
    rule: "Resource control policies apply to the actions of some services only, of which EC2 is none.",
    source:
      "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services",
    rewrite: (one) =>
      one.action.startsWith("ec2:") && one.resourceControl.length > 0 ? { ...one, resourceControl: [] } : one,
    example: {
      ...read,
      action: "ec2:StartInstances",
      resource: `arn:aws:ec2:eu-west-1:${home}:instance/i-1`,
      identity: [policyOf(allowAll)],
      resourceControl: [[policyOf({ Effect: "Deny", Principal: "*", Action: "ec2:*", Resource: "*" })]],
    },
  },
];

export const exceptions: readonly Exception[] = [
  ...combinations,
  ...resourceExceptions(read),
  ...conditionExceptions(read),
];

function parsed(text: string): JsonObject {
  const value: JsonValue = JSON.parse(text);
  return isObject(value) ? value : {};
}

/** Denies of NotPrincipal as Denies of everyone, or left out where they spare the principal. */
function withoutNotPrincipal(one: Case, policy: JsonObject): JsonObject {
  const statements = statementsOf(policy).flatMap(({ NotPrincipal, ...statement }): readonly JsonObject[] => {
    if (NotPrincipal === undefined) return [statement];
    if (!isNotPrincipalDeny({ ...statement, NotPrincipal })) return [{ ...statement, NotPrincipal }];
    return spares(one, NotPrincipal) ? [] : [{ ...statement, Principal: "*" }];
  });
  // A policy without statements is none for iam-simulate: this one says nothing of the request.
  const silent: JsonObject = {
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    ...(isTrust(one) ? {} : { Resource: "*" }),
  };
  return { ...policy, Statement: statements.length === 0 ? [silent] : statements };
}

function isNotPrincipalDeny({ Effect, NotPrincipal }: JsonObject): boolean {
  return Effect === "Deny" && NotPrincipal !== undefined;
}

function spares(one: Case, notPrincipal: JsonValue): boolean {
  const { principal } = one;
  const named = isObject(notPrincipal) ? listOf(notPrincipal.AWS) : [];
  if (one.boundary !== undefined) return false;
  if (notPrincipal === "*" || named.includes("*")) return true;
  const isAccountNamed = named.includes(home) || named.includes(`arn:aws:iam::${home}:root`);
  switch (principal.kind) {
    case "user":
      return named.includes(principal.arn) && isAccountNamed;
    case "session":
      return named.includes(principal.arn) && named.includes(principal.role) && isAccountNamed;
    case "account":
      return isAccountNamed;
    case "service":
      return isObject(notPrincipal) && listOf(notPrincipal.Service).includes(principal.service);
    default:
      return false;
  }
}

/** Accounts as principals left out. */
function withoutAccounts(policy: JsonObject): JsonObject {
  return {
    ...policy,
    Statement: statementsOf(policy).map((statement) => {
      if (!isObject(statement.Principal) || statement.Principal.AWS === undefined) return statement;
      const others = listOf(statement.Principal.AWS).filter(
        (name) => name !== home && name !== `arn:aws:iam::${home}:root`,
      );
      return { ...statement, Principal: { ...statement.Principal, AWS: others.length > 0 ? others : alice } };
    }),
  };
}

function isTrust(one: Case): boolean {
  return one.action.startsWith("sts:");
}

function onlyDenied(policies: readonly JsonObject[]): readonly JsonObject[] {
  return policies.flatMap((policy) => {
    const denied = statementsOf(policy).filter(({ Effect }) => Effect === "Deny");
    return denied.length === 0 ? [] : [{ ...policy, Statement: denied }];
  });
}

/** When a session is granted something by its own name: only what so names it, with a session policy that allows all. */
function withDirectGrantOnly(one: Case, ours: Decision): Case {
  const { principal, session: sessionPolicy, resourcePolicy } = one;
  if (sessionPolicy === undefined || resourcePolicy === undefined || one.owner !== home || ours.result !== "Allowed")
    return one;
  if (principal.kind !== "session" && principal.kind !== "role" && principal.kind !== "federated-user") return one;
  const isAllowed = ours.statements.some(
    ({ layer, effect, mismatch }) => layer === "session" && effect === "Allow" && mismatch === undefined,
  );
  if (isAllowed) return one;
  const direct = statementsOf(resourcePolicy).filter(({ Effect, Principal, NotPrincipal }) => {
    const names = isObject(Principal) ? listOf(Principal.AWS) : [];
    return (
      Effect === "Deny" ||
      Principal === "*" ||
      NotPrincipal !== undefined ||
      names.includes("*") ||
      names.includes(principal.arn)
    );
  });
  return {
    ...one,
    identity: onlyDenied(one.identity),
    session: { ...sessionPolicy, Statement: [...statementsOf(sessionPolicy), allowAll] },
    resourcePolicy: { ...resourcePolicy, Statement: direct },
  };
}
