import { bucketOf, parseArn } from "./arn";
import { joined, textsOf } from "./describeParts";
import type { JsonValue } from "./json";

export interface DescribedResources {
  readonly text: string;
  /** All of it is buckets and objects, so that words for objects fit. */
  readonly onlyBuckets: boolean;
  /** All of it is KMS keys by their ARNs. */
  readonly onlyKeys: boolean;
  /** No pattern reaches beyond the buckets and keys that are named. */
  readonly named: boolean;
}

const unknown = { onlyBuckets: false, onlyKeys: false, named: false };

export function describeResources(
  resource: JsonValue | undefined,
  notResource: JsonValue | undefined,
): DescribedResources {
  if (notResource !== undefined) {
    return { ...unknown, text: `everything except ${joined(textsOf(notResource), "and")}` };
  }
  const resources = textsOf(resource);
  if (resources.includes("*")) return { ...unknown, text: "everything in the account (*)" };
  const names: string[] = [];
  let onlyBuckets = resources.length > 0;
  let named = true;
  for (const text of resources) {
    const arn = parseArn(text);
    const bucket = arn === undefined ? undefined : bucketOf(arn);
    if (arn === undefined || bucket === undefined || bucket === "") {
      onlyBuckets = false;
      named &&= !/[*?$]/.test(text);
      names.push(text);
    } else if (/[*?$]/.test(bucket)) {
      named = false;
      names.push(bucket === "*" ? `every bucket (${text})` : `every bucket that matches ${bucket} (${text})`);
    } else {
      const key = arn.resource.slice(bucket.length);
      names.push(key === "" || key === "/*" ? bucket : `${bucket}${key}`);
    }
  }
  const unique = [...new Set(names)];
  const onlyKeys = resources.length > 0 && resources.every((text) => /^arn:[^:]+:kms:[^:]+:[^:]+:key\//.test(text));
  return { text: unique.length === 0 ? "nothing" : joined(unique, "and"), onlyBuckets, onlyKeys, named };
}
