import type { TextEdit } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import type { AcceptedFinding } from "../vendors/manifest";
import type { CheckContext, Finding } from "./finding";
import { families } from "./registry";
import { syntaxProblems } from "./syntaxProblems";
import { addProperty, appendItem, replaceNode } from "./textEdits";

/** A text that is not JSON can't be accepted: there would be nothing to apply. */
export const acceptableChecks: readonly string[] = families
  .filter(({ check }) => check !== syntaxProblems)
  .flatMap(({ ids }) => ids);

/** What integration.json accepts for this document becomes a hint that says why, and is not repaired with the rest. */
export function acceptFindings(findings: readonly Finding[], { integration }: CheckContext): readonly Finding[] {
  const accepted = integration?.manifest.accepted;
  if (accepted === undefined || findings.length === 0) return findings;
  return findings.map((finding) => {
    const found = accepted.find(
      ({ check, document, reason }) =>
        check === finding.check && document === integration?.documentRole && reason.trim() !== "",
    );
    if (found === undefined || !acceptableChecks.includes(found.check)) return finding;
    const reason = found.reason.trim();
    return {
      ...finding,
      severity: "hint",
      message: `${finding.message} Accepted: ${reason}`,
      fixes: finding.fixes.map((fix) => ({ ...fix, safe: false })),
      accepted: reason,
    };
  });
}

/** The edits that add an entry to the text of an integration.json; none when it can't be read. */
export function acceptEdits(manifestText: string, entry: AcceptedFinding): readonly TextEdit[] {
  const { root } = parseJson(manifestText);
  if (root?.kind !== "object") return [];
  const { check, document, reason } = entry;
  const item = { check, document, reason };
  const existing = root.properties.findLast(({ key }) => key.value === "accepted")?.value;
  if (existing === undefined) return addProperty(manifestText, root, "accepted", [item]);
  return existing.kind === "array" ? appendItem(manifestText, existing, item) : [replaceNode(existing, [item])];
}
