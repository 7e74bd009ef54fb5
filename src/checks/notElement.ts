import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { allows } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";

/**
 * NotAction, NotResource or NotPrincipal with Allow: it grants all but what is named, what AWS adds later included.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function notElement(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of document.policy?.statements ?? []) {
    const { elements } = statement;
    if (!allows(statement) || statement.effect === undefined) continue;
    const add = (name: string, message: string) => {
      const key = elements.get(name)?.key;
      // Beside its opposite it is element-misplaced's.
      if (key === undefined || elements.has(name.slice(3))) return;
      const range = contentRange(document.text, key);
      findings.push({ check: "not-element", severity: "warning", message, range, fixes: [] });
    };
    if (elements.has("NotAction")) add("NotAction", actionMessage(statement));
    if (elements.has("NotResource")) add("NotResource", resourceMessage(statement));
    if (elements.has("NotPrincipal")) add("NotPrincipal", principalMessage(statement));
  }
  return findings;
}

function actionMessage({ notActions, resources }: Statement): string {
  const on = resources.length > 0 ? ` on ${listed(resources)}` : "";
  return `With Allow this grants every action of every AWS service${on} except ${listed(notActions)}, those that AWS adds later included.`;
}

function resourceMessage({ notResources, actions }: Statement): string {
  const what = actions.length > 0 ? listed(actions) : "the actions";
  return `With Allow this grants ${what} on everything except ${listed(notResources)}, what is made later included.`;
}

function principalMessage({ notPrincipals }: Statement): string {
  return `With Allow this lets in everyone except ${listed(notPrincipals.map(({ node }) => node))}, people without an AWS account included, and AWS no longer supports it.`;
}

function listed(names: readonly StringNode[]): string {
  const shown = names.slice(0, 3).map(({ value }) => value);
  if (shown.length === 0) return "what is named";
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}
