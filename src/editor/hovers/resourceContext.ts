import type { BucketFacts } from "../../checks/finding";
import { codeSpan, escapeMarkdown } from "../../policy/markdownText";

export interface ResourceContext {
  /** The buckets that the integration is about. */
  readonly integrationBuckets?: readonly string[];
  /** What looks at the account told so far. */
  readonly buckets?: readonly BucketFacts[];
}

/** What is known of a bucket beside its name, to stand after a sentence; empty where that is nothing. */
export function knownBucketHover(bucket: string, { integrationBuckets = [], buckets = [] }: ResourceContext): string {
  const lines: string[] = [];
  if (integrationBuckets.includes(bucket)) lines.push("It is a bucket of this integration.");
  else if (integrationBuckets.length > 0) lines.push("⚠ This integration does not name it.");
  const facts = buckets.find(({ name }) => name === bucket);
  if (facts?.exists === false) lines.push("⚠ There is no such bucket.");
  if (facts?.region !== undefined) lines.push(`It is in ${escapeMarkdown(facts.region)}.`);
  if (facts?.kmsKeyArn !== undefined) lines.push(`Its default encryption is by ${codeSpan(facts.kmsKeyArn)}.`);
  return lines.length === 0 ? "" : `\n\n${lines.join(" ")}`;
}
