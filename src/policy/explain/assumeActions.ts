import type { RequestPrincipal } from "../evaluate/evaluation";
import type { Grantee } from "./explanation";

/**
 * An AWS principal and a service assume a role with AssumeRole, users of an identity provider with one of the two others;
 * nobody does without credentials.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function isUseless(action: string, kind: Grantee["kind"] | RequestPrincipal["kind"]): boolean {
  if (kind === "everyone" || kind === "id") return false;
  const name = action.toLowerCase();
  if (kind === "federated") return name === "sts:assumerole";
  return kind === "anonymous" || name.startsWith("sts:assumerolewith");
}
