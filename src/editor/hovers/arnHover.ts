import { type Arn, bucketOf, isAccountId, parseArn, resourceOffset } from "../../policy/arn";
import { codeSpan, escapeMarkdown } from "../../policy/markdownText";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import { hasWildcard } from "../../policy/wildcards";
import { accountHover } from "./accountHover";
import type { PrincipalContext } from "./principalHover";
import { knownBucketHover, type ResourceContext } from "./resourceContext";

export interface ArnContext extends PrincipalContext, ResourceContext {
  readonly reference: ServiceReference;
}

/** A part of a text and what to say of it. */
export interface PartHover {
  readonly start: number;
  readonly length: number;
  readonly markdown: string;
}

/**
 * The part of an ARN that `position` is in, as Markdown; undefined for a text that is no ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnHover(text: string, position: number, context: ArnContext): PartHover | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  let start = 4;
  for (const [value, describe] of [
    [arn.partition, describePartition],
    [arn.service, describeService],
    [arn.region, describeRegion],
    [arn.account, describeAccount],
  ] as const) {
    const end = start + value.length;
    if (position <= end) {
      if (position < 4) break;
      // An empty part has only the colon before it to point at.
      const from = value === "" ? start - 1 : start;
      return { start: from, length: Math.max(value.length, 1), markdown: describe(value, arn, context) };
    }
    start = end + 1;
  }
  const overview = { start: 0, length: text.length, markdown: describeWhole(arn, context) };
  return position < 4 ? overview : describeResource(arn, position, context);
}

const partitions: { readonly [partition: string]: string } = {
  aws: "AWS’s regions all over the world, but for China and GovCloud.",
  "aws-cn": "AWS’s regions in China, with accounts of their own: access never crosses from one partition to another.",
  "aws-us-gov": "AWS GovCloud (US), with accounts of its own: access never crosses from one partition to another.",
};

function describePartition(partition: string): string {
  if (hasWildcard(partition))
    return `**Partition** ${codeSpan(partition)}: whatever matches, China and GovCloud among them.`;
  return `**Partition** ${codeSpan(partition)}: ${partitions[partition] ?? "none that is publicly known."}`;
}

function describeService(service: string, _: Arn, { reference }: ArnContext): string {
  const name = reference.serviceName(service);
  const unknown = hasWildcard(service) ? "every service that matches." : "none of AWS’s services.";
  return `**Service** ${codeSpan(service)}: ${name === undefined ? unknown : escapeMarkdown(name)}`;
}

function describeRegion(region: string, { service }: Arn): string {
  if (region === "") return `**No region**: ${reasonWithoutRegion(service)}`;
  if (region === "*") return "**Region** `*`: every region.";
  if (hasWildcard(region)) return `**Region** ${codeSpan(region)}: every region that matches.`;
  return `**Region** ${codeSpan(region)}: only what is there.${service === "kms" ? " A key must be in the region of the bucket that it encrypts." : ""}`;
}

function reasonWithoutRegion(service: string): string {
  if (service === "s3") return "a bucket’s name is enough to find it, in whatever region it is.";
  if (service === "iam" || service === "sts") return "roles and users are the same in every region.";
  return "ARNs of this kind have none, or it is missing.";
}

function describeAccount(account: string, { service }: Arn, context: ArnContext): string {
  if (account === "") {
    return service === "s3"
      ? "**No account**: names of buckets are unique in all of AWS."
      : "**No account**: ARNs of this kind have none, or it is missing.";
  }
  if (account === "*") return "**Account** `*`: every account.";
  return (
    accountHover(account, context) ??
    `**Account** ${codeSpan(account)}: ${hasWildcard(account) ? "every account that matches." : "no account id, which has 12 digits."}`
  );
}

function describeWhole(arn: Arn, context: ArnContext): string {
  const { service, account, resource } = arn;
  const name = context.reference.serviceName(service) ?? service;
  const whose = isAccountId(account) ? ` of account ${account}` : "";
  return `**ARN**: ${codeSpan(resource)}${whose}, ${escapeMarkdown(name)}.`;
}

/** For buckets the name and the objects' keys are two parts; other resources are one. */
function describeResource(arn: Arn, position: number, context: ArnContext): PartHover {
  const start = resourceOffset(arn);
  const { resource } = arn;
  const bucket = bucketOf(arn);
  if (bucket === undefined) {
    return { start, length: resource.length, markdown: describeOther(arn) };
  }
  const slash = start + bucket.length;
  if (position <= slash || resource.length === bucket.length) {
    return { start, length: bucket.length, markdown: describeBucket(bucket, resource.length > bucket.length, context) };
  }
  const key = resource.slice(bucket.length + 1);
  return { start: slash + 1, length: key.length, markdown: describeKey(key, bucket) };
}

