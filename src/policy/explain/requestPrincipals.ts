import { isAccountId, parseArn } from "../arn";
import type { RequestPrincipal } from "../evaluate/evaluation";
import { toValue } from "../toValue";
import type { AccessStatement } from "./accessStatements";

/** Keys whose values follow from the principal of a request. */
export const principalKeys: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principaltype",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:federatedprovider",
]);

/**
 * One principal of each sort that the statements of resource policies can tell apart: whoever they name, others of the
 * same accounts, others of another account, services and providers, and who has no account.
 */
export function requestPrincipals(statements: readonly AccessStatement[]): readonly RequestPrincipal[] {
  const found = new Map<string, RequestPrincipal>();
  const add = (principal: RequestPrincipal) => found.set(JSON.stringify(principal), principal);
  const texts = new Set<string>();
  for (const { statement } of statements) {
    for (const { type, node } of [...statement.principals, ...statement.notPrincipals]) {
      if (type === "Service") add({ kind: "service", service: node.value });
      else if (type === "Federated") add({ kind: "federated", provider: node.value });
      else texts.add(node.value);
    }
    for (const { key, values } of statement.conditions) {
      const name = key.value.toLowerCase();
      for (const value of values.map(toValue)) {
        if (typeof value !== "string") continue;
        if (name === "aws:principalservicename") add({ kind: "service", service: value });
        if (name === "aws:federatedprovider") add({ kind: "federated", provider: value });
        if (name !== "aws:principalarn" && name !== "aws:principalaccount") continue;
        for (const filling of ["", "x"]) texts.add(value.replaceAll("*", filling).replaceAll("?", "x"));
      }
    }
  }
  const accounts = new Set<string>();
  for (const text of texts) {
    const arn = parseArn(text);
    const account = isAccountId(text) ? text : arn?.account;
    if (account !== undefined && /^\d+$/.test(account)) accounts.add(`${arn?.partition ?? "aws"}:${account}`);
    for (const principal of named(text)) add(principal);
  }
  const other = ["222233334444", "333344445555", "444455556666"].find((each) => !accounts.has(`aws:${each}`));
  for (const each of [...accounts, `aws:${other}`]) {
    const [partition = "aws", account = ""] = each.split(":");
    const iam = `arn:${partition}:iam::${account}`;
    add({ kind: "account", account, partition });
    add({ kind: "user", arn: `${iam}:user/some-other-user` });
    add({ kind: "role", arn: `${iam}:role/some-other-role` });
  }
  add({ kind: "service", service: "some-other-service.amazonaws.com" });
  add({ kind: "federated", provider: "some-other-provider.example.com" });
  add({ kind: "anonymous" });
  return [...found.values()];
}

function named(text: string): readonly RequestPrincipal[] {
  if (/^A(ROA|SIA)/.test(text) && !text.includes(":")) {
    return [{ kind: "role", arn: "arn:aws:iam::555566667777:role/of-this-id", id: text }];
  }
  if (/^AIDA/.test(text)) return [{ kind: "user", arn: "arn:aws:iam::555566667777:user/of-this-id", id: text }];
  const arn = parseArn(text);
  if (arn === undefined || !/^\d+$/.test(arn.account)) return [];
  const sts = `arn:${arn.partition}:sts::${arn.account}`;
  const [, kind, path = ""] = /^(role|user|assumed-role|federated-user)\/(.+)$/.exec(arn.resource) ?? [];
  const name = path.slice(path.lastIndexOf("/") + 1);
  switch (kind) {
    case "user":
      return [{ kind: "user", arn: text }];
    case "role":
      return [
        { kind: "role", arn: text },
        { kind: "session", arn: `${sts}:assumed-role/${name}/some-session`, role: text },
      ];
    case "assumed-role": {
      const role = `arn:${arn.partition}:iam::${arn.account}:role/${path.split("/")[0]}`;
      return [
        { kind: "session", arn: text, role },
        { kind: "role", arn: role },
      ];
    }
    case "federated-user":
      return [{ kind: "federated-user", arn: text, user: `arn:${arn.partition}:iam::${arn.account}:user/${name}` }];
    default:
      return [];
  }
}
