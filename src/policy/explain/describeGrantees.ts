import { hasWildcard } from "../wildcards";
import type { Grant, Grantee } from "./explanation";
import { capitalised, joined } from "./words";

/** "role activeloop_backend of account 597713067985" */
export function describeGrantee({ principal, kind, account, name, except }: Grantee): string {
  switch (kind) {
    case "everyone": {
      const everyone = principal === "*" ? "anyone in the world" : `anyone in the world (${principal})`;
      return except === undefined ? everyone : `${everyone}, except ${joined(except, "and")}`;
    }
    case "account":
      return `any role or user of account ${account}`;
    case "role":
    case "user":
      return `${kind}${hasWildcard(name ?? "") ? "s" : ""} ${name} of account ${account}`;
    case "session":
      return `the session ${name} of account ${account}`;
    case "service":
      return `the AWS service ${name}`;
    case "federated":
      return name === "*" ? "users of any identity provider" : `users of the identity provider ${name}`;
    case "id":
      return principal;
  }
}

/**
 * The beginning of a sentence: "Activeloop (role activeloop_backend of account 597713067985)", "The role reader" where
 * it is not known who assumes it.
 */
export function describeWho({ who, role }: Pick<Grant, "who" | "role">): string {
  if (who.length === 0) return role ? `The role ${roleName(role)}` : "Whoever has these permissions";
  const owners = new Map<string | undefined, string[]>();
  for (const grantee of who) {
    const names = owners.get(grantee.owner);
    if (names === undefined) owners.set(grantee.owner, [describeGrantee(grantee)]);
    else names.push(describeGrantee(grantee));
  }
  const parties = [...owners].flatMap(([owner, names]) =>
    owner === undefined ? names : [`${owner} (${joined(names, "and")})`],
  );
  return capitalised(joined(parties, "and"));
}

/** "reader" of `arn:aws:iam::123456789012:role/path/reader`, or of its name alone. */
function roleName(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}
