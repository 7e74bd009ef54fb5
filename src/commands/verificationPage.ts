import type { JudgedAccess, LiveState, ObjectTest, VerifiedIntegration } from "../account/account";
import type { Integration } from "../integration/integration";
import { whyDenied } from "../integration/verifyAccess";
import { codeSpan, escapeMarkdown, markdownLink } from "../policy/markdownText";

/** What a verification found, as Markdown. */
export function verificationPage(
  { name, definition }: Integration,
  { identity }: LiveState,
  { access, guards, unread, awsFindings, unanswered }: VerifiedIntegration,
  tested: ObjectTest | undefined,
): string {
  const withAws = access.some(({ awsDecision }) => awsDecision !== undefined);
  const table =
    access.length === 0
      ? ["Nobody can be judged: there is no role, and no policy that lets the vendor in."]
      : [
          `| | what ${escapeMarkdown(definition.name)} needs | on | by |${withAws ? " AWS’s simulation |" : ""}`,
          `| --- | --- | --- | --- |${withAws ? " --- |" : ""}`,
          ...access.map((need) => row(need, withAws)),
        ];
  return [
    `# What ${escapeMarkdown(definition.name)} may do by ${escapeMarkdown(name)}`,
    `Account ${identity.account}, profile ${escapeMarkdown(identity.profile)}. Evaluated by AWS’s rules from everything that is live.`,
    table.join("\n"),
    ...section(
      "What must not work",
      guards.map(({ what, holds, decidedBy }) =>
        holds ? `✓ ${what} is refused.` : `✗ **${what} works, too:** ${decidedBy.map(codeSpan).join(", ")}.`,
      ),
    ),
    ...section(
      "Tried with the access key",
      (tested?.tested ?? []).map(({ action, resource, result, reason }) =>
        result === "worked"
          ? `✓ ${codeSpan(action)} on ${codeSpan(resource)}`
          : `✗ ${codeSpan(action)} on ${codeSpan(resource)}: ${escapeMarkdown(reason ?? "")}`,
      ),
    ),
    ...section("Left in the bucket", (tested?.left ?? []).map(escapeMarkdown)),
    ...section("Not known", unread.map(escapeMarkdown)),
    ...section(
      "What AWS’s Access Analyzer says of the documents",
      awsFindings.map(
        ({ document, type, message, url }) =>
          `${escapeMarkdown(document)}: ${escapeMarkdown(message)} (${markdownLink(type, url)})`,
      ),
    ),
    ...section("AWS gave no opinion", unanswered.map(escapeMarkdown)),
  ].join("\n\n");
}

function row(need: JudgedAccess, withAws: boolean): string {
  const { on, action, resource, allowed, decidedBy, assumed, awsDecision } = need;
  const by = allowed
    ? [decidedBy.join(", "), ...(assumed === undefined ? [] : [`(${assumed})`])].join(" ")
    : whyDenied(need);
  const what = on === "assume" ? `take on the role (${codeSpan(action)})` : codeSpan(action);
  const cells = [
    allowed ? "✓" : "✗",
    what,
    inCell(codeSpan(resource)),
    escapeMarkdown(by),
    ...(withAws ? [awsDecision ?? ""] : []),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Also within code a line ends the cell: https://github.github.com/gfm/#example-200 */
function inCell(code: string): string {
  return code.replaceAll("|", "\\|");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`];
}
