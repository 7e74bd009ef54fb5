import type { PolicyDocument, Statement } from "../policyDocument";
import { matchesPattern } from "../wildcards";
import { unmetCondition } from "./conditions";
import type { Mismatch, StatementElement } from "./evaluation";
import { listed } from "./listed";
import type { NamedPrincipal, PrincipalMatch } from "./matchPrincipal";
import { matchPrincipals, sparesPrincipal } from "./matchPrincipal";
import { matchesResource } from "./matchResource";
import type { RequestFacts } from "./requestFacts";
import type { PolicyPlace, Refusal } from "./statementForm";
import { hasVariables, readPrincipals, refusedStatement } from "./statementForm";

/** A policy that statements are read from, and what is the same for all of them. */
export interface PolicyView {
  readonly policy: PolicyDocument;
  readonly place: PolicyPlace;
  /** Why no statement of it applies, whatever it says. */
  readonly refusal: Refusal | undefined;
  /** A permissions boundary limits the principal. */
  readonly hasBoundary: boolean;
}

export interface StatementMatch {
  /** Absent when the statement applies. */
  readonly mismatch?: Mismatch;
  /** How the statement names the principal; absent where policies name none. */
  readonly principal?: PrincipalMatch;
}

/** Compares a statement with a request, element by element; the first that does not match is the mismatch. */
export function matchStatement(statement: Statement, view: PolicyView, facts: RequestFacts): StatementMatch {
  const withVariables = hasVariables(view.policy);
  const refusal = view.refusal ?? refusedStatement(statement, view.place, withVariables);
  if (refusal !== undefined) return unmatched(statement, refusal.element, refusal.reason);
  const principals = readPrincipals(statement, "Principal");
  const notPrincipals = readPrincipals(statement, "NotPrincipal");
  let principal: PrincipalMatch | undefined;
  if (principals !== undefined) {
    principal = matchPrincipals(principals, facts);
    if (principal === undefined) return unmatched(statement, "Principal", notNamed(principals, facts));
  } else if (notPrincipals !== undefined) {
    if (isExcepted(statement, notPrincipals, view, facts)) {
      return unmatched(statement, "NotPrincipal", `${principalName(facts)} is excepted by name`);
    }
    principal = "everyone";
  }
  const mismatch =
    unmatchedAction(statement, facts) ??
    unmatchedResource(statement, facts, withVariables) ??
    unmatchedCondition(statement, facts, withVariables);
  if (mismatch !== undefined) return { mismatch };
  return principal === undefined ? {} : { principal };
}

function isExcepted(
  statement: Statement,
  names: readonly NamedPrincipal[],
  view: PolicyView,
  facts: RequestFacts,
): boolean {
  if (statement.effect?.value === "Allow") return matchPrincipals(names, facts) !== undefined;
  // "NotPrincipal with a Deny effect will always deny any IAM principal that has a permissions boundary."
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  return !view.hasBoundary && sparesPrincipal(names, facts);
}

function unmatchedAction(statement: Statement, facts: RequestFacts): Mismatch | undefined {
  const { actions, notActions } = statement;
  if (actions.length > 0) {
    if (actions.some(({ value }) => matchesActionOf(value, facts))) return undefined;
    return mismatchOf(statement, "Action", `${facts.actionName} is not among the actions, ${textsOf(actions)}`);
  }
  const excepted = notActions.find(({ value }) => matchesActionOf(value, facts));
  return excepted && mismatchOf(statement, "NotAction", `${facts.actionName} is excepted by ${excepted.value}`);
}

function matchesActionOf(pattern: string, facts: RequestFacts): boolean {
  return pattern === "*" || matchesPattern(pattern.toLowerCase(), facts.action);
}

function unmatchedResource(statement: Statement, facts: RequestFacts, withVariables: boolean): Mismatch | undefined {
  const { resources, notResources } = statement;
  if (resources.length > 0) {
    if (resources.some(({ value }) => matchesResource(value, facts, withVariables))) return undefined;
    return mismatchOf(statement, "Resource", `${facts.resource} is not among the resources, ${textsOf(resources)}`);
  }
  const excepted = notResources.find(({ value }) => matchesResource(value, facts, withVariables));
  return excepted && mismatchOf(statement, "NotResource", `${facts.resource} is excepted by ${excepted.value}`);
}

function unmatchedCondition(statement: Statement, facts: RequestFacts, withVariables: boolean): Mismatch | undefined {
  const condition = statement.elements.get("Condition");
  if (condition === undefined) return undefined;
  const reason = unmetCondition(condition.value, facts, withVariables);
  return reason === undefined ? undefined : mismatchOf(statement, "Condition", reason);
}

function notNamed(principals: readonly NamedPrincipal[], facts: RequestFacts): string {
  const names = principals.map(({ name }) => name);
  return `${principalName(facts)} is not among the principals, ${listed(names, "and")}`;
}

function principalName({ principal }: RequestFacts): string {
  switch (principal.kind) {
    case "account":
      return `the root user of ${principal.account}`;
    case "federated":
      return `a user of ${principal.provider}`;
    case "service":
      return principal.service;
    case "anonymous":
      return "an anonymous request";
    default:
      return principal.arn;
  }
}

function textsOf(nodes: readonly { readonly value: string }[]): string {
  return listed(
    nodes.map(({ value }) => value),
    "and",
  );
}

function unmatched(statement: Statement, element: StatementElement, reason: string): StatementMatch {
  return { mismatch: mismatchOf(statement, element, reason) };
}

function mismatchOf(statement: Statement, element: StatementElement, reason: string): Mismatch {
  return { element, range: rangeOf(statement, element), reason };
}

function rangeOf(statement: Statement, element: StatementElement) {
  const { offset, length } = statement.elements.get(element) ?? statement.node;
  return { offset, length };
}
