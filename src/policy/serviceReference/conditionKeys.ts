import type { ConditionKeyFacts } from "./serviceReference";

/** A key that has a part of the customer's choice: `aws:ResourceTag/${TagKey}`, `s3:ExistingObjectTag/<key>`. */
interface Template {
  /** Lower case. */
  readonly before: string;
  readonly after: string;
  readonly facts: ConditionKeyFacts;
}

/**
 * Finds condition keys, without regard to upper and lower case.
 * @param lines `aws:CurrentTime|Date|Filters access by …`; of two about the same key the first counts.
 */
export function createConditionKeys(lines: readonly string[]): {
  find(name: string): ConditionKeyFacts | undefined;
} {
  const keys = new Map<string, ConditionKeyFacts>();
  const templates: Template[] = [];
  for (const line of lines) {
    const [name = "", type = "", description = ""] = line.split("|");
    if (keys.has(name.toLowerCase())) continue;
    const facts = { name, type, description };
    keys.set(name.toLowerCase(), facts);
    const [, before, after] = /^(.*?)(?:\$\{\w+\}|<\w+>)(.*)$/.exec(name.toLowerCase()) ?? [];
    if (before !== undefined && after !== undefined) templates.push({ before, after, facts });
  }
  return {
    find(name) {
      const wanted = name.toLowerCase();
      const matches = ({ before, after }: Template) =>
        wanted.length > before.length + after.length && wanted.startsWith(before) && wanted.endsWith(after);
      return keys.get(wanted) ?? templates.find(matches)?.facts;
    },
  };
}
