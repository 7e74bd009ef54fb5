import { accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { TextEdit } from "../policy/json";
import type { PrincipalValue, Statement } from "../policy/policyDocument";
import { principalTypes } from "../policy/policyWords";
import { contentRange } from "../policy/stringRange";
import { retiredPrincipals } from "../vendors/principals";
import { renderText } from "../vendors/render";
import { allows, isWhole, sharedPolicy, statementKey, trustPolicy } from "./documentFacts";
import { type ExpectedStatement, expectedPrincipals, namesSame, vendorStatements } from "./expectedTrust";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { arrayAround } from "./policyStrings";
import { isPublicPrincipal } from "./principalPublic";
import { isOwnPrincipal } from "./selfTrustMissing";
import { removeItem, replaceNode, replaceRange } from "./textEdits";
import { isUniqueId } from "./uniqueId";

interface Trusted {
  readonly principal: PrincipalValue;
  readonly statement: Statement;
  readonly kind: "current" | "retired" | "open" | "other";
}

/**
 * principal-mismatch, principal-retired, principal-foreign: who may assume the role, compared with whom the vendor's
 * page names now and named formerly. A public principal and a placeholder are for other checks.
 */
export function principals(document: CheckedDocument): Finding[] {
  const policy = trustPolicy(document) ?? sharedPolicy(document);
  const { vendor, context, expectedTrust } = document;
  const expected = expectedTrust && vendorStatements(expectedTrust);
  if (expectedTrust === undefined || expected === undefined || policy === undefined || vendor === undefined) return [];
  const current = expectedPrincipals(expected);
  const request = context.integration?.manifest ?? { accessLevel: "", parameters: {}, role: { name: "" } };
  const retired = () => retiredPrincipals(vendor).map(({ value }) => renderText(value, vendor, request));
  const trusted: Trusted[] = [];
  for (const statement of policy.statements.filter(allows)) {
    for (const principal of statement.principals) {
      const own = isOwnPrincipal(document, principal.node.value);
      trusted.push({ principal, statement, kind: own ? "open" : kindOf(principal, current, retired) });
    }
  }
  if (trusted.length > 0 && trusted.every(({ kind }) => kind === "current" || kind === "open")) return [];
  const complete = expected.every(({ statement }) => statement() !== undefined);
  const replacement = current.length > 0 && complete ? current : undefined;
  const findings = retiredFindings(document, trusted, replacement);
  const others = trusted.filter(({ kind }) => kind === "other");
  if (trusted.some(({ kind }) => kind !== "other")) {
    for (const other of others) findings.push(foreignFinding(document, other));
  } else {
    findings.push(...mismatchFinding(document, others[0], expected, replacement));
  }
  return findings;
}

function kindOf(
  { type, node }: PrincipalValue,
  current: readonly string[],
  retired: () => readonly string[],
): Trusted["kind"] {
  // Of other checks: everyone, a kind that does not exist, the id of somebody who was deleted.
  if (isPublicPrincipal(node.value) || !principalTypes.has(type) || isUniqueId(node.value)) return "open";
  if (type !== "AWS") return "other";
  if (current.some((value) => namesSame(value, node.value))) return "current";
  if (retired().includes(node.value)) return "retired";
  return hasPlaceholder(node.value) ? "open" : "other";
}

function retiredFindings(
  document: CheckedDocument,
  trusted: readonly Trusted[],
  replacement: readonly string[] | undefined,
): Finding[] {
  const vendorName = document.vendor?.name ?? "";
  const retired = trusted.filter(({ kind }) => kind === "retired");
  const present = trusted.filter(({ kind }) => kind === "current").map(({ principal }) => principal.node.value);
  const lacking = replacement?.filter((value) => !present.some((actual) => namesSame(value, actual))) ?? [];
  const begun = new Set<Statement>();
  return retired.map((item) => {
    // Those of today that are not there yet take the place of the first retired one of a statement.
    const isFirst = !begun.has(item.statement);
    begun.add(item.statement);
    const removal = isFirst && lacking.length > 0 ? [] : removeFixes(item, true);
    return {
      check: "principal-retired",
      severity: "error",
      message: `Only an older page of ${vendorName} names ${described(item.principal.node.value)}: AWS would refuse the trust policy if it was deleted, and would let in one who no longer needs access if it was not.`,
      range: contentRange(document.text, item.principal.node),
      fixes: removal.length > 0 || !isFirst ? removal : replaceFixes(item, lacking.length > 0 ? lacking : replacement),
    };
  });
}

function foreignFinding(document: CheckedDocument, item: Trusted): Finding {
  const { node } = item.principal;
  return {
    check: "principal-foreign",
    severity: "warning",
    message: `${document.vendor?.name ?? "The vendor"} does not name ${described(node.value)}, which could use the role as well.`,
    range: contentRange(document.text, node),
    fixes: removeFixes(item, false),
  };
}

function mismatchFinding(
  document: CheckedDocument,
  other: Trusted | undefined,
  expected: readonly ExpectedStatement[],
  replacement: readonly string[] | undefined,
): Finding[] {
  const policy = trustPolicy(document) ?? sharedPolicy(document);
  const name = document.vendor?.name ?? "the vendor";
  const wanted = expected.flatMap((statement) => statement.principals);
  if (other === undefined) {
    // Before the vendor has answered nobody is to be let in.
    if (wanted.length === 0) return [];
    const key = policy === undefined ? undefined : statementKey(policy);
    if (key === undefined || !isWhole(document) || document.context.integration === undefined) return [];
    return [
      {
        check: "principal-mismatch",
        severity: "error",
        message: `The trust policy names nobody, so ${name} could not assume the role.`,
        range: contentRange(document.text, key),
        fixes: [],
      },
    ];
  }
  const { node } = other.principal;
  const account = accountOfPrincipal(node.value);
  const whole = parseArn(node.value)?.resource === "root" || isAccountId(node.value);
  const sameAccount = whole && wanted.some((value) => accountOfPrincipal(value) === account);
  return [
    {
      check: "principal-mismatch",
      severity: "error",
      message: sameAccount
        ? `This trusts all of ${name}’s account ${account}, of which the vendor names only ${wanted.map(described).join(" and ")}, so more than the service could use the role.`
        : `${sentenceStart(described(node.value))} is not who ${name} assumes the role as, so ${name} would be refused and someone else let in.`,
      range: contentRange(document.text, node),
      fixes: replaceFixes(other, replacement),
    },
  ];
}

/** "the role activeloop_backend of account 574987031486" */
function described(principal: string): string {
  const arn = parseArn(principal);
  if (isAccountId(principal)) return `account ${principal}`;
  if (arn === undefined) return principal;
  if (arn.resource === "root") return `account ${arn.account}`;
  const [, kind, name] = /^(role|user)\/(.+)$/.exec(arn.resource) ?? [];
  return kind === undefined ? principal : `the ${kind} ${name} of account ${arn.account}`;
}

function sentenceStart(text: string): string {
  return /^(the|account) /.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}

export function replaceFixes(
  { principal, statement }: Pick<Trusted, "principal" | "statement">,
  replacement: readonly string[] | undefined,
): Fix[] {
  const [first] = replacement ?? [];
  if (replacement === undefined || first === undefined) return [];
  const element = statement.elements.get("Principal")?.value;
  let edit: TextEdit;
  if (principal.type !== "AWS" && element !== undefined) {
    edit = replaceNode(element, { AWS: replacement.length === 1 ? first : replacement });
  } else if (arrayOf({ principal, statement }) !== undefined) {
    edit = replaceRange(principal.node, replacement.map((value) => JSON.stringify(value)).join(", "));
  } else {
    edit = replaceNode(principal.node, replacement.length === 1 ? first : replacement);
  }
  return [{ title: `Replace by ${replacement.join(", ")}`, edits: [edit], safe: true }];
}

export function removeFixes(item: Pick<Trusted, "principal" | "statement">, safe: boolean): Fix[] {
  const array = arrayOf(item);
  const edit = array === undefined || array.items.length < 2 ? undefined : removeItem(array.items, item.principal.node);
  return edit === undefined ? [] : [{ title: `Remove ${item.principal.node.value}`, edits: [edit], safe }];
}

/** The array of principals of one type that this one stands in. */
function arrayOf({ principal, statement }: Pick<Trusted, "principal" | "statement">) {
  const element = statement.elements.get("Principal")?.value;
  if (element?.kind !== "object") return undefined;
  for (const { value } of element.properties) {
    const array = arrayAround(value, principal.node);
    if (array !== undefined) return array;
  }
  return undefined;
}
