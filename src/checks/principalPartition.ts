import { parseArn } from "../policy/arn";
import type { Statement } from "../policy/policyDocument";
import { stringRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import { trustPolicy } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { isTemplateText } from "./policyElements";

/**
 * A principal of another partition (China, GovCloud) than the resources: partitions know nothing of each other.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function principalPartition(document: CheckedDocument): Finding[] {
  const { policy, context, text } = document;
  const findings: Finding[] = [];
  const manifest = trustPolicy(document) === undefined ? undefined : context.integration?.manifest;
  for (const statement of policy?.statements ?? []) {
    const own = manifest === undefined ? partitionOfResources(statement) : (manifest.partition ?? "aws");
    if (own === undefined) continue;
    for (const { type, node } of statement.principals) {
      const partition = type === "AWS" ? parseArn(node.value)?.partition : undefined;
      if (partition === undefined || partition === own || !/^aws(-[a-z]+)*$/.test(partition)) continue;
      if (hasPlaceholder(node.value)) continue;
      findings.push({
        check: "principal-partition",
        severity: "error",
        message: `This principal is in the partition ${partition} and the ${manifest === undefined ? "resource" : "role"} in ${own}, which know nothing of each other, so AWS would refuse the document.`,
        range: stringRange(text, node, 4, partition.length),
        fixes: [],
      });
    }
  }
  return findings;
}

/** Undefined when the statement names no resource, or those of several partitions. */
function partitionOfResources({ resources }: Statement): string | undefined {
  const partitions = new Set<string>();
  for (const { value } of resources) {
    const partition = parseArn(value)?.partition;
    if (partition === undefined || hasWildcard(partition) || isTemplateText(partition)) return undefined;
    partitions.add(partition);
  }
  const [only] = partitions;
  return partitions.size === 1 ? only : undefined;
}
