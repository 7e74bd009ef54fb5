import type { JsonNode, ObjectNode } from "../policy/json";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding } from "./finding";
import { isTemplateFunction, isTemplateText } from "./policyElements";
import { addFirstProperty, replaceNode } from "./textEdits";

const current = "2012-10-17";

/**
 * version-missing, version-old: without `2012-10-17` AWS takes the language of 2008, in which policy variables are plain
 * text. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function version(document: CheckedDocument): Finding[] {
  const { policy } = document;
  if (policy === undefined) return [];
  const property = policy.root.properties.findLast(({ key }) => key.value === "Version");
  if (property === undefined) return missing(document, policy.root);
  const { value } = property;
  if (value === undefined || isTemplateFunction(value)) return [];
  const written = value.kind === "string" ? value.value : undefined;
  if (written === current || (written !== undefined && isTemplateText(written))) return [];
  return [old(document, value, written)];
}

function missing({ text, policy }: CheckedDocument, root: ObjectNode): Finding[] {
  // Written in a statement, or in other letters: that is the mistake.
  const meant = (node: ObjectNode) => node.properties.some(({ key }) => /^versions?$/i.test(key.value));
  if (meant(root) || policy?.statements.some(({ node }) => meant(node))) return [];
  return [
    {
      check: "version-missing",
      severity: "warning",
      message: `There is no Version, so AWS would read the document in the language of 2008, in which ${consequence(text)}.`,
      range: { offset: root.offset, length: 1 },
      fixes: [
        {
          title: `Add the Version ${current}`,
          edits: addFirstProperty(text, root, "Version", current),
          safe: !hasVariables(text),
        },
      ],
    },
  ];
}

function old({ text }: CheckedDocument, value: JsonNode, written: string | undefined): Finding {
  const accepted = written === "2008-10-17";
  return {
    check: "version-old",
    severity: accepted ? "warning" : "error",
    message: accepted
      ? `This is the language of 2008, in which ${consequence(text)}.`
      : `The Version is that of the policy language and not of your document: AWS knows ${current} and 2008-10-17 and would refuse any other.`,
    range: value.kind === "string" ? contentRange(text, value) : { offset: value.offset, length: value.length },
    fixes: [
      {
        title: `Replace by ${current}`,
        edits: [replaceNode(value, current)],
        safe: !accepted || !hasVariables(text),
      },
    ],
  };
}

function consequence(text: string): string {
  return hasVariables(text)
    ? "policy variables such as ${aws:username} are plain text, and what has them would never match"
    : "policy variables and later features don’t work";
}

/** Then the other version gives them a meaning, which somebody should have decided. */
function hasVariables(text: string): boolean {
  return text.includes("${");
}
