import { bucketOf, parseArn } from "../arn";
import type { GrantedResource } from "./explanation";
import type { Language } from "./language";

/**
 * What a pattern is to a person, for actions on resources of certain types.
 *
 * @param types the types that the actions act on and the pattern can name; undefined for what the reference has not
 */
export function grantedResource(
  { text: pattern }: Language,
  types: ReadonlySet<string | undefined>,
  except: readonly Language[],
): GrantedResource {
  const left = except.length === 0 ? {} : { except: except.map(({ text }) => text) };
  const arn = parseArn(pattern);
  if (arn === undefined) return { kind: /^\*+$/.test(pattern) ? "any" : "other", pattern, ...left };
  const bucket = bucketOf(arn);
  const slash = arn.resource.indexOf("/");
  if (bucket !== undefined) {
    const objects = types.has("object") || (types.has(undefined) && slash >= 0);
    if (!objects) return { kind: "bucket", pattern, bucket, ...left };
    // `arn:aws:s3:::*` and `arn:aws:s3:::b*` reach into the buckets that they name.
    const key = slash < 0 ? "*" : arn.resource.slice(slash + 1);
    const prefix = key.slice(0, -1);
    if (key === "*") return { kind: "objects", pattern, bucket, ...left };
    const isPrefix = key.endsWith("*") && !/[*?]/.test(prefix);
    return { kind: "objects", pattern, bucket, ...(isPrefix ? { prefix } : { key }), ...left };
  }
  const form = `${arn.service}:${slash < 0 ? arn.resource : arn.resource.slice(0, slash)}`;
  return { kind: form === "kms:key" ? "key" : form === "iam:role" ? "role" : "other", pattern, ...left };
}
