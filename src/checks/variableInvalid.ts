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
      const meant = isReplaced ? meantBy(variable) : "";
      if (meant === variable || (!isReplaced && (!conditionKey.test(variable) || ofServerless.test(variable))))
        continue;
      const whole = value.slice(0, start) + meant + value.slice(start + variable.length);
      // Only blanks and quotes are others.
      const safe = variable.endsWith("}") && document.context.reference?.conditionKey(nameIn(meant)) !== undefined;
      findings.push({
        check: "variable-invalid",
        severity: "error",
        message: isReplaced
          ? `AWS can’t read this variable${meant && ` (did you mean ${meant}?)`}, so it would match nothing.`
          : "AWS replaces variables only in Resource and Condition, so here this text names nothing.",
        range: stringRange(text, node, start, variable.length),
        fixes: meant ? [{ title: `Replace by ${meant}`, edits: [replaceNode(node, whole)], safe }] : [],
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

/** A condition key: other tools have other words before the colon, or two of them. */
const conditionKey = /^\$\{\s*(?:aws|s3|kms|sts|iam|ec2|saml|[a-z0-9-]+(?:\.[a-z0-9-]+)+)\s*:(?!:)/i;

/** The Serverless Framework's own. */
const ofServerless = /^\$\{aws:(?:accountId|region)\}/;

function nameIn(variable: string): string {
  return variable.slice(2).split(/[,}]/)[0] ?? "";
}

/** How it has to be written; "" where that can't be told, and the same when nothing is wrong. */
function meantBy(variable: string): string {
  if (variable === "${}") return "";
  if (!conditionKey.test(variable)) return variable;
  // The name of a tag, behind a slash, may go on.
  if (!variable.endsWith("}")) return /tag$/i.test(variable) ? "" : `${variable}}`;
  const [, key = "", tag = "", comma, preset = ""] = /^\$\{([^,/]*)(\/[^,]*)?(,(.*))?\}$/s.exec(variable) ?? [];
  const name = key.replace(/\s+/g, "") + tag.trimEnd();
  const bare = preset.trim().replace(/^['"]|['"]$/g, "");
  if (comma === undefined) return `\${${name}}`;
  return name === key.trimEnd() + tag.trimEnd() && preset.trim() === `'${bare}'` ? variable : `\${${name}, '${bare}'}`;
}
