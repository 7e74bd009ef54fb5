import type { JsonValue } from "../policy/json";
import { samePolicy } from "../policy/normalizePolicy";

/**
 * A policy document as IAM answers: percent-encoded (RFC 3986).
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
 */
export function decodeDocument(encoded: string | undefined): JsonValue {
  return JSON.parse(decodeURIComponent(encoded ?? "null")) as JsonValue; // what JSON.parse returns is a JsonValue
}

/**
 * As it is sent: without white space, because that counts for the trust policy's limit.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function encodeDocument(document: JsonValue): string {
  return JSON.stringify(document);
}

export function documentDifferences(what: string, desired: JsonValue, live: JsonValue): readonly string[] {
  return samePolicy(desired, live) ? [] : [`The ${what} in AWS says something else than the document.`];
}
