import fc from "fast-check";
import type { RequestPrincipal } from "../../src/policy/evaluate/evaluation";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import { condition, toldContext } from "./conditionCases";
import type { Target } from "./targets";
import { targets } from "./targets";

/** A request and all policies that apply to it, as plain JSON: what both evaluators are given. */
export interface Case {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  readonly owner: string;
  readonly context: { readonly [key: string]: string | readonly string[] };
  readonly identity: readonly JsonObject[];
  readonly resourcePolicy?: JsonObject | undefined;
  readonly boundary?: JsonObject | undefined;
  readonly session?: JsonObject | undefined;
  readonly serviceControl: readonly (readonly JsonObject[])[];
  readonly resourceControl: readonly (readonly JsonObject[])[];
}

const accounts = ["111111111111", "222222222222"] as const;
const [home] = accounts;

/** Principals of the first account, and those of none. */
const user: RequestPrincipal = { kind: "user", arn: `arn:aws:iam::${home}:user/alice` };
const session: RequestPrincipal = {
  kind: "session",
  arn: `arn:aws:sts::${home}:assumed-role/reader/morning`,
  role: `arn:aws:iam::${home}:role/reader`,
};
const anySession: RequestPrincipal = { kind: "role", arn: session.role };
const federatedUser: RequestPrincipal = {
  kind: "federated-user",
  arn: `arn:aws:sts::${home}:federated-user/carol`,
  // iam-simulate can't be told whose session it is, so no policy here names this user.
  user: `arn:aws:iam::${home}:user/dora`,
};
const root: RequestPrincipal = { kind: "account", account: home };
const service: RequestPrincipal = { kind: "service", service: "cloudtrail.amazonaws.com" };
const federated: RequestPrincipal = { kind: "federated", provider: `arn:aws:iam::${home}:oidc-provider/example.com` };
const anonymous: RequestPrincipal = { kind: "anonymous" };

const withAccount = [user, session, anySession, federatedUser, root];

const everyTarget: readonly Target[] = Object.values(targets);

/** Mostly what matches: a case in which nothing matches says little. */
const actionsFor = (target: Target) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<JsonValue>("*", target.action) },
    { weight: 4, arbitrary: fc.constantFrom<JsonValue>(...target.actions) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...target.actions, "iam:*"), { minLength: 1, maxLength: 3 }) },
  );

const resourcesFor = (target: Target) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<JsonValue>("*") },
    { weight: 4, arbitrary: fc.constantFrom<JsonValue>(...target.resources) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...target.resources), { minLength: 1, maxLength: 3 }) },
  );

const effect = fc.oneof({ weight: 4, arbitrary: fc.constant("Allow") }, { weight: 1, arbitrary: fc.constant("Deny") });

const version = fc.oneof(
  { weight: 9, arbitrary: fc.constant<JsonObject>({ Version: "2012-10-17" }) },
  { weight: 1, arbitrary: fc.constantFrom<JsonObject>({ Version: "2008-10-17" }, {}) },
);

/** `Action` with what it holds, now and then `NotAction`. */
function element(name: string, value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(fc.nat(7), value)
    .map(([dice, held]): JsonObject => (dice === 0 ? { [`Not${name}`]: held } : { [name]: held }));
}

/** The names in a policy that may mean the principals above. */
const principalNames = [
  home,
  `arn:aws:iam::${home}:root`,
  accounts[1],
  user.arn,
  `arn:aws:iam::${home}:user/Alice`,
  `arn:aws:iam::${home}:user/*`,
  session.arn,
  session.role,
  federatedUser.arn,
  `arn:aws:sts::${home}:assumed-role/reader/evening`,
];

const namedPrincipals = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<JsonValue>("*", { AWS: "*" }) },
  { weight: 6, arbitrary: fc.constantFrom(...principalNames).map((name): JsonValue => ({ AWS: name })) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...principalNames), { minLength: 1, maxLength: 3 })
      .map((names): JsonValue => ({ AWS: names })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonValue>({ Service: service.service }, { Service: ["ec2.amazonaws.com"] }),
  },
  { weight: 1, arbitrary: fc.constantFrom<JsonValue>({ Federated: federated.provider }, { Federated: "example.org" }) },
);

type Parts = { readonly principal: boolean; readonly resource: boolean; readonly condition?: fc.Arbitrary<JsonObject> };

function statement(target: Target, parts: Parts): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(
      effect,
      element("Action", actionsFor(target)),
      parts.resource ? element("Resource", resourcesFor(target)) : fc.constant({}),
      parts.principal ? principalElement(parts.resource) : fc.constant({}),
      parts.condition ?? fc.constant({}),
    )
    .map(([Effect, action, resource, principal, condition]) => ({
      Effect,
      ...principal,
      ...action,
      ...resource,
      ...condition,
    }));
}

/** A trust policy can't have NotPrincipal. */
function principalElement(mayBeNegated: boolean): fc.Arbitrary<JsonObject> {
  return mayBeNegated ? element("Principal", namedPrincipals) : namedPrincipals.map((Principal) => ({ Principal }));
}

function policy(target: Target, parts: Parts, most = 3): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(version, fc.array(statement(target, parts), { minLength: 1, maxLength: most }))
    .map(([dated, Statement]) => ({ ...dated, Statement }));
}

