import type { ObjectNode, Property } from "../policy/json";
import { visitNodes } from "../policy/jsonNodes";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding } from "./finding";
import { keyName } from "./policyElements";

/**
 * A key twice in one object: AWS takes the last and drops the others without a word. Or a condition key in other letters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function duplicateKey({ json }: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  visitNodes(json.root, {
    object: (node) => {
      for (const { key } of repeated(node)) {
        const isSame = node.properties.some((other) => other.key !== key && other.key.value === key.value);
        findings.push({
          check: "duplicate-key",
          severity: "error",
          message: isSame
            ? `${JSON.stringify(key.value)} stands twice in this object: AWS would take only the last one and silently drop what the other says.`
            : `${key.value} is the same condition key as the one in other letters beside it, so AWS would refuse the document or drop what one of the two says.`,
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
    return properties.filter(({ key }) => seen.size === seen.add(keyName(key)).size);
  }
  let found: Property[] | undefined;
  for (let later = 1; later < properties.length; later += 1) {
    const property = properties[later];
    for (let earlier = 0; earlier < later; earlier += 1) {
      const other = properties[earlier];
      if (property === undefined || other === undefined || keyName(property.key) !== keyName(other.key)) continue;
      found ??= [];
      found.push(property);
      break;
    }
  }
  return found ?? nothing;
}

const nothing: readonly Property[] = [];
