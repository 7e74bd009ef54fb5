import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { nearestName } from "./nearName";
import { isTemplateFunction, isTemplateText } from "./policyElements";
import { replaceNode } from "./textEdits";

/**
 * An Effect that is neither Allow nor Deny, which are compared letter by letter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html
 */
export function effectInvalid({ policy, text }: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const { elements } of policy?.statements ?? []) {
    const value = elements.get("Effect")?.value;
    if (value === undefined || isTemplateFunction(value)) continue;
    const written = value.kind === "string" ? value.value : undefined;
    if (written === "Allow" || written === "Deny" || (written !== undefined && isTemplateText(written))) continue;
    const meant = written === undefined ? undefined : nearestName(written.trim(), ["Allow", "Deny"]);
    const certain = written?.trim().toLowerCase() === meant?.toLowerCase();
    const fixes: Fix[] = (meant === undefined ? ["Allow", "Deny"] : [meant]).map((effect) => ({
      title: `Replace by ${effect}`,
      edits: [replaceNode(value, effect)],
      safe: meant !== undefined && certain,
    }));
    findings.push({
      check: "effect-invalid",
      severity: "error",
      message: `An Effect is Allow or Deny${certain ? ", written exactly so" : ""}, so AWS would refuse the document.`,
      range:
        value.kind === "string" && value.value !== ""
          ? contentRange(text, value)
          : { offset: value.offset, length: value.length },
      fixes,
    });
  }
  return findings;
}
