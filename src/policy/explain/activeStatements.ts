import { unmetCondition } from "../evaluate/conditions";
import type { RequestPrincipal } from "../evaluate/evaluation";
import { matchPrincipals, sparesPrincipal } from "../evaluate/matchPrincipal";
import { type RequestFacts, requestFacts } from "../evaluate/requestFacts";
import { readPrincipals } from "../evaluate/statementForm";
import type { AccessStatement } from "./accessStatements";
import type { Requester } from "./requestCells";

/** Does a statement of a resource policy name the principal? Those of identity policies name none and apply to all. */
export function namesPrincipal({ statement, effect }: AccessStatement, principal: RequestPrincipal): boolean {
  const facts = factsOf({ principal, context: {} });
  const principals = readPrincipals(statement, "Principal");
  if (principals !== undefined) return matchPrincipals(principals, facts) !== undefined;
  const spared = readPrincipals(statement, "NotPrincipal");
  if (spared === undefined) return true;
  return effect === "Allow" ? matchPrincipals(spared, facts) === undefined : !sparesPrincipal(spared, facts);
}

/** The statements whose conditions a requester meets. */
export function activeStatements(
  statements: readonly AccessStatement[],
  requester: Requester,
  account = "",
): readonly AccessStatement[] {
  const facts = factsOf(requester, account);
  return statements.filter(({ statement, variables }) => {
    const condition = statement.elements.get("Condition");
    return condition === undefined || unmetCondition(condition.value, facts, variables) === undefined;
  });
}

export function factsOf({ principal, context }: Requester, account = ""): RequestFacts {
  return requestFacts({ principal, action: "", resource: { arn: "*", account }, context });
}
