import assert from "node:assert/strict";
import type { RequestPrincipal } from "../../../../src/policy/evaluate/evaluation";
import { parseJson } from "../../../../src/policy/parseJson";
import type { PolicyDocument } from "../../../../src/policy/policyDocument";
import { readPolicy } from "../../../../src/policy/readPolicy";

export const account = "111111111111";
export const alice: RequestPrincipal = { kind: "user", arn: `arn:aws:iam::${account}:user/alice` };

/** A policy of the newest version with these statements. */
export function policy(...statements: readonly unknown[]): PolicyDocument {
  return document(JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 2));
}

export function document(text: string): PolicyDocument {
  const read = readPolicy(parseJson(text));
  assert.ok(read, `a policy: ${text}`);
  return read;
}
