import { bucketOf, parseArn } from "./arn";
import { joined, textsOf } from "./describeParts";
import type { JsonValue } from "./json";

/** `onlyBuckets`: all of it is buckets and objects, so that words for objects fit. */
export function describeResources(
  resource: JsonValue | undefined,
  notResource: JsonValue | undefined,
): { readonly text: string; readonly onlyBuckets: boolean } {
  if (notResource !== undefined) {
    return { text: `everything except ${joined(textsOf(notResource), "and")}`, onlyBuckets: false };
  }
  const resources = textsOf(resource);
  if (resources.includes("*")) return { text: "everything in the account (*)", onlyBuckets: false };
  const names: string[] = [];
  let onlyBuckets = resources.length > 0;
  for (const text of resources) {
    const arn = parseArn(text);
    const bucket = arn === undefined ? undefined : bucketOf(arn);
    if (arn === undefined || bucket === undefined || bucket === "") {
      onlyBuckets = false;
      names.push(text);
    } else if (/[*?$]/.test(bucket)) {
      names.push(bucket === "*" ? `every bucket (${text})` : `every bucket that matches ${bucket} (${text})`);
    } else {
      const key = arn.resource.slice(bucket.length);
      names.push(key === "" || key === "/*" ? bucket : `${bucket}${key}`);
    }
  }
  const unique = [...new Set(names)];
  return { text: unique.length === 0 ? "nothing" : joined(unique, "and"), onlyBuckets };
}
