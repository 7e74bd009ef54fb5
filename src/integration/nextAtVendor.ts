import { isPending } from "./completion";
import type { Integration } from "./integration";

/**
 * What is to be done at the vendor after an apply, in a sentence or two.
 *
 * @param labels what the vendor asks for besides the role's ARN, in its words
 * @param roleArnCopied whether the role's ARN is on the clipboard
 */
export function nextAtVendor(
  integration: Pick<Integration, "definition" | "manifest">,
  labels: readonly string[],
  roleArnCopied: boolean,
): string {
  const { name, completion, handBackTo } = integration.definition;
  const place = handBackTo.label.replace(/^(The|An?) /, (article) => article.toLowerCase());
  const paste = `Role ARN copied: paste it into ${place}.`;
  if (isPending(integration)) return `${roleArnCopied ? `${paste} ` : ""}${name} then shows what completes it.`;
  // Who has answered knows the ARN.
  if (completion) return `${name} can use the role now.${roleArnCopied ? " Role ARN copied." : ""}`;
  const short = labels.map((label) => label.replace(/ \(.*\)$/, "")).join(", ");
  if (!roleArnCopied) return `What ${name} asks for is in the side bar (${short}): enter it into ${place}.`;
  return short === "" ? paste : `${paste} The side bar has the rest: ${short}.`;
}
