import type { ServiceReference } from "../../policy/serviceReference/serviceReference";

/** What a condition key is, as Markdown; undefined for one that AWS's reference does not have. */
export function conditionKeyHover(key: string, reference: ServiceReference): string | undefined {
  const facts = reference.conditionKey(key);
  return facts && `**${facts.name}**\n\n${facts.description}\n\nType: ${facts.type}`;
}
