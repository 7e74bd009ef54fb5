import { type EmbeddedPolicy, embeddedPolicies } from "../policy/embedded/embeddedPolicies";
import { type EmbeddedText, isDoubtful, outerEdit, outerRange } from "../policy/embedded/embeddedText";
import type { JsonText } from "../policy/json";
import type { CheckContext, Finding, Fix } from "./finding";

type CheckText = (text: string, context: CheckContext) => readonly Finding[];

/**
 * The findings of the policies within a template, at their places in the template. What a template fills in when it is
 * deployed is not known: only what holds for any value is a finding.
 */
export function checkEmbedded(json: JsonText, context: CheckContext, check: CheckText): readonly Finding[] {
  return embeddedPolicies(json).flatMap((policy) => {
    const { kind } = policy;
    const own = kind === undefined ? context : { ...context, kind };
    const named = policy.textWith("named");
    const findings = findingsIn(policy, named, own, check);
    if (named.doubtful.length === 0 || findings.length === 0) return findings;
    return inBoth(findings, findingsIn(policy, policy.textWith("anything"), own, check));
  });
}

function findingsIn(
  policy: EmbeddedPolicy,
  embedded: EmbeddedText,
  context: CheckContext,
  check: CheckText,
): readonly Finding[] {
  return check(embedded.text, context).flatMap((finding) => {
    const range = outerRange(embedded, finding.range);
    return range === undefined || isDoubtful(embedded, finding.range)
      ? []
      : [{ ...finding, range, fixes: fixesIn(embedded, finding.fixes), ...fillIn(policy, embedded, finding) }];
  });
}

function fixesIn(embedded: EmbeddedText, fixes: readonly Fix[]): readonly Fix[] {
  return fixes.flatMap((fix) => {
    const edits = fix.edits.map((edit) => outerEdit(embedded, edit)).filter((edit) => edit !== undefined);
    return edits.length === fix.edits.length ? [{ ...fix, edits }] : [];
  });
}

function fillIn({ inString }: EmbeddedPolicy, embedded: EmbeddedText, { fill }: Finding): Pick<Finding, "fill"> {
  if (fill === undefined) return {};
  const places = fill.places.map((place) => outerRange(embedded, place)).filter((place) => place !== undefined);
  return { fill: { ...fill, places, ...(inString && { inString }) } };
}

/** With the fixes that are the same, too: one that would write a stand-in is not. */
function inBoth(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const key = ({ check, message, range }: Finding) => JSON.stringify([check, message, range.offset, range.length]);
  const known = new Map(others.map((finding) => [key(finding), finding]));
  return some.flatMap((finding) => {
    const other = known.get(key(finding));
    if (other === undefined) return [];
    const fixes = finding.fixes.filter((fix) =>
      other.fixes.some((each) => JSON.stringify(each) === JSON.stringify(fix)),
    );
    return [{ ...finding, fixes }];
  });
}
