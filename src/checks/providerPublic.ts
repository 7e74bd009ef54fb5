import type { JsonNode, StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { matchesAction } from "../policy/wildcards";
import type { CheckedDocument, Finding } from "./finding";
import { isTemplateText, isUnfilled, readOperator } from "./policyElements";
import { narrowsCaller } from "./principalAccountRoot";

const github = "token.actions.githubusercontent.com";

/**
 * Providers that anybody can have an account of, with what they say about who comes. Of these AWS refuses a trust policy
 * that does not compare any of the claims ("must evaluate … which is not scoped to all"), but takes `repo:*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
const shared: ReadonlyMap<string, readonly string[]> = new Map([
  [github, ["sub", "job_workflow_ref"]],
  ["gitlab.com", ["sub"]],
  ["app.terraform.io", ["sub"]],
  ["agent.buildkite.com", ["sub"]],
  ["oidc.codefresh.io", ["sub"]],
  ["api.pulumi.com/oidc", ["aud"]],
  ["oidc.vercel.com", ["aud"]],
  ["cognito-identity.amazonaws.com", ["aud"]],
]);

/** Known to AWS without an oidc-provider of the account, which would name the applications: with the claim that does. */
const builtIn: ReadonlyMap<string, string> = new Map([
  ["accounts.google.com", "aud"],
  ["graph.facebook.com", "app_id"],
  ["www.amazon.com", "app_id"],
]);

/** A part of principal-public: statements that let in everybody whom an OIDC provider knows. */
export function providerPublic({ text }: CheckedDocument, statement: Statement, findings: Finding[]): void {
  for (const { type, node } of statement.principals) {
    if (type !== "Federated") continue;
    const provider = providerOf(node.value);
    if (provider === undefined || isUnfilled(provider)) continue;
    if (!statement.actions.some(({ value }) => matchesAction(value, "sts:AssumeRoleWithWebIdentity"))) continue;
    const problem = judge(statement, provider);
    if (problem === undefined) continue;
    const { place = node, severity = "error", message } = problem;
    findings.push({ check: "principal-public", severity, message, range: contentRange(text, place), fixes: [] });
  }
}

function providerOf(principal: string): string | undefined {
  const provider = /:oidc-provider\/(.+)$/.exec(principal)?.[1];
  return provider ?? (builtIn.has(principal) || shared.has(principal) ? principal : undefined);
}

interface Problem {
  readonly message: string;
  readonly severity?: "warning";
  /** The value that is too wide. */
  readonly place?: StringNode | undefined;
}

function judge({ conditions }: Statement, provider: string): Problem | undefined {
  const prefix = `${provider.toLowerCase()}:`;
  const own = conditions.filter(({ key }) => key.value.toLowerCase().startsWith(prefix));
  // Where the call comes from, or with which tags: that narrows it, too. What can't be read may.
  if (conditions.some((condition) => !isKnown(condition) || (!own.includes(condition) && narrowsCaller(condition)))) {
    return undefined;
  }
  const [host = ""] = provider.split("/");
  const who = host === github ? "GitHub" : host;
  // Those of GitHub for one enterprise have its name behind a slash.
  const claims = shared.get(host === github ? host : provider);
  const claimOf = ({ key }: ConditionEntry) => key.value.slice(prefix.length).toLowerCase();
  if (claims === undefined) {
    if (own.length > 0) return undefined;
    const claim = builtIn.get(provider);
    const message = `Everybody whom ${who} knows could use this role: compare ${provider}:${claim ?? "sub"} in a condition.`;
    return { message, ...(claim === undefined && { severity: "warning" }) };
  }
  const required = own.filter((condition) => claims.includes(claimOf(condition)) && compares(condition));
  const texts = required.flatMap(({ values }) => values).filter(isText);
  if (required.every(({ values }) => values.every(isEverything))) {
    const keys = claims.map((claim) => prefix + claim).join(" or ");
    const message = `Anybody with an account of ${who} could use this role, so AWS would refuse the trust policy: compare ${keys} in a condition.`;
    return { message, place: texts.find(isEverything) };
  }
  const isNamed = own.some(
    (condition) =>
      compares(condition) &&
      (claimOf(condition) !== "aud" || claims.includes("aud")) &&
      !(condition.operator.value.includes("Like") && condition.values.some(isOpen)),
  );
  if (isNamed) return undefined;
  const message = `Anybody can have such an identity at ${who}, so strangers could use this role: name your own organization before the first wildcard.`;
  return { message, place: texts.find(isOpen) };
}

function isKnown({ operator, key }: ConditionEntry): boolean {
  return readOperator(operator.value).known && !isTemplateText(key.value);
}

/** An operator that AWS takes for a comparison with what is meant. */
function compares({ operator }: ConditionEntry): boolean {
  return /^String(?:Equals|Like|EqualsIgnoreCase)$/.test(readOperator(operator.value).base);
}

function isText(value: JsonNode): value is StringNode {
  return value.kind === "string";
}

function isEverything(value: JsonNode): boolean {
  return isText(value) && /^[*?]*$/.test(value.value);
}

/** `*`, `repo:*`, `repo:my-org*`, `organization:*:project:x`: any organization can have such a name. */
function isOpen(value: JsonNode): boolean {
  return isText(value) && /^(?:[*?:/]*$|(?:repo|project_path|organization):[^/:$]*[*?])/.test(value.value);
}
