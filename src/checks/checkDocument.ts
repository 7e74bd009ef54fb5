import type { JsonText, Range } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import { mayBePolicy, readPolicy } from "../policy/readPolicy";
import { recogniseVendor } from "../vendors/recogniseVendor";
import { expectedTrust } from "./expectedTrust";
import type { CheckContext, CheckedDocument, Finding } from "./finding";
import { families } from "./registry";
import { syntaxProblems } from "./syntaxProblems";

/**
 * All findings of one document, in the order of the text. None for JSON that is no IAM policy document and belongs to
 * no integration. Never throws.
 */
export function checkDocument(text: string, context: CheckContext): readonly Finding[] {
  const { integration } = context;
  if (integration === undefined && !mayBePolicy(text)) return [];
  const json = parseJson(text);
  const policy = readPolicy(json);
  if (policy === undefined && integration === undefined) return [];
  const vendor =
    integration?.definition ?? (policy === undefined ? undefined : recogniseVendor(policy, context.vendors));
  const document: CheckedDocument = {
    text,
    json,
    policy,
    vendor,
    context,
    expectedTrust: expectedTrust({ policy, vendor, context }),
  };
  const findings: Finding[] = [];
  for (const { check } of families) {
    const found = check(document);
    if (found.length === 0) continue;
    for (const finding of found) {
      if (check === syntaxProblems || json.problems.length === 0 || !isDamaged(json, finding.range))
        findings.push(finding);
    }
  }
  return findings.length < 2
    ? findings
    : findings.sort((a, b) => a.range.offset - b.range.offset || b.range.length - a.range.length);
}

/** One cause, one finding: what a check says about text that a repair would change is not worth saying. */
function isDamaged({ problems }: JsonText, { offset, length }: Range): boolean {
  return problems.some(({ range, repair }) =>
    (repair?.edits.map((edit) => edit.range) ?? [range]).some(
      (broken) => broken.offset < offset + length && offset < broken.offset + broken.length,
    ),
  );
}
