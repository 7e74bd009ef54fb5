import { hasWildcard } from "../wildcards";
import type { Danger, Grant, Grantee } from "./explanation";
import { listed } from "./words";

/** The worst first; `no-external-id` alone makes no grant come before another. */
export const dangerOrder: readonly Danger["code"][] = [
  "everyone",
  "all-actions",
  "manage-permissions",
  "all-resources",
  "not-element",
  "no-external-id",
];

/** @param byNotElement it is granted by NotAction or NotResource @param account the documents' own account, if known */
export function dangersOf(
  grant: Omit<Grant, "dangers">,
  byNotElement: boolean,
  account: string | undefined,
): readonly Danger[] {
  const { who, abilities, everyActionOf, resources, conditions } = grant;
  const dangers: Danger[] = [];
  const add = (code: Danger["code"], text: string) => dangers.push({ code, text });
  if (who.some(({ kind }) => kind === "everyone")) {
    add(
      "everyone",
      `Anyone in the world, in any AWS account, gets this${conditions.length > 0 ? " who meets the conditions" : ""}.`,
    );
  }
  if (everyActionOf.length > 0) {
    const services = everyActionOf.includes("*") ? "every AWS service" : listed(everyActionOf);
    add("all-actions", `It is every action of ${services}, also those that AWS adds later if a wildcard grants it.`);
  }
  const managing = abilities.find(({ ability }) => ability === "manage permissions");
  if (managing !== undefined) {
    add("manage-permissions", `It can change who has access: ${listed(managing.actions)}.`);
  }
  if (resources.some(reachesAll)) add("all-resources", "It is not limited to named resources.");
  if (byNotElement || who.some(({ except, kind }) => kind === "everyone" && except !== undefined)) {
    add(
      "not-element",
      "It grants all but what is named (NotAction, NotResource or NotPrincipal): also what AWS adds later.",
    );
  }
  const foreign = who.filter((each) => isForeign(each, account));
  if (grant.role !== undefined && foreign.length > 0 && !conditions.some(asksForExternalId)) {
    add(
      "no-external-id",
      "No external ID is asked for: who can make the trusted party act for them could reach this role, too (the confused deputy).",
    );
  }
  return dangers.sort((a, b) => dangerOrder.indexOf(a.code) - dangerOrder.indexOf(b.code));
}

function reachesAll({ kind, bucket }: Grant["resources"][number]): boolean {
  return kind === "any" || (bucket !== undefined && hasWildcard(bucket) && /^[*?]+$/.test(bucket));
}

/** Another account's role, user or whole: AWS services and identity providers have other means. */
function isForeign({ kind, account }: Grantee, own: string | undefined): boolean {
  return (
    ["account", "role", "user", "session"].includes(kind) &&
    account !== undefined &&
    account !== own &&
    /^\d{12}$/.test(account)
  );
}

function asksForExternalId({ effect, tests }: Grant["conditions"][number]): boolean {
  return effect === "only" && tests.some(({ key }) => key.toLowerCase() === "sts:externalid");
}
