import { accountOffset, accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { stringRange } from "../policy/stringRange";
import type { CheckedDocument, Finding } from "./finding";
import { isExampleAccount } from "./placeholderTokens";
import { replaceRange } from "./textEdits";

/** Conditions that compare the caller, who is always of the principal's account. */
const callerKeys = new Set(["aws:principalarn", "aws:principalaccount"]);

/** The account in a condition on the caller is none of the statement's principals' accounts: it can never hold. */
export function accountMismatch(document: CheckedDocument, statement: Statement): Finding[] {
  if (!statement.conditions.some(comparesCaller)) return [];
  const accounts = new Set(statement.principals.map(({ node }) => accountOfPrincipal(node.value)));
  const [account] = accounts;
  if (account === undefined || [...accounts].some((item) => item === undefined || !isAccountId(item))) return [];
  const findings: Finding[] = [];
  for (const { values } of statement.conditions.filter(comparesCaller)) {
    // Other values of the same condition may still hold.
    const all = values.map((node) => (node.kind === "string" ? foreignAccount(node, accounts) : undefined));
    for (const found of all) {
      if (found === undefined || isExampleAccount(found.account)) continue;
      const range = stringRange(document.text, found.node, found.start, found.account.length);
      findings.push({
        check: "condition-mismatch",
        severity: "error",
        message: `The condition names account ${found.account} but the principal account ${account}, so the condition would never hold and nobody could assume the role.`,
        range,
        fixes:
          accounts.size === 1
            ? [
                {
                  title: `Replace by ${account}`,
                  edits: [replaceRange(range, account)],
                  safe: document.vendor !== undefined,
                },
              ]
            : [],
      });
    }
  }
  return findings;
}

function comparesCaller({ key, operator }: ConditionEntry): boolean {
  return callerKeys.has(key.value.toLowerCase()) && !/Not|Null/.test(operator.value);
}

function foreignAccount(node: StringNode, accounts: ReadonlySet<string | undefined>) {
  const arn = parseArn(node.value);
  const account = arn?.account ?? node.value;
  if (!isAccountId(account) || accounts.has(account)) return undefined;
  return { node, account, start: arn === undefined ? 0 : accountOffset(arn) };
}
