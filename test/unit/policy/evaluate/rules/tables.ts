import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { RequestContext, RequestPrincipal } from "../../../../../src/policy/evaluate/evaluation";
import type { JsonObject } from "../../../../../src/policy/json";
import { allowAll, bucket, object } from "./requesters";
import { type Asked, decide, explanation } from "./rule";

/** A condition, the keys of a request, and whether the one is true for the other. */
export type ConditionCase = readonly [what: string, condition: JsonObject, keys: RequestContext, isTrue: boolean];

/** A condition decides alike whether a statement allows and whether a statement denies. */
export function proveConditions(subject: string, page: string, cases: readonly ConditionCase[]): void {
  describe(subject, () => {
    for (const [what, Condition, keys, isTrue] of cases) {
      it(`${what}: ${isTrue}`, () => {
        const allow = { Sid: "A", Effect: "Allow", Action: "*", Resource: "*", Condition };
        const allowed = decide({ identity: [allow], with: keys });
        assert.equal(allowed.result, isTrue ? "Allowed" : "ImplicitlyDenied", explanation(page, allowed));
        if (!isTrue) assert.equal(allowed.statements[0]?.mismatch?.element, "Condition", explanation(page, allowed));
        const deny = { ...allow, Effect: "Deny" };
        const denied = decide({ identities: [allowAll, [deny]], with: keys });
        assert.equal(denied.result, isTrue ? "ExplicitlyDenied" : "Allowed", explanation(page, denied));
      });
    }
  });
}

export type MatchCase = readonly [what: string, pattern: string | readonly string[], value: string, matches: boolean];

/** What `element` matches, its opposite (`NotAction`, `NotResource`) does not, and the reverse. */
export function proveMatches(
  element: "Action" | "Resource",
  subject: string,
  page: string,
  cases: readonly MatchCase[],
): void {
  describe(subject, () => {
    for (const [what, pattern, value, matches] of cases) {
      it(`${what}: ${matches ? "" : "no "}match`, () => {
        const asked: Asked = element === "Action" ? { does: value, on: "*" } : { does: "s3:GetObject", on: value };
        const rest = element === "Action" ? { Resource: "*" } : { Action: "*" };
        const plain = decide({ ...asked, identity: [{ Effect: "Allow", ...rest, [element]: pattern }] });
        assert.equal(plain.result, matches ? "Allowed" : "ImplicitlyDenied", explanation(page, plain));
        if (!matches) assert.equal(plain.statements[0]?.mismatch?.element, element, explanation(page, plain));
        const inverse = decide({
          ...asked,
          identities: [allowAll, [{ Effect: "Deny", ...rest, [`Not${element}`]: pattern }]],
        });
        assert.equal(inverse.result, matches ? "Allowed" : "ExplicitlyDenied", explanation(page, inverse));
      });
    }
  });
}

export type PrincipalCase = readonly [
  what: string,
  principal: JsonObject[string],
  by: RequestPrincipal,
  matches: boolean,
];

/** What lets a principal use all that a resource gives. Who federates with GetFederationToken must pass a policy. */
function ownPolicies({ kind }: RequestPrincipal): Asked {
  if (kind === "anonymous" || kind === "service" || kind === "federated") return {};
  return kind === "federated-user" ? { identity: allowAll, session: allowAll } : { identity: allowAll };
}

/** Whom a Principal names, seen from another account: what it allows then needs the identity policy, too. */
export function provePrincipals(subject: string, page: string, cases: readonly PrincipalCase[]): void {
  describe(subject, () => {
    for (const [what, Principal, by, matches] of cases) {
      it(`${what}: ${matches ? "" : "no "}match`, () => {
        const foreign = { by, on: object, of: "999999999999" };
        const identity = ownPolicies(by);
        const statement = { Effect: "Allow", Principal, Action: "s3:*", Resource: `${bucket}/*` };
        const allowed = decide({ ...foreign, ...identity, resource: [statement] });
        assert.equal(allowed.result, matches ? "Allowed" : "ImplicitlyDenied", explanation(page, allowed));
        const named = allowed.statements.find(({ layer }) => layer === "resource");
        if (!matches) assert.equal(named?.mismatch?.element, "Principal", explanation(page, allowed));
        const denied = decide({ ...foreign, ...identity, resource: [{ ...statement, Effect: "Deny" }] });
        assert.equal(denied.result === "ExplicitlyDenied", matches, explanation(page, denied));
      });
    }
  });
}
