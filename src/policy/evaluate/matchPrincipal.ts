import { isAccountId } from "../arn";
import type { RequestFacts } from "./requestFacts";

/** A principal of a statement: `AWS`, `Service`, … or `*`, and its name. */
export interface NamedPrincipal {
  readonly type: string;
  readonly name: string;
}

/**
 * How a statement names the principal of a request, the strongest first: `*`; the principal itself; the role of a session
 * or the user of a federated session, which boundaries and session policies limit; its account, which leaves the rest to
 * the account's own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type PrincipalMatch = "everyone" | "itself" | "identity" | "account";

const order: readonly PrincipalMatch[] = ["everyone", "itself", "identity", "account"];

/** The strongest way in which one of the names means the principal; undefined when none does. */
export function matchPrincipals(names: readonly NamedPrincipal[], facts: RequestFacts): PrincipalMatch | undefined {
  let best: PrincipalMatch | undefined;
  for (const name of names) {
    const match = matchPrincipal(name, facts);
    if (match !== undefined && (best === undefined || order.indexOf(match) < order.indexOf(best))) best = match;
  }
  return best;
}

function matchPrincipal({ type, name }: NamedPrincipal, facts: RequestFacts): PrincipalMatch | undefined {
  const { principal } = facts;
  if (type === "*" || (type === "AWS" && name === "*")) return "everyone";
  if (type === "Service") return principal.kind === "service" && principal.service === name ? "itself" : undefined;
  if (type === "Federated") return principal.kind === "federated" && principal.provider === name ? "itself" : undefined;
  if (type !== "AWS") return undefined;
  if (namesAccount(name, facts)) return principal.kind === "account" ? "itself" : "account";
  switch (principal.kind) {
    case "user":
      return name === principal.arn || name === principal.id ? "itself" : undefined;
    case "role":
      return name === principal.arn || name === principal.id ? "identity" : undefined;
    case "session":
      if (name === principal.arn) return "itself";
      return name === principal.role || name === principal.id ? "identity" : undefined;
    case "federated-user":
      if (name === principal.arn) return "itself";
      return name === principal.user || name === principal.id ? "identity" : undefined;
    default:
      return undefined;
  }
}

/** `123456789012` and `arn:aws:iam::123456789012:root` mean the same. */
function namesAccount(name: string, { account, partition }: RequestFacts): boolean {
  if (account === undefined || account === "") return false;
  if (isAccountId(name)) return name === account;
  return name === rootArn(account, partition);
}

function rootArn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:root`;
}

/**
 * Does NotPrincipal with Deny spare the principal? Only when everything that AWS may look at is named: the session, its
 * role and their account; the user and its account. So it never spares all sessions of a role, and naming the account
 * alone spares none of its users.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function sparesPrincipal(names: readonly NamedPrincipal[], facts: RequestFacts): boolean {
  const found = new Set<PrincipalMatch>();
  for (const name of names) {
    const match = matchPrincipal(name, facts);
    if (match !== undefined) found.add(match);
  }
  if (found.has("everyone")) return true;
  if (!found.has("itself")) return false;
  switch (facts.principal.kind) {
    case "user":
      return found.has("account");
    case "session":
    case "federated-user":
      return found.has("identity") && found.has("account");
    default:
      return true;
  }
}
