import type { JsonValue } from "./json";
import { parseJson } from "./parseJson";
import type { PolicyDocument } from "./policyDocument";
import { readPolicy } from "./readPolicy";

/** A policy that is a value and no text: undefined when it is no policy document. Its ranges are those of compact JSON. */
export function policyOf(value: JsonValue): PolicyDocument | undefined {
  return readPolicy(parseJson(JSON.stringify(value)));
}

/** For a side whose own policies are not known, and not what a decision is about. */
export const allowsEverything: readonly PolicyDocument[] = [
  policyOf({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
].filter((policy) => policy !== undefined);
