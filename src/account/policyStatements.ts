import type { JsonObject, JsonValue } from "../policy/json";
import { isObject } from "../policy/json";
import { samePolicy } from "../policy/normalizePolicy";

/**
 * Statements of ours in a policy that is shared with others: that of a bucket or of a key. They are told by the end of their
 * Sids, which are unique in a policy; what others have put there stays as it is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */

/** The statements of a policy, which can be a single one. */
export function statementsOf(policy: JsonValue | undefined): readonly JsonObject[] {
  const statements = isObject(policy) ? policy.Statement : undefined;
  return (Array.isArray(statements) ? statements : [statements ?? null]).filter(isObject);
}

/** A document's statements with Sids that say whose they are. */
export function markStatements(document: JsonValue, integrationId: string): readonly JsonObject[] {
  return statementsOf(document).map(({ Sid, ...statement }, index) => {
    const own = typeof Sid === "string" && Sid !== "" ? Sid.replace(/[^A-Za-z0-9]/g, "") : `Statement${index + 1}`;
    return { Sid: `${own}${markOf(integrationId)}`, ...statement };
  });
}

/** Of a policy those that are ours, as a policy of their own; undefined when none is. */
export function ownStatements(policy: JsonValue | undefined, integrationId: string): readonly JsonObject[] {
  return statementsOf(policy).filter((statement) => isMarked(statement, integrationId));
}

/** The policy with our statements as they should be now: the others stay, old ones of ours go. */
export function mergeStatements(
  policy: JsonValue | undefined,
  ours: readonly JsonObject[],
  integrationId: string,
): JsonObject {
  const whole = isObject(policy) ? policy : { Version: "2012-10-17" };
  const added = new Map(ours.map((statement) => [statement.Sid, statement]));
  const kept = statementsOf(policy).flatMap((statement) => {
    if (!isMarked(statement, integrationId)) return [statement];
    const now = added.get(statement.Sid);
    added.delete(statement.Sid);
    return now === undefined ? [] : [now];
  });
  return { ...whole, Statement: [...kept, ...added.values()] };
}

/** What the others have; undefined when nothing is left. */
export function withoutOwnStatements(policy: JsonValue | undefined, integrationId: string): JsonObject | undefined {
  const others = mergeStatements(policy, [], integrationId);
  return statementsOf(others).length === 0 ? undefined : others;
}

/** Whether two policies, as they are, say the same: what was planned is still what is there. */
export function unchangedPolicy(planned: JsonValue | undefined, live: JsonValue | undefined): boolean {
  if (planned === undefined || live === undefined) return planned === live;
  return JSON.stringify(planned) === JSON.stringify(live) || samePolicy(planned, live);
}

function isMarked({ Sid }: JsonObject, integrationId: string): boolean {
  return typeof Sid === "string" && Sid.endsWith(markOf(integrationId));
}

function markOf(integrationId: string): string {
  return `VendorAccess${integrationId.replace(/[^A-Za-z0-9]/g, "").slice(0, 12)}`;
}
