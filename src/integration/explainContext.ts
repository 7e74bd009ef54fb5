import { accountOfPrincipal } from "../policy/arn";
import type { ExplainContext } from "../policy/explain/explanation";
import { currentPrincipals } from "../vendors/principals";
import type { Integration } from "./integration";

/** Whose the principals are that an integration's documents name: the vendor's, or the customer's own account's. */
export function explainContext({ definition, manifest }: Pick<Integration, "definition" | "manifest">): ExplainContext {
  const own = manifest.account;
  const principals = currentPrincipals(definition, manifest);
  // The customer's own account is not the vendor's because the user that is made for the vendor is in it.
  const accounts = new Set(principals.map(accountOfPrincipal).filter((account) => account !== own));
  return {
    ...(manifest.role && { role: manifest.role.name }),
    ...(own !== undefined && { account: own }),
    ownerOf: (principal, account) => {
      // A role that trusts itself does so by the customer's own account.
      if (principals.includes(principal) && (account !== own || definition.user)) return definition.name;
      if (account === undefined) return undefined;
      if (account === own) return "your own account";
      return accounts.has(account) ? definition.name : undefined;
    },
  };
}
