import { hasVariables } from "../policy/evaluate/statementForm";
import { covers } from "../policy/explain/inclusion";
import { type Language, patternLanguage } from "../policy/explain/language";
import { normalizePolicy } from "../policy/normalizePolicy";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { toValue } from "../policy/toValue";
import { hasWildcard, matchesAction } from "../policy/wildcards";
import { isWhole } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { isWellFormed } from "./policyElements";
import { redundantItems } from "./redundantItems";
import { removeItem } from "./textEdits";

/** More statements than this are compared in no time that typing leaves. */
const mostStatements = 60;

/**
 * What changes nothing: a statement of which another one of the same effect already covers all actions, resources and
 * principals under no more conditions, and an item of a list that another item covers.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function statementRedundant(document: CheckedDocument): Finding[] {
  const findings = coveredStatements(document);
  redundantItems(document, findings);
  return findings;
}

function coveredStatements(document: CheckedDocument): Finding[] {
  const { policy, text, expectedTrust, regular } = document;
  // Of a vendor's trust policy each statement is compared with what the vendor asks for.
  if (expectedTrust !== undefined) return [];
  if (policy === undefined || policy.statements.length > mostStatements || !isWhole(document)) return [];
  const statements =
    regular === undefined
      ? policy.statements.filter((statement) => isWellFormed(statement) && !isNegated(statement))
      : policy.statements;
  if (statements.length < 2) return [];
  if (!statements.some((one) => statements.some((other) => one !== other && mayCover(other, one)))) return [];
  const readings = new Map(statements.map((statement) => [statement, read(statement, policy)]));
  const list = policy.root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  const findings: Finding[] = [];
  const gone = new Set<Statement>();
  for (const statement of statements) {
    const reading = readings.get(statement);
    const other = statements.find((each) => {
      const outer = readings.get(each);
      if (each === statement || gone.has(each) || outer === undefined || reading === undefined) return false;
      // Of two that say the same the later one is too much.
      const same = isCovered(outer, reading) && policy.statements.indexOf(each) > policy.statements.indexOf(statement);
      return isCovered(reading, outer) && !same;
    });
    if (other === undefined) continue;
    gone.add(statement);
    const removal = list?.kind === "array" ? removeItem(list.items, statement.node) : undefined;
    const place = statement.sid ?? statement.elements.get("Effect")?.key;
    findings.push({
      check: "statement-redundant",
      severity: "information",
      message: `${describe(policy, other)} already covers everything in this statement, so the access is the same without it.`,
      range: place ? contentRange(text, place) : statement.node,
      fixes: removal ? [{ title: "Remove the redundant statement", edits: [removal], safe: true }] : [],
    });
  }
  return findings;
}

/** A cheap look first: what covers all covers the first, and a pattern matches the text of what it covers. */
function mayCover({ effect, actions, resources }: Statement, inner: Statement): boolean {
  const action = inner.actions[0]?.value;
  const resource = inner.resources[0]?.value;
  return (
    effect?.value === inner.effect?.value &&
    action !== undefined &&
    actions.some(({ value }) => matchesAction(value, action)) &&
    (resource === undefined || resources.some(({ value }) => hasWildcard(value) || value === resource))
  );
}

interface Reading {
  readonly effect: string;
  readonly actions: readonly Language[];
  readonly resources: readonly Language[];
  readonly principals: readonly string[];
  readonly condition: string | undefined;
}

function read(statement: Statement, policy: PolicyDocument): Reading {
  const variables = hasVariables(policy);
  const condition = statement.elements.get("Condition")?.value;
  return {
    effect: statement.effect?.value ?? "",
    actions: statement.actions.map(({ value }) => patternLanguage(value.toLowerCase(), false)),
    resources: statement.resources.map(({ value }) => patternLanguage(value, variables)),
    principals: statement.principals.map(({ type, node }) => `${type} ${node.value}`),
    condition: condition && JSON.stringify(normalizePolicy(toValue(condition))),
  };
}

function isCovered(inner: Reading, outer: Reading): boolean {
  return (
    inner.effect === outer.effect &&
    (outer.condition === undefined || outer.condition === inner.condition) &&
    inner.principals.length > 0 === outer.principals.length > 0 &&
    inner.principals.every((principal) => outer.principals.includes(principal)) &&
    inner.actions.every((action) => covers(outer.actions, action)) &&
    inner.resources.length > 0 === outer.resources.length > 0 &&
    inner.resources.every((resource) => covers(outer.resources, resource))
  );
}

function isNegated({ elements }: Statement): boolean {
  return ["NotAction", "NotResource", "NotPrincipal"].some((name) => elements.has(name));
}

function describe({ statements }: PolicyDocument, statement: Statement): string {
  return statement.sid ? `The statement ${statement.sid.value}` : `Statement ${statements.indexOf(statement) + 1}`;
}