function describeBucket(bucket: string, hasKey: boolean, context: ArnContext): string {
  const about = hasKey ? "" : " The bucket itself, **not its objects**: they need an ARN that ends in `/*`.";
  if (bucket === "*") {
    return `**Every bucket**, also of other accounts that let you in${hasKey ? "" : ", and as `*` stands for slashes, too, every object in them"}.`;
  }
  if (hasWildcard(bucket)) {
    const objects =
      hasKey || !bucket.endsWith("*")
        ? ""
        : " As `*` stands for slashes, too, it reaches into them: their objects match as well.";
    return `**Every bucket that matches** ${codeSpan(bucket)}, also those that others make with such a name.${objects}`;
  }
  return `**Bucket** ${codeSpan(bucket)}.${about}${knownBucketHover(bucket, context)}`;
}

function describeKey(key: string, bucket: string): string {
  const where = hasWildcard(bucket) ? "the buckets" : `the bucket ${codeSpan(bucket)}`;
  if (/^\*+$/.test(key)) return `**Every object** of ${where}.`;
  if (key.endsWith("*") && !hasWildcard(key.slice(0, -1))) {
    const prefix = key.slice(0, -1);
    const open = prefix.endsWith("/")
      ? ""
      : ` So ${codeSpan(`${prefix}-other/file`)} is among them; with ${codeSpan(`${prefix}/*`)} it is not.`;
    return `**Every object** of ${where} whose key begins with ${codeSpan(prefix)}.${open}`;
  }
  if (hasWildcard(key)) {
    return `**Every object** of ${where} whose key matches ${codeSpan(key)}: \`*\` is any text, slashes too, \`?\` one character.`;
  }
  if (key === "") return "**No object**: after the slash comes a key, or `*` for every object.";
  return `**One object** of ${where}: ${codeSpan(key)}.${key.endsWith("/") ? " Not what lies below it: that takes `*` at the end." : ""}`;
}

function describeOther({ service, resource }: Arn): string {
  const slash = resource.indexOf("/");
  const [kind, name] = slash < 0 ? [resource, ""] : [resource.slice(0, slash), resource.slice(slash + 1)];
  if (resource === "*") return `**Everything** of ${escapeMarkdown(service)} there.`;
  if (service === "kms" && kind === "alias") {
    return "⚠ **An alias** of a KMS key. As the resource of a policy it does not name the key: actions on the key need the key’s ARN.";
  }
  if (service === "kms" && kind === "key") {
    if (name === "*") return "**Every KMS key** there.";
    return name.startsWith("mrk-")
      ? `**KMS key** ${codeSpan(name)}, one that has replicas in several regions.`
      : `**KMS key** ${codeSpan(name)}.`;
  }
  if (service === "iam" && (kind === "role" || kind === "user")) {
    return hasWildcard(name)
      ? `**Every ${kind} that matches** ${codeSpan(name)}, its path included.`
      : `**The ${kind}** ${codeSpan(name)}.`;
  }
  if (service === "iam" && resource === "root")
    return "**The account**: as a principal everyone in it whom its own policies let.";
  return hasWildcard(resource)
    ? `**Every resource that matches** ${codeSpan(resource)}.`
    : `**Resource** ${codeSpan(resource)}.`;
}
