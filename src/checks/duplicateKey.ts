import type { ObjectNode, Property } from "../policy/json";
import { visitNodes } from "../policy/jsonNodes";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding } from "./finding";

/**
 * A key twice in one object: AWS takes the last and drops the others without a word.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function duplicateKey({ json }: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  visitNodes(json.root, {
    object: (node) => {
      for (const { key } of repeated(node)) {
        findings.push({
          check: "duplicate-key",
          severity: "error",
          message: `${JSON.stringify(key.value)} stands twice in this object: AWS would take only the last one and silently drop what the other says.`,
          range: contentRange(json.text, key),
          fixes: [],
        });
      }
    },
  });
  return findings;
}

/** Objects of policies are small: comparing pairs is faster than a set until they are not. */
const small = 8;

function repeated({ properties }: ObjectNode): readonly Property[] {
  if (properties.length > small) {
    const seen = new Set<string>();
    return properties.filter(({ key }) => seen.size === seen.add(key.value).size);
  }
  let found: Property[] | undefined;
  for (let later = 1; later < properties.length; later += 1) {
    const property = properties[later];
    for (let earlier = 0; earlier < later; earlier += 1) {
      if (property === undefined || property.key.value !== properties[earlier]?.key.value) continue;
      found ??= [];
      found.push(property);
      break;
    }
  }
  return found ?? nothing;
}

const nothing: readonly Property[] = [];
