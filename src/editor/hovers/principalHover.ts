import { accountOfPrincipal, isAccountId, parseArn } from "../../policy/arn";
import { codeSpan, escapeMarkdown, markdownLink } from "../../policy/markdownText";
import type { VendorDefinition } from "../../vendors/definition";
import { knownPrincipal } from "../../vendors/knownPrincipal";

export interface PrincipalContext {
  readonly vendors: readonly VendorDefinition[];
  /** The account of the integration that the document belongs to. */
  readonly ownAccount?: string | undefined;
}

/** Who a principal is, as Markdown: whose, since which page, retired or not. `type` as the policy has it: "AWS". */
export function principalHover(type: string, name: string, context: PrincipalContext): string | undefined {
  if (type === "*" || (type === "AWS" && name === "*")) return everyone;
  if (type === "Service") return `**An AWS service**: ${codeSpan(name)} acts on its own behalf, not on that of a user.`;
  if (type === "Federated")
    return `**An identity provider**: whoever signs in with ${codeSpan(name)} and fulfils the conditions.`;
  if (type !== "AWS") return undefined;
  if (/^(AROA|AIDA)[A-Z0-9]{12,}$/.test(name)) return orphan(name);
  const account = accountOfPrincipal(name);
  if (account === undefined || !isAccountId(account)) return undefined;
  return [described(name, account), belonging(name, account, context)].join("\n\n");
}

const everyone =
  "**Everyone**: every AWS account in the world, and requests without a signature, unless a condition narrows it.";

function orphan(id: string): string {
  const kind = id.startsWith("AROA") ? "role" : "user";
  return `**A ${kind} that no longer exists**: AWS shows the unique id of a deleted ${kind} instead of its ARN. It never matches again, not even when a ${kind} of the same name is made.`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function described(name: string, account: string): string {
  const [kind, ...path] = (parseArn(name)?.resource ?? "root").split("/");
  const last = path.at(-1) ?? "";
  switch (kind) {
    case "role":
      return `**The role** ${codeSpan(last)} of account ${account}`;
    case "user":
      return `**The user** ${codeSpan(last)} of account ${account}`;
    case "assumed-role":
      return `**One session**, ${codeSpan(last)}, of the role ${codeSpan(path[0] ?? "")} of account ${account}`;
    case "root":
      return `**The whole account ${account}**: every user and role there that its own policies let assume roles, not only its root user.`;
    default:
      return `${codeSpan(name)} of account ${account}`;
  }
}

/** Whose a principal, or an account by its id, is: as a sentence. */
export function belonging(name: string, account: string, { vendors, ownAccount }: PrincipalContext): string {
  const known = knownPrincipal(name, vendors);
  if (known === undefined) {
    return account === ownAccount ? "Your own account." : "No vendor of the catalog names it.";
  }
  const { vendor, principal, source } = known;
  const whose = escapeMarkdown(vendor.name);
  const version = source && !/no version/.test(source.version) ? `, ${escapeMarkdown(source.version)}` : "";
  const page = source && `${markdownLink(source.title, source.url ?? "")}${version}`;
  if (principal === undefined) {
    return `The account is ${whose}’s${page ? ` (${page})` : ""}, but the vendor does not name this principal.`;
  }
  const note = principal.note ? ` ${escapeMarkdown(principal.note)}` : "";
  return principal.status === "retired"
    ? `⚠ ${whose} **no longer uses it**. It is from ${page ?? "an older page"}.${note}`
    : `${whose} uses it, by ${page ?? "its page"}, checked on ${escapeMarkdown(source?.checked ?? "an unknown day")}.${note}`;
}
