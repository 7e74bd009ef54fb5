import type { StringNode } from "../policy/json";
import { stringRange } from "../policy/stringRange";
import type { CheckedDocument, Finding } from "./finding";
import { visitPolicyStrings } from "./policyStrings";
import { replaceNode } from "./textEdits";

/**
 * A policy variable that AWS can't read, or in an element in which there are none. What other tools put in the same braces
 * is theirs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function variableInvalid(document: CheckedDocument): Finding[] {
  const { policy, text } = document;
  const findings: Finding[] = [];
  if (policy === undefined || !text.includes("${")) return findings;
  const hasVariables = policy.version?.value === "2012-10-17";
  const check = (node: StringNode, isReplaced: boolean) => {
    const { value } = node;
    for (let start = value.indexOf("${"); start >= 0; start = value.indexOf("${", start + 2)) {
      const variable = value.slice(start, endOf(value, start));
      const problem = isReplaced ? problemOf(variable, document) : notReplaced(variable);
      if (problem === undefined) continue;
      const { message, meant, safe = false } = problem;
      const whole = meant && value.slice(0, start) + meant + value.slice(start + variable.length);
      findings.push({
        check: "variable-invalid",
        severity: "error",
        message,
        range: stringRange(text, node, start, variable.length),
        fixes: whole ? [{ title: `Replace by ${meant}`, edits: [replaceNode(node, whole)], safe }] : [],
      });
    }
  };
  visitPolicyStrings(policy, (node, element) => {
    const isReplaced = element === "resource" || element === "condition";
    if (hasVariables || !isReplaced) check(node, isReplaced);
  });
  for (const { actions, notActions } of policy.statements) {
    for (const node of actions) check(node, false);
    for (const node of notActions) check(node, false);
  }
  return findings;
}

/** Behind the brace, or where its name ends. */
function endOf(value: string, start: number): number {
  const [closed] = /^\$\{[^{}]*\}/.exec(value.slice(start)) ?? [];
  const [open = ""] = /^\$\{[^\s*?/,}$]*/.exec(value.slice(start)) ?? [];
  return start + (closed ?? open).length;
}

interface Problem {
  readonly message: string;
  readonly meant?: string;
  readonly safe?: boolean;
}

/** A condition key: other tools have other words before the colon, or two of them. */
const conditionKey = /^\$\{\s*(?:aws|s3|kms|sts|iam|ec2|saml|[a-z0-9-]+(?:\.[a-z0-9-]+)+)\s*:(?!:)/i;

function notReplaced(variable: string): Problem | undefined {
  // The Serverless Framework has two of its own.
  if (!conditionKey.test(variable) || /^\$\{aws:(?:accountId|region)\}/.test(variable)) return undefined;
  return { message: "AWS replaces variables only in Resource and Condition, so here this text names nothing." };
}

const nothing = "so AWS can’t replace this one and it would match nothing.";

function problemOf(variable: string, { context }: CheckedDocument): Problem | undefined {
  if (variable === "${}") return { message: `A variable has a name, ${nothing}` };
  if (!conditionKey.test(variable)) return undefined;
  if (!variable.endsWith("}")) {
    const message = `A variable ends with a brace, ${nothing}`;
    return /tag$/i.test(variable) ? { message } : { message, meant: `${variable}}` };
  }
  // The name of a tag, behind a slash, may have blanks in it.
  const [, key = "", tag = "", preset] = /^\$\{([^,/]*)(\/[^,]*)?(?:,(.*))?\}$/s.exec(variable) ?? [];
  const value = preset?.trim();
  const isQuoted = value === undefined || /^'[^']*'$/.test(value);
  const name = key.replace(/\s+/g, "") + tag.trimEnd();
  const written = key.trimEnd() + tag.trimEnd();
  if (isQuoted && name === (value === undefined ? key + tag : written)) return undefined;
  const bare = isQuoted ? value : value.replace(/^['"]|['"]$/g, "");
  const meant = `\${${name}${bare === undefined ? "" : isQuoted ? `, ${bare}` : `, '${bare}'`}}`;
  const message = isQuoted
    ? `The name of a variable has no blanks, ${nothing}`
    : `The default value of a variable stands between single quotes, ${nothing}`;
  return { message, meant, safe: name === written || context.reference?.conditionKey(name) !== undefined };
}
