import type { JsonText } from "../policy/json";
import type { CheckedDocument, Finding } from "./finding";

/**
 * json-syntax, typographic-quote, invisible-character, trailing-comma, missing-comma, comment: what keeps a text from
 * being JSON (RFC 8259), or can't be seen in it. AWS refuses such a document with MalformedPolicyDocument.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html
 */
export function syntaxProblems({ json }: CheckedDocument): Finding[] {
  return syntaxFindings(json);
}

export function syntaxFindings({ problems }: JsonText): Finding[] {
  return problems.map(({ code, range, message, repair }) => ({
    check: code,
    severity: "error",
    message,
    range,
    fixes: repair === undefined ? [] : [{ ...repair, safe: true }],
  }));
}
