import type { JsonValue } from "../../policy/json";
import { UserError } from "../../policy/userError";
import type { SharedPolicyContent } from "../contents";
import { documentDifferences } from "../documents";
import { mergeStatements, ownStatements, unchangedPolicy } from "../policyStatements";
import type { Former, Live } from "./resource";

/** What was read of a policy that is shared with others: ours of it, and the whole for planning. */
export function liveStatements(
  whole: JsonValue | undefined,
  { integrationId }: SharedPolicyContent,
): Live<SharedPolicyContent> | undefined {
  if (whole === undefined) return undefined;
  const Statement = ownStatements(whole, integrationId);
  return {
    ours: undefined,
    content: { document: { Version: "2012-10-17", Statement }, integrationId },
    facts: { wholePolicy: whole },
    absent: Statement.length === 0,
  };
}

export function statementDifferences(
  what: string,
  desired: SharedPolicyContent,
  live: SharedPolicyContent,
): readonly string[] {
  return documentDifferences(what, desired.document, live.document);
}

/**
 * The policy is written as a whole: what somebody has changed in it since it was read must not be undone.
 *
 * @param before the plan's: the whole policy as it was
 * @throws UserError aws when the policy is not what it was when the plan was made
 */
export function refuseChanged(what: string, before: SharedPolicyContent | undefined, now: JsonValue | undefined): void {
  if (unchangedPolicy(before?.document, now)) return;
  throw new UserError(
    "aws",
    `The policy of ${what} has been changed since the plan was made, so it was left as it is. Plan again.`,
  );
}

/** The policy as it is now, with our statements as they were. */
export function restoreStatements({ before, live }: Former<SharedPolicyContent>): SharedPolicyContent {
  const { integrationId } = before;
  const ours = ownStatements(before.document, integrationId);
  return { document: mergeStatements(live?.document, ours, integrationId), integrationId };
}
