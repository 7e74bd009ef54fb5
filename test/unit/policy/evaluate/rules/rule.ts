import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { evaluate } from "../../../../../src/policy/evaluate/evaluate";
import type {
  AccessRequest,
  AppliedPolicies,
  Decision,
  PolicyLayer,
  RequestContext,
  RequestPrincipal,
  StatementElement,
} from "../../../../../src/policy/evaluate/evaluation";
import type { JsonObject } from "../../../../../src/policy/json";
import { parseJson } from "../../../../../src/policy/parseJson";
import type { PolicyDocument } from "../../../../../src/policy/policyDocument";
import { readPolicy } from "../../../../../src/policy/readPolicy";
import { alice, object, own } from "./requesters";

/** The statements of a document of Version 2012-10-17, or a document's text where that is what the rule is about. */
export type Policy = readonly JsonObject[] | string;

export interface Policies {
  readonly identity?: Policy;
  /** Where there are several. */
  readonly identities?: readonly Policy[];
  readonly resource?: Policy;
  readonly boundary?: Policy;
  readonly session?: Policy;
  /** One policy for each level, from the root down. */
  readonly serviceControl?: readonly Policy[];
  readonly resourceControl?: readonly Policy[];
}

/** Alice reads an object of her own account's bucket, unless a request says otherwise. */
export interface Asked extends Policies {
  readonly by?: RequestPrincipal;
  readonly does?: string;
  readonly on?: string;
  /** The account that owns the resource; by default the account in its ARN, else our own. */
  readonly of?: string;
  readonly with?: RequestContext;
}

export interface Expected {
  readonly result: Decision["result"];
  /** Sids of the statements that decide. */
  readonly deciding?: readonly string[];
  readonly missing?: readonly PolicyLayer[];
  /** By Sid: the element by which a statement does not apply. */
  readonly mismatch?: { readonly [sid: string]: StatementElement };
}

export type Case = readonly [what: string, asked: Asked, expected: Decision["result"] | Expected];

/** One rule of AWS's documentation, and requests that prove it. What all of them have in common is `given`. */
export interface Rule {
  readonly rule: string;
  /** Where AWS says so. */
  readonly page: string;
  readonly given?: Asked;
  readonly cases: readonly Case[];
}

function document(policy: Policy): PolicyDocument {
  const text = typeof policy === "string" ? policy : JSON.stringify({ Version: "2012-10-17", Statement: policy });
  const read = readPolicy(parseJson(text));
  assert.ok(read, `This is no policy document: ${text}`);
  return read;
}

function applied(asked: Asked): AppliedPolicies {
  const identities = asked.identities ?? (asked.identity === undefined ? [] : [asked.identity]);
  return {
    identity: identities.map(document),
    ...(asked.resource === undefined ? {} : { resource: document(asked.resource) }),
    ...(asked.boundary === undefined ? {} : { boundary: document(asked.boundary) }),
    ...(asked.session === undefined ? {} : { session: [document(asked.session)] }),
    ...(asked.serviceControl === undefined ? {} : { serviceControl: asked.serviceControl.map((p) => [document(p)]) }),
    ...(asked.resourceControl === undefined
      ? {}
      : { resourceControl: asked.resourceControl.map((p) => [document(p)]) }),
  };
}

function request({ by = alice, does = "s3:GetObject", on = object, of, with: context = {} }: Asked): AccessRequest {
  const account = of ?? (on.split(":")[4] || own);
  return { principal: by, action: does, resource: { arn: on, account }, context };
}

export function decide(asked: Asked): Decision {
  return evaluate(request(asked), applied(asked));
}

function sids(outcomes: Decision["deciding"]): readonly string[] {
  return outcomes.map(({ statement }) => statement.sid?.value ?? "").sort();
}

/** What went wrong in a case: where AWS says so, and what the statements said. */
export function explanation(page: string, decision: Decision): string {
  const lines = decision.statements.map(
    ({ layer, statement, effect, mismatch }) =>
      `${layer} ${effect} ${statement.sid?.value ?? ""}: ${mismatch?.reason ?? "applies"}`,
  );
  return [`${page} has it otherwise: ${decision.result}`, ...lines, `missing: ${decision.missing.join()}`].join("\n");
}

export function prove(subject: string, rules: readonly Rule[]): void {
  describe(subject, () => {
    for (const { rule, page, given, cases } of rules) {
      describe(rule, () => {
        for (const [what, asked, expected] of cases) {
          const { result, deciding, missing, mismatch } =
            typeof expected === "string" ? { result: expected } : expected;
          it(`${what}: ${result}`, () => {
            const decision = decide({ ...given, ...asked });
            assert.equal(decision.result, result, explanation(page, decision));
            if (deciding) assert.deepEqual(sids(decision.deciding), [...deciding].sort(), explanation(page, decision));
            if (missing)
              assert.deepEqual([...decision.missing].sort(), [...missing].sort(), explanation(page, decision));
            for (const [sid, element] of Object.entries(mismatch ?? {})) {
              const outcome = decision.statements.find(({ statement }) => statement.sid?.value === sid);
              assert.equal(outcome?.mismatch?.element, element, explanation(page, decision));
            }
          });
        }
      });
    }
  });
}
