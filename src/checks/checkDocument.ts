import { parseJson } from "../policy/parseJson";
import type { PolicyDocument } from "../policy/policyDocument";
import { mayBePolicy, readPolicy } from "../policy/readPolicy";
import { recogniseVendor } from "../vendors/recogniseVendor";
import { acceptFindings } from "./acceptedFindings";
import { checkEmbedded } from "./checkEmbedded";
import { damagedText } from "./damagedText";
import { expectedTrust } from "./expectedTrust";
import type { CheckContext, CheckedDocument, Finding, Severity } from "./finding";
import { families, familiesOfRegular } from "./registry";
import { regularKind } from "./regularShape";
import { syntaxProblems } from "./syntaxProblems";

/**
 * All findings of one document, in the order of the text, or of the policies within a template. None for other JSON
 * that belongs to no integration. What integration.json accepts is a hint. Never throws.
 */
export function checkDocument(text: string, context: CheckContext): readonly Finding[] {
  const { integration } = context;
  if (integration === undefined && !mayBePolicy(text)) return [];
  const json = parseJson(text);
  const policy = placed(readPolicy(json), context);
  if (integration === undefined && policy === undefined) return checkEmbedded(json, context, checkDocument);
  if (integration === undefined && policy !== undefined && isOtherLanguage(policy)) return [];
  const vendor =
    integration?.definition ?? (policy === undefined ? undefined : recogniseVendor(policy, context.vendors));
  const document: CheckedDocument = {
    text,
    json,
    policy,
    vendor,
    context,
    expectedTrust: expectedTrust({ policy, vendor, context }),
    regular: json.problems.length > 0 ? undefined : regularKindOf(policy, context),
  };
  const findings: Finding[] = [];
  const isDamaged = json.problems.length === 0 ? undefined : damagedText(json);
  const hasConditions =
    document.regular === undefined || policy?.statements.some(({ conditions }) => conditions.length > 0) === true;
  for (const family of document.regular === undefined ? families : familiesOfRegular[document.regular]) {
    const { check } = family;
    if (!hasConditions && family.conditions === true) continue;
    const found = check(document);
    if (found.length === 0) continue;
    for (const finding of found) {
      // One cause, one finding: what a check says about text that a repair would change is not worth saying.
      if (check === syntaxProblems || isDamaged === undefined || !isDamaged(finding.range)) findings.push(finding);
    }
  }
  return acceptFindings(findings.length < 2 ? findings : onePerCause(findings), context);
}

/** A bucket policy or a key policy of which only its place says which of the two it is. */
function placed(policy: PolicyDocument | undefined, { integration, kind }: CheckContext): PolicyDocument | undefined {
  const place = integration?.documentRole ?? kind;
  return policy?.kind === "unknown" && (place === "bucket" || place === "key") ? { ...policy, kind: place } : policy;
}

function regularKindOf(policy: PolicyDocument | undefined, { integration, kind: known }: CheckContext) {
  const kind = policy && regularKind(policy);
  return kind === (integration?.documentRole ?? known ?? kind) ? kind : undefined;
}

/** Other clouds write their policies in nearly the same words, with versions such as "1" and without ARNs of AWS. */
function isOtherLanguage({ json, root }: PolicyDocument): boolean {
  const version = root.properties.findLast(({ key }) => key.value === "Version")?.value;
  return version?.kind === "string" && /^\d{1,2}(\.\d+)?$/.test(version.value) && !json.text.includes("arn:aws");
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
