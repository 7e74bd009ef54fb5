import type { JsonText, Range } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import type { PolicyDocument } from "../policy/policyDocument";
import { mayBePolicy, readPolicy } from "../policy/readPolicy";
import { recogniseVendor } from "../vendors/recogniseVendor";
import { acceptFindings } from "./acceptedFindings";
import { expectedTrust } from "./expectedTrust";
import type { CheckContext, CheckedDocument, Finding, Severity } from "./finding";
import { families } from "./registry";
import { hasRegularShape } from "./regularShape";
import { syntaxProblems } from "./syntaxProblems";

/**
 * All findings of one document, in the order of the text. None for JSON that is no IAM policy document and belongs to
 * no integration. What integration.json accepts is a hint. Never throws.
 */
export function checkDocument(text: string, context: CheckContext): readonly Finding[] {
  const { integration } = context;
  if (integration === undefined && !mayBePolicy(text)) return [];
  const json = parseJson(text);
  const policy = readPolicy(json);
  if (integration === undefined && (policy === undefined || isOtherLanguage(policy))) return [];
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
  const regular =
    policy !== undefined &&
    json.problems.length === 0 &&
    (integration === undefined || integration.documentRole === policy.kind) &&
    hasRegularShape(policy);
  for (const { check, grammar } of families) {
    if (regular && grammar) continue;
    const found = check(document);
    if (found.length === 0) continue;
    for (const finding of found) {
      if (check === syntaxProblems || json.problems.length === 0 || !isDamaged(json, finding.range))
        findings.push(finding);
    }
  }
  return acceptFindings(findings.length < 2 ? findings : onePerCause(findings), context);
}

/** Other clouds write their policies in nearly the same words, with versions such as "1" and without ARNs of AWS. */
function isOtherLanguage({ json, root }: PolicyDocument): boolean {
  const version = root.properties.findLast(({ key }) => key.value === "Version")?.value;
  return version?.kind === "string" && /^\d{1,2}(\.\d+)?$/.test(version.value) && !json.text.includes("arn:aws");
}

/** One cause, one finding: what a check says about text that a repair would change is not worth saying. */
function isDamaged({ problems }: JsonText, { offset, length }: Range): boolean {
  return problems.some(({ range, repair }) =>
    (repair?.edits.map((edit) => edit.range) ?? [range]).some(
      (broken) => broken.offset < offset + length && offset < broken.offset + broken.length,
    ),
  );
}

const ranks: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

/**
 * In the order of the text. Of the findings of several checks at the very same place the gravest stays, and of equal ones
 * the first: repairing it shows whether the other had a cause of its own.
 */
function onePerCause(findings: Finding[]): readonly Finding[] {
  // The sort is stable: at one place the checks keep their order.
  findings.sort(
    (a, b) =>
      a.range.offset - b.range.offset || b.range.length - a.range.length || ranks[a.severity] - ranks[b.severity],
  );
  let first = findings[0];
  return findings.filter((finding) => {
    const same = first?.range.offset === finding.range.offset && first.range.length === finding.range.length;
    if (same && first?.check !== finding.check) return false;
    if (!same) first = finding;
    return true;
  });
}
