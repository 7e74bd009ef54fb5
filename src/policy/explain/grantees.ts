import { isAccountId, parseArn } from "../arn";
import type { PrincipalValue } from "../policyDocument";
import { matchesPattern } from "../wildcards";
import type { AccessStatement } from "./accessStatements";
import { conditionTest } from "./conditions";
import type { ConditionTest, ExplainContext, Grantee } from "./explanation";

/** One whom an Allow names, with what it asks for beside. */
export interface NamedGrantee {
  readonly grantee: Grantee;
  readonly tests: readonly ConditionTest[];
}

/** Whom a statement of a resource policy or a trust policy names. */
export function namedGrantees({ statement }: AccessStatement, context: ExplainContext): readonly NamedGrantee[] {
  const tests = statement.conditions.map(conditionTest);
  if (statement.principals.length === 0 && statement.notPrincipals.length > 0) {
    const except = statement.notPrincipals.map(principalText);
    return [{ grantee: { principal: "*", kind: "everyone", except }, tests }];
  }
  return statement.principals.flatMap((principal): readonly NamedGrantee[] => {
    const grantee = granteeOf(principal, context);
    return narrowed(grantee, tests, context) ?? [{ grantee, tests }];
  });
}

/** The principal as one text, whatever its type. */
export function principalText({ type, node }: PrincipalValue): string {
  return type === "AWS" && isAccountId(node.value) ? `arn:aws:iam::${node.value}:root` : node.value;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function granteeOf(value: PrincipalValue, context: ExplainContext): Grantee {
  const principal = principalText(value);
  const grantee = withoutOwner(value.type, principal);
  const owner = context.ownerOf?.(principal, grantee.account);
  return owner === undefined ? grantee : { ...grantee, owner };
}

function withoutOwner(type: string, principal: string): Grantee {
  if (principal === "*") return { principal, kind: "everyone" };
  if (type === "Service") return { principal, kind: "service", name: principal };
  if (type === "Federated") return { principal, kind: "federated", name: principal };
  const arn = type === "AWS" ? parseArn(principal) : undefined;
  if (arn === undefined || (arn.service !== "iam" && arn.service !== "sts")) return { principal, kind: "id" };
  // AWS refuses a wildcard here; should it ever take one, it would be about accounts that nobody named.
  if (/[*?]/.test(arn.account)) return { principal, kind: "everyone" };
  const { account } = arn;
  if (arn.resource === "root") return { principal, kind: "account", account };
  const [, kind, path = ""] = /^(role|user|assumed-role|federated-user)\/(.+)$/.exec(arn.resource) ?? [];
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (kind === "role" || kind === "user") return { principal, kind, account, name };
  if (kind === "assumed-role") return { principal, kind: "session", account, name: path };
  if (kind === "federated-user") return { principal, kind: "session", account, name };
  return { principal, kind: "id", account };
}

/**
 * An account that a condition on aws:PrincipalArn narrows to its own roles and users.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function narrowed(
  { kind, account, owner }: Grantee,
  tests: readonly ConditionTest[],
  context: ExplainContext,
): readonly NamedGrantee[] | undefined {
  const narrowing = tests.filter(({ key }) => key.toLowerCase() === "aws:principalarn");
  const [test] = narrowing;
  if (kind !== "account" || account === undefined || test === undefined || narrowing.length > 1) return undefined;
  const [, like] = /^(?:arn|string)(like|equals)$/i.exec(test.operator) ?? [];
  if (like === undefined || test.values.length === 0) return undefined;
  // Only StringEquals takes a wildcard as the character that it is.
  const wildcards = test.operator.toLowerCase() !== "stringequals";
  const rest = tests.filter((each) => each !== test);
  const grantees: NamedGrantee[] = [];
  for (const value of test.values) {
    const text = typeof value === "string" ? value : "";
    const [, named, entity, path = ""] = /^arn:[^:*?$]+:iam::(\d{12}):(role|user)\/([^:$]+)$/.exec(text) ?? [];
    if (named !== account || entity === undefined || (!wildcards && /[*?]/.test(path))) return undefined;
    const name = /[*?]/.test(path) ? path : path.slice(path.lastIndexOf("/") + 1);
    const ownerOfRole = context.ownerOf?.(text, account) ?? owner;
    const grantee = { principal: text, kind: entity === "role" ? ("role" as const) : ("user" as const), account, name };
    grantees.push({ grantee: ownerOfRole === undefined ? grantee : { ...grantee, owner: ownerOfRole }, tests: rest });
  }
  return grantees;
}

/**
 * How far a Deny reaches among those whom a grantee stands for. "part" also where it can't be told: a Deny must never be
 * taken for more than it is.
 */
export function reachOf({ statement }: AccessStatement, grantee: Grantee): "all" | "part" | "none" {
  const { principals, notPrincipals } = statement;
  if (principals.length > 0) return widest(principals.map((principal) => reachOfName(principal, grantee)));
  if (notPrincipals.length === 0) return "none";
  return spares(notPrincipals, grantee);
}

/**
 * NotPrincipal with Deny spares only who is named with all that AWS looks at: a user with its account, a session with its
 * role and account; so never all sessions of a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function spares(names: readonly PrincipalValue[], grantee: Grantee): "all" | "part" | "none" {
  const named = names.map((name) => withoutOwner(name.type, principalText(name)));
  if (named.some(({ kind }) => kind === "everyone")) return "none";
  const itself = named.some(({ principal }) => principal === grantee.principal);
  switch (grantee.kind) {
    case "service":
    case "federated":
      return itself ? "none" : "all";
    case "user": {
      const account = named.some(({ kind, account }) => kind === "account" && account === grantee.account);
      return itself && account ? "none" : "all";
    }
    case "role": {
      const sessions = named.filter(({ kind, account }) => kind === "session" && account === grantee.account);
      return sessions.some(({ name }) => matchesPattern(`${grantee.name}/*`, name ?? "")) ? "part" : "all";
    }
    case "account":
      return named.some(({ account }) => account === grantee.account) ? "part" : "all";
    default:
      return "part";
  }
}

function widest(reaches: readonly ("all" | "part" | "none")[]): "all" | "part" | "none" {
  return reaches.includes("all") ? "all" : reaches.includes("part") ? "part" : "none";
}

function reachOfName(value: PrincipalValue, grantee: Grantee): "all" | "part" | "none" {
  const named = withoutOwner(value.type, principalText(value));
  if (named.principal === grantee.principal && grantee.except === undefined) return "all";
  if (named.kind === "everyone") return value.type === "*" || value.type === "AWS" ? "all" : "part";
  if (grantee.kind === "everyone") return "part";
  if (named.kind === "id" || grantee.kind === "id") return "part";
  if (named.account === undefined || named.account !== grantee.account) return "none";
  if (named.kind === "account") return "all";
  if (grantee.kind === "account" || /[*?]/.test(grantee.name ?? "")) return "part";
  // A role and a session of it, or two names: the first is a part of the other, the second is not.
  const role = (each: Grantee) => (each.kind === "session" ? each.name?.split("/")[0] : each.name);
  const [a, b] = [named, grantee].map((each) => each.kind);
  if (a === b || (a !== "session" && b !== "session")) return "none";
  if (role(named) !== role(grantee)) return "none";
  return named.kind === "role" ? "all" : "part";
}
