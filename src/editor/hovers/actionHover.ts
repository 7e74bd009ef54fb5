import { abilities, abilityOf } from "../../policy/explain/abilities";
import type { Ability } from "../../policy/explain/explanation";
import { codeSpan, escapeMarkdown, markdownLink } from "../../policy/markdownText";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import { hasWildcard } from "../../policy/wildcards";
import { actionsPage } from "../actionsPage";

/** As many actions as a hover shows of one kind. */
const most = 12;

/** What an action does, or what a pattern of actions really matches, the dangerous ones first; as Markdown. */
export function actionHover(action: string, reference: ServiceReference): string | undefined {
  return hasWildcard(action) ? wildcardHover(action, reference) : singleHover(action, reference);
}

function singleHover(action: string, reference: ServiceReference): string | undefined {
  const level = reference.accessLevel(action);
  if (level === undefined) return undefined;
  const [name = action] = reference.expand(action);
  const facts = reference.action(action);
  const [prefix = ""] = name.split(":");
  const page = actionsPage(prefix);
  const service = reference.serviceName(prefix) ?? prefix;
  const lines = [`**${escapeMarkdown(name)}**`, `${markdownLink(service, page?.url ?? "")} · ${escapeMarkdown(level)}`];
  if (facts === undefined) return lines.join("\n\n");
  lines.splice(1, 0, `${escapeMarkdown(facts.description)}.`.replace(/\.\.$/, "."));
  const arns = facts.resourceTypes.flatMap(({ name: type }) => reference.resourceType(prefix, type)?.arn ?? []);
  lines.push(
    arns.length === 0
      ? "Works on no single resource: only `*` grants it."
      : `Works on:\n${arns.map((arn) => `- ${codeSpan(arn)}`).join("\n")}`,
  );
  if (facts.conditionKeys.length > 0) {
    const shown = facts.conditionKeys.slice(0, most).map((key) => `${codeSpan(key)}`);
    const rest = facts.conditionKeys.length - shown.length;
    lines.push(`Condition keys beside the global ones: ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`);
  }
  return lines.join("\n\n");
}

const headings: { readonly [Each in Ability]: string } = {
  "manage permissions": "⚠ Manage permissions",
  assume: "⚠ Assume roles",
  delete: "⚠ Delete",
  write: "Write",
  encrypt: "Encrypt",
  decrypt: "Decrypt",
  read: "Read",
  list: "List",
  other: "Other",
};

function wildcardHover(pattern: string, reference: ServiceReference): string {
  const matched = reference.expand(pattern);
  if (matched.length === 0) return `${codeSpan(pattern)} matches **no action**: it grants nothing.`;
  const byAbility = new Map<Ability, string[]>();
  for (const action of matched) {
    const ability = abilityOf(action, reference);
    const actions = byAbility.get(ability) ?? [];
    actions.push(action);
    byAbility.set(ability, actions);
  }
  const lines = [`${codeSpan(pattern)} matches **${matched.length} action${matched.length === 1 ? "" : "s"}**:`];
  for (const ability of abilities) {
    const actions = byAbility.get(ability) ?? [];
    if (actions.length === 0) continue;
    const shown = actions.slice(0, most).map(escapeMarkdown).join(", ");
    const rest = actions.length - most;
    lines.push(`**${headings[ability]}** (${actions.length}): ${shown}${rest > 0 ? ` and ${rest} more` : ""}`);
  }
  return lines.join("\n\n");
}
