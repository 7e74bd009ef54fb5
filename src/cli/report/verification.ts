import type { JudgedAccess, ObjectTest, VerifiedIntegration } from "../../account/account";
import { whyDenied } from "../../integration/verifyAccess";
import type { Style } from "../style";

/** What the vendor may and may not do by what is live, for a person. */
export function describeVerification(
  { access, guards, awsFindings }: VerifiedIntegration,
  vendorName: string,
  style: Style,
): string {
  const lacking = access.filter(({ allowed }) => !allowed);
  const lines = [
    ...(access.length > 0 && lacking.length === 0
      ? [
          `${style.good("✓ allowed ")} everything that ${vendorName} needs: ${access.length} of ${access.length} requests`,
        ]
      : []),
    ...lacking.map(
      (need) =>
        `${style.error("✗ denied  ")} ${need.action} on ${need.resource}, which ${vendorName} needs: ${whyDenied(need)}`,
    ),
    ...guards.map(({ what, holds, decidedBy }) =>
      holds
        ? `${style.good("✓ refused ")} ${what}`
        : `${style.error("✗ open    ")} ${what} works, too: ${decidedBy.join(" and ")}`,
    ),
    ...access.filter(disagrees).map((need) => {
      const aws = need.awsDecision === "allowed" ? "would allow" : "would deny";
      return `${style.warning("! AWS      ")} ${aws} ${need.action} on ${need.resource} by the role's policies alone (${need.awsDecision})`;
    }),
    ...awsFindings.map(
      ({ document, type, message, url }) =>
        `${style.warning("! AWS      ")} ${document}: ${message} (${type.toLowerCase().replaceAll("_", " ")}, ${url})`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** AWS's simulation does not know the policies of buckets and keys. */
function disagrees({ awsDecision, allowed }: JudgedAccess): boolean {
  return awsDecision !== undefined && (awsDecision === "allowed") !== allowed;
}

export function describeObjectTest({ tested, left }: ObjectTest, style: Style): string {
  return [
    ...tested.map(({ action, resource, result, reason }) =>
      result === "worked"
        ? `${style.good("✓ tried   ")} ${action} on ${resource}`
        : `${style.error("✗ tried   ")} ${action} on ${resource}: ${reason}`,
    ),
    ...left.map((sentence) => `${style.warning("! left     ")} ${sentence}`),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** As `--json` prints it. */
export function verificationForJson({ access, guards, unread, awsFindings, unanswered }: VerifiedIntegration) {
  return {
    access: access.map(({ request: _, ...told }) => told),
    guards,
    unread,
    aws: { findings: awsFindings, unanswered },
  };
}
