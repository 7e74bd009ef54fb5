import { isAccountId, parseArn } from "./arn";
import { describeConditions, joined, textsOf } from "./describeParts";
import type { JsonObject } from "./json";
import { isObject } from "./json";

/**
 * Who may assume the role: `subject` begins the sentences about what they may do, `sentences` say what needs saying
 * before. One trusted party without conditions needs no sentence of its own.
 */
export function describePrincipals(
  trusting: readonly JsonObject[],
  vendorName: string,
): { readonly subject: string; readonly sentences: string[] } {
  const sentences: string[] = [];
  const parties: { readonly text: string; readonly condition: string; readonly more: string }[] = [];
  for (const statement of trusting) {
    const more = describeTrustActions(textsOf(statement.Action), statement);
    const roles = rolesByPattern(statement);
    const condition = roles === undefined ? describeConditions(statement.Condition) : "";
    for (const text of roles ?? namesOf(statement)) parties.push({ text, condition, more });
  }
  const world = parties.filter(({ text }) => text === everyone);
  const known = parties.filter(({ text }) => text !== everyone);
  for (const { condition } of world) {
    sentences.push(`Anyone in the world, in any AWS account, may assume this role${condition}.`);
  }
  const simple = known.length > 0 && known.every(({ condition, more }) => condition === "" && more === "");
  if (!simple) {
    for (const { text, condition, more } of known)
      sentences.push(`The role may be assumed by ${text}${more}${condition}.`);
  }
  if (world.length > 0) return { subject: "Whoever assumes the role, so anyone in the world,", sentences };
  return {
    subject: simple
      ? `${vendorName} (${joined(
          known.map(({ text }) => text),
          "and",
        )})`
      : vendorName,
    sentences,
  };
}

const everyone = "anyone in the world";

/**
 * A whole account that one condition on aws:PrincipalArn narrows to its own roles: "roles qwak-eks-base* of account …".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function rolesByPattern({ Principal, NotPrincipal, Condition }: JsonObject): readonly string[] | undefined {
  if (NotPrincipal !== undefined || !isObject(Principal) || !isObject(Condition)) return undefined;
  const accounts = textsOf(Principal.AWS).map(accountOf);
  const [operator, keys, ...others] = Object.entries(Condition).flat();
  if (Object.keys(Principal).length !== 1 || others.length > 0 || !isObject(keys)) return undefined;
  const [[key, patterns] = ["", undefined], ...otherKeys] = Object.entries(keys);
  const narrows = /^(Arn|String)(Like|Equals)$/.test(String(operator)) && key.toLowerCase() === "aws:principalarn";
  if (!narrows || otherKeys.length > 0) return undefined;
  const roles = textsOf(patterns).map((pattern) => /^arn:[^:*?]+:iam::(\d{12}):role\/(.+)$/.exec(pattern));
  return roles.every((role) => role !== null && accounts.length === 1 && accounts[0] === role[1])
    ? roles.map((role) => `${/[*?]/.test(role?.[2] ?? "") ? "roles" : "role"} ${role?.[2]} of account ${role?.[1]}`)
    : undefined;
}

/** The account that a principal means as a whole. */
function accountOf(principal: string): string | undefined {
  return isAccountId(principal) ? principal : /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1];
}

function namesOf(statement: JsonObject): readonly string[] {
  const excluded = statement.NotPrincipal;
  if (excluded !== undefined) return [`everyone in the world except ${JSON.stringify(excluded)}`];
  const principal = statement.Principal;
  if (!isObject(principal)) return textsOf(principal).map((name) => (name === "*" ? everyone : name));
  return Object.entries(principal).flatMap(([type, names]) => textsOf(names).map((name) => describe(type, name)));
}

function describe(type: string, name: string): string {
  if (name === "*") return type === "AWS" ? everyone : `${everyone} (${type} *)`;
  if (type === "Service") return `the AWS service ${name}`;
  if (type === "Federated") return `users of the identity provider ${name}`;
  if (type !== "AWS") return `${type} ${name}`;
  if (isAccountId(name)) return `any role or user of account ${name}`;
  const arn = parseArn(name);
  if (arn === undefined || arn.service !== "iam") return name;
  if (/[*?]/.test(arn.account)) return `${everyone} (${name})`;
  if (arn.resource === "root") return `any role or user of account ${arn.account}`;
  const [, kind, path] = /^(role|user)\/(.+)$/.exec(arn.resource) ?? [];
  return kind !== undefined && path !== undefined ? `${kind} ${path} of account ${arn.account}` : name;
}

/** AssumeRole alone goes without saying. */
function describeTrustActions(actions: readonly string[], statement: JsonObject): string {
  const excluded = statement.NotAction;
  if (excluded !== undefined) return `, with every action except ${joined(textsOf(excluded), "and")}`;
  const others = actions.filter((action) => action.toLowerCase() !== "sts:assumerole");
  return others.length === 0 ? "" : `, with ${joined(actions, "and")}`;
}