const identityParts: Parts = { principal: false, resource: true };

/** Identity policies alone, of a user in its own account: actions, resources, variables in them. */
export const ofIdentity: fc.Arbitrary<Case> = fc
  .constantFrom(...everyTarget.filter(({ action }) => !/^(kms|sts):/.test(action)))
  .chain((target) =>
    fc.record({
      principal: fc.constant(user),
      action: fc.constantFrom(
        target.action,
        target.action.toUpperCase().replace(/^[A-Z0-9]+/, (prefix) => prefix.toLowerCase()),
      ),
      resource: fc.constant(target.resource(home)),
      owner: fc.constant(home),
      context: fc.constantFrom<Case["context"]>(
        {},
        { "aws:PrincipalTag/team": "alice" },
        { "aws:PrincipalTag/team": "bob" },
      ),
      identity: fc.array(policy(target, identityParts), { minLength: 1, maxLength: 2 }),
      serviceControl: fc.constant([]),
      resourceControl: fc.constant([]),
    }),
  );

/** Every kind of principal and policy together, in the principal's account and in another one. */
export const ofAllLayers: fc.Arbitrary<Case> = fc.constantFrom(...everyTarget).chain((target) =>
  fc
    .record({
      principal: principalFor(target),
      action: fc.constant(target.action),
      owner: fc.constantFrom(home, home, accounts[1]),
      context: fc.constant({}),
      identity: fc.array(policy(target, identityParts, 2), { maxLength: 2 }),
      resourcePolicy: resourcePolicyFor(target),
      boundary: fc.option(policy(target, identityParts, 2), { nil: undefined, freq: 2 }),
      session: fc.option(policy(target, identityParts, 2), { nil: undefined, freq: 2 }),
      serviceControl: levels(policy(target, identityParts, 2)),
      resourceControl: restrictions(target),
    })
    .map((made) => ({ ...made, resource: target.resource(made.owner) }))
    .map(withoutWhatCantBe),
);

/** A role always has a trust policy, a key always a key policy; other resources may have none. */
function resourcePolicyFor(target: Target): fc.Arbitrary<JsonObject | undefined> {
  const isRole = target.action.startsWith("sts:");
  const made = policy(target, { principal: true, resource: !isRole });
  return isRole || target === targets.key ? made : fc.option(made, { nil: undefined });
}

/** Who may call: only S3 takes unsigned requests, only STS users of an identity provider. */
function principalFor(target: Target): fc.Arbitrary<RequestPrincipal> {
  const others: RequestPrincipal[] = [service];
  if (target.action.startsWith("s3:")) others.push(anonymous);
  if (target === targets.webIdentity) return fc.constant(federated);
  return fc.constantFrom<RequestPrincipal>(...withAccount, ...withAccount, session, user, session, user, ...others);
}

function levels(attached: fc.Arbitrary<JsonObject>): fc.Arbitrary<readonly (readonly JsonObject[])[]> {
  const full: JsonObject = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const level = fc.oneof(
    { weight: 3, arbitrary: fc.constant<readonly JsonObject[]>([full]) },
    { weight: 2, arbitrary: attached.map((one) => [one]) },
    { weight: 1, arbitrary: attached.map((one) => [full, one]) },
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(level, { minLength: 1, maxLength: 3 }) },
  );
}

/** What is attached to each level beside RCPFullAWSAccess. A policy of one's own only denies, to everyone, by service. */
function restrictions(target: Target): fc.Arbitrary<readonly (readonly JsonObject[])[]> {
  const restriction = fc.tuple(fc.constantFrom(...target.actions), resourcesFor(target)).map(
    ([Action, Resource]): JsonObject => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action, Resource }],
    }),
  );
  const some = fc.array(fc.array(restriction, { maxLength: 1 }), { minLength: 1, maxLength: 3 });
  return fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some });
}

/** Principals without an account have no identity policies, boundaries or sessions; users and root no session policy. */
function withoutWhatCantBe(one: Case): Case {
  const { kind } = one.principal;
  // A role can only trust a provider of its own account.
  const owner = kind === "federated" ? home : one.owner;
  if (owner !== one.owner)
    return withoutWhatCantBe({ ...one, owner, resource: one.resource.replace(one.owner, owner) });
  if (kind === "service" || kind === "anonymous" || kind === "federated") {
    return { ...one, identity: [], boundary: undefined, session: undefined, serviceControl: [] };
  }
  if (kind === "account") return { ...one, identity: [], boundary: undefined, session: undefined };
  return kind === "user" ? { ...one, session: undefined } : one;
}

/** Conditions of identity policies: every operator with every kind of value, keys present and absent. */
export const ofConditions: fc.Arbitrary<Case> = fc.record({
  principal: fc.constant(user),
  action: fc.constant(targets.bucket.action),
  resource: fc.constant(targets.bucket.resource()),
  owner: fc.constant(home),
  context: toldContext,
  identity: fc
    .array(fc.tuple(effect, condition), { minLength: 1, maxLength: 3 })
    .map((statements): readonly JsonObject[] => [
      {
        Version: "2012-10-17",
        Statement: statements.map(([Effect, asked]) => ({ Effect, Action: "*", Resource: "*", ...asked })),
      },
    ]),
  serviceControl: fc.constant([]),
  resourceControl: fc.constant([]),
});
