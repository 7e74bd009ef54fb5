import type { JsonObject } from "../../../../src/policy/json";
import { parseJson } from "../../../../src/policy/parseJson";
import type { PolicyDocument } from "../../../../src/policy/policyDocument";
import { readPolicy } from "../../../../src/policy/readPolicy";

/** A policy of today's version with these statements. */
export function policy(...statements: readonly JsonObject[]): PolicyDocument {
  return policyOf({ Version: "2012-10-17", Statement: statements });
}

export function policyOf(value: JsonObject): PolicyDocument {
  const document = readPolicy(parseJson(JSON.stringify(value)));
  if (document === undefined) throw new Error(`no policy: ${JSON.stringify(value)}`);
  return document;
}

export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: JsonObject,
) {
  return { Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

export function deny(Action: string | readonly string[], Resource: string | readonly string[], Condition?: JsonObject) {
  return { ...allow(Action, Resource, Condition), Effect: "Deny" };
}

export function trusts(
  Principal: JsonObject | string,
  Condition?: JsonObject,
  Action: string | readonly string[] = "sts:AssumeRole",
) {
  return { Effect: "Allow", Principal, Action, ...(Condition && { Condition }) };
}

/** A bucket and its objects. */
export function whole(bucket: string): readonly string[] {
  return [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
}
