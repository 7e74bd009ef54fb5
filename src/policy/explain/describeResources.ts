import { parseArn } from "../arn";
import { hasWildcard } from "../wildcards";
import type { GrantedResource } from "./explanation";
import { joined } from "./words";

/** "training-data", "training-data/raw/* and every bucket that matches train* (arn:aws:s3:::train*)" */
export function describeResources(resources: readonly GrantedResource[]): string {
  return joined([...new Set(resources.map(describeResource))], "and");
}

export function describeResource(resource: GrantedResource): string {
  const name = nameOf(resource);
  return resource.except === undefined ? name : `${name} (except ${joined(resource.except.map(shortened), "and")})`;
}

function nameOf({ kind, pattern, bucket, prefix, key }: GrantedResource): string {
  switch (kind) {
    case "any":
      return `everything in the account (${pattern})`;
    case "bucket":
    case "objects": {
      const path = prefix !== undefined ? `/${prefix}*` : key !== undefined ? `/${key}` : "";
      if (bucket === undefined) return pattern;
      if (bucket === "*") return `every bucket (${pattern})`;
      return hasWildcard(bucket) || bucket.includes("${")
        ? `every bucket that matches ${bucket} (${pattern})`
        : `${bucket}${path}`;
    }
    case "role": {
      const arn = parseArn(pattern);
      const name = arn?.resource.replace(/^role\//, "");
      if (name === undefined) return pattern === "*" || pattern === "" ? "this role" : `the role ${pattern}`;
      return hasWildcard(pattern) ? pattern : `role ${name} of account ${arn?.account}`;
    }
    case "key":
      return pattern === "*" ? "this KMS key" : pattern;
    case "other":
      return pattern;
  }
}

/** Buckets and objects by their names, as in the rest of the sentence. */
function shortened(pattern: string): string {
  return pattern.replace(/^arn:[^:]*:s3:::/, "");
}
