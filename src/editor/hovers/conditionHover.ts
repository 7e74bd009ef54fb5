import { escapeMarkdown } from "../../policy/markdownText";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";

/** What a condition key is, as Markdown; undefined for one that AWS's reference does not have. */
export function conditionKeyHover(key: string, reference: ServiceReference): string | undefined {
  const facts = reference.conditionKey(key);
  if (facts === undefined) return undefined;
  const [name, description, type] = [facts.name, facts.description, facts.type].map(escapeMarkdown);
  return `**${name}**\n\n${description}\n\nType: ${type}`;
}
