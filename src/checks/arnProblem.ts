import { type Arn, accountOffset, isAccountId, parseArn, resourceOffset } from "../policy/arn";
import { hasWildcard } from "../policy/wildcards";
import { nearestName } from "./nearName";
import { anyDirection, regionDirections } from "./regionNames";

/** What is wrong with an ARN: which part of the text, and the whole text as it should be where that is plain. */
export interface ArnProblem {
  readonly message: string;
  readonly start: number;
  readonly length: number;
  readonly replacement?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-syntax */
const partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/** Resources of S3 that do have an account; all but Storage Lens and multi-region access points have a region, too. */
const s3WithAccount = /^(accesspoint|job|storage-lens|storage-lens-group|access-grants|async-request)[/:*]|^\*/;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
const iamTypes = [
  "access-report",
  "assumed-role",
  "federated-user",
  "group",
  "instance-profile",
  "mfa",
  "oidc-provider",
  "policy",
  "role",
  "saml-provider",
  "server-certificate",
  "sms-mfa",
  "user",
];

const resourceTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ["iam", iamTypes],
  ["sts", iamTypes],
  ["kms", ["key", "alias"]],
  ["s3", ["accesspoint", "job", "storage-lens", "storage-lens-group", "access-grants", "async-request"]],
]);

/** Nearly every resource is one of these: a bucket, all objects in it, or a KMS key. */
const plainArn = new RegExp(
  `^arn:aws:(?:s3:::[a-z0-9.-]+(?:/\\*)?|kms:[a-z]{2}-${anyDirection}-\\d:\\d{12}:key/[0-9a-f-]+)$`,
);

/** The ARN of a resource or a principal, without templates and placeholders in it. Undefined: nothing is wrong. */
export function arnProblem(text: string): ArnProblem | undefined {
  if (plainArn.test(text)) return undefined;
  const arn = text.startsWith("arn:") ? parseArn(text) : undefined;
  if (arn === undefined) return formProblem(text);
  return (
    embeddedProblem(text, arn) ??
    partitionProblem(text, arn) ??
    serviceProblem(text, arn) ??
    placeProblem(text, arn) ??
    accountProblem(text, arn) ??
    regionProblem(text, arn) ??
    typeProblem(text, arn)
  );
}

function whole(text: string, message: string, replacement?: string): ArnProblem {
  return { message, start: 0, length: text.length, ...(replacement !== undefined && { replacement }) };
}

function part(text: string, start: number, length: number, message: string, replacement?: string): ArnProblem {
  // Nothing can be marked where nothing stands.
  if (length === 0) return whole(text, message, replacement);
  return { message, start, length, ...(replacement !== undefined && { replacement }) };
}

/** What does not have the form of an ARN at all. */
function formProblem(text: string): ArnProblem | undefined {
  const trimmed = text.trim();
  if (trimmed !== text && trimmed.startsWith("arn:")) {
    return whole(text, "An ARN has no blanks around it, so AWS would refuse the document.", trimmed);
  }
  const address = /^s3:\/\/([^/]+)(.*)$/is.exec(text) ?? webAddress(text);
  if (address !== null) {
    const [, bucket = "", path = ""] = address;
    return whole(
      text,
      "A policy names S3 by ARNs and not by addresses, so AWS would refuse the document.",
      `arn:aws:s3:::${bucket}${path === "/" ? "/*" : path}`,
    );
  }
  if (/^arn:/i.test(text) && !text.startsWith("arn:")) {
    return whole(
      text,
      "An ARN begins with arn: in small letters, so AWS would refuse the document.",
      `arn${text.slice(3)}`,
    );
  }
  if (/^aws(-[a-z]+)*:[a-z0-9-]+:[^:]*:[^:]*:./.test(text)) {
    return whole(text, "The ARN lacks the arn: at its beginning, so AWS would refuse the document.", `arn:${text}`);
  }
  if (!text.startsWith("arn:") || wildcardForParts(text)) return undefined;
  const six = "An ARN has six parts with colons between them (arn:aws:s3:::bucket has two that are empty)";
  const s3 = /^arn:(aws[a-z-]*):s3:+([^:*?][^:]*)$/.exec(text);
  if (s3 !== null) return whole(text, `${six}, so AWS would refuse the document.`, `arn:${s3[1]}:s3:::${s3[2]}`);
  const lacksPartition = /^arn:(s3|iam|kms|sts|sqs|sns):/.test(text);
  const withPartition = text.replace(/^arn:/, "arn:aws:");
  if (lacksPartition && parseArn(withPartition) !== undefined) {
    return whole(text, `${six}, and the partition is missing, so AWS would refuse the document.`, withPartition);
  }
  return whole(text, `${six}, so AWS would refuse the document.`);
}

/** `arn:aws:s3*`, `arn:aws:sqs:*`: a wildcard that may stand for the parts that are not there. */
function wildcardForParts(text: string): boolean {
  const parts = text.split(":");
  return hasWildcard(parts.at(-1) ?? "") && (parts.length < 4 || /^\*+$/.test(parts.at(-1) ?? ""));
}

/** `https://bucket.s3.amazonaws.com/key`, `https://s3.eu-west-1.amazonaws.com/bucket/key`. */
function webAddress(text: string): RegExpExecArray | null {
  return (
    /^https?:\/\/([a-z0-9.-]+?)\.s3[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?(\/.*)?$/is.exec(text) ??
    /^https?:\/\/s3[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?\/([^/]+)(\/.*)?$/is.exec(text)
  );
}

/** A whole ARN, or an address, pasted where only a name belongs. */
function embeddedProblem(text: string, arn: Arn): ArnProblem | undefined {
  const start = resourceOffset(arn);
  const inner = /arn:aws[a-z-]*:[a-z0-9-]+:[^:]*:[^:]*:/.exec(arn.resource);
  if (inner !== null && inner.index === 0) {
    const message = "This ARN stands inside another one, so it would match nothing.";
    return { message, start: 0, length: start, replacement: arn.resource };
  }
  const address = /^s3:\/\//i.exec(arn.resource);
  if (address === null || arn.service !== "s3") return undefined;
  const replacement = text.slice(0, start) + arn.resource.slice(5);
  return part(text, start, 5, "An ARN of S3 has no s3:// in it, so it would match nothing.", replacement);
}

function partitionProblem(text: string, { partition }: Arn): ArnProblem | undefined {
  if (hasWildcard(partition) || partitions.includes(partition)) return undefined;
  const known = nearestName(partition, partitions);
  // MinIO and others have ARNs of their own.
  if (partition !== "" && known === undefined && !/aws|amazon/i.test(partition)) return undefined;
  const certain = partition === "" ? "aws" : known?.toLowerCase() === partition.toLowerCase() ? known : undefined;
  return part(
    text,
    4,
    partition.length,
    `AWS has no partition ${JSON.stringify(partition)} (it has aws, aws-cn and aws-us-gov), so it would refuse the document.`,
    certain === undefined ? undefined : `arn:${certain}${text.slice(4 + partition.length)}`,
  );
}

function serviceProblem(text: string, { partition, service }: Arn): ArnProblem | undefined {
  const start = 4 + partition.length + 1;
  if (service === "") return whole(text, "The ARN names no service, so AWS would refuse the document.");
  if (!/[A-Z]/.test(service)) return undefined;
  const replacement = text.slice(0, start) + service.toLowerCase() + text.slice(start + service.length);
  const message = "A service is written in small letters in an ARN, so AWS would refuse the document.";
  return part(text, start, service.length, message, replacement);
}

/** A region or an account in ARNs that have none. */
function placeProblem(text: string, arn: Arn): ArnProblem | undefined {
  const { partition, service, region, account, resource } = arn;
  const start = 4 + partition.length + 1 + service.length + 1;
  if (service === "s3") {
    if (resource.startsWith(":")) {
      const replacement = text.slice(0, resourceOffset(arn)) + resource.replace(/^:+/, "");
      return part(
        text,
        resourceOffset(arn),
        1,
        "There is a colon too many, so this would match no bucket.",
        replacement,
      );
    }
    const plain = !hasWildcard(region) && !hasWildcard(account);
    if (region + account === "" || !plain || s3WithAccount.test(resource)) return undefined;
    if (region !== "" && meantType(arn) !== undefined) return undefined;
    const both = region !== "" && account !== "";
    return part(
      text,
      region === "" ? start + 1 : start,
      region.length + (both ? 1 : 0) + account.length,
      "The ARN of a bucket has neither a region nor an account, so this would match no bucket.",
      `arn:${partition}:s3:::${resource}`,
    );
  }
  if ((service === "iam" || service === "sts") && region !== "" && !hasWildcard(region)) {
    const replacement = text.slice(0, start) + text.slice(start + region.length);
    return part(
      text,
      start,
      region.length,
      "IAM is the same in every region and its ARNs have none, so AWS would refuse the document.",
      replacement,
    );
  }
  return undefined;
}

/** Words in the place of an account are placeholders, or AWS's own (`aws`, `cloudfront`). */
function accountProblem(text: string, arn: Arn): ArnProblem | undefined {
  const { account, service } = arn;
  const start = accountOffset(arn);
  if (account === "") {
    return service === "iam" || service === "sts"
      ? whole(text, "The ARN names no account, so AWS would refuse the document.")
      : undefined;
  }
  if (!/^[\d\s-]+$/.test(account) || isAccountId(account)) return undefined;
  const digits = account.replace(/[\s-]/g, "");
  return part(
    text,
    start,
    account.length,
    "An AWS account id has 12 digits, without hyphens or blanks, so AWS would refuse the document.",
    isAccountId(digits) ? text.slice(0, start) + digits + text.slice(start + account.length) : undefined,
  );
}

function regionProblem(text: string, { partition, service, region }: Arn): ArnProblem | undefined {
  const start = 4 + partition.length + 1 + service.length + 1;
  if (region === "") {
    const message = "Every key of KMS is in a region, so without one this would match nothing.";
    return service === "kms" ? whole(text, message) : undefined;
  }
  const [, direction, number = ""] = /^[a-z]{2,4}(?:-[a-z]+)*?-([a-z]+)(-\d+)$/.exec(region) ?? [];
  if (direction !== undefined) {
    if (regionDirections.includes(direction)) return undefined;
    const swapped = regionDirections.find((name) => inOrder(name) === inOrder(direction));
    const near = swapped ?? nearestName(direction, regionDirections);
    if (near === undefined) return undefined;
    const wanted = `${region.slice(0, -direction.length - number.length)}${near}${number}`;
    const message = `AWS has no region ${region} (did you mean ${wanted}?), so this would match nothing.`;
    const replacement = text.slice(0, start) + wanted + text.slice(start + region.length);
    return part(text, start, region.length, message, swapped === undefined ? undefined : replacement);
  }
  if (hasWildcard(region)) return undefined;
  const lower = region.toLowerCase();
  const zone = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)[a-z]$/.exec(lower)?.[1];
  const meant = zone ?? (/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(lower) ? lower : undefined);
  // Only what looks like a region that was written wrongly: some services have words of their own in this place.
  if (meant === undefined && !/^[a-z]{2}-?[a-z]+-?\d+$/.test(lower)) return undefined;
  return part(
    text,
    start,
    region.length,
    zone === undefined
      ? `AWS has no region ${region}, so this would match nothing.`
      : `${region} is an availability zone and not a region, so this would match nothing.`,
    meant === undefined ? undefined : text.slice(0, start) + meant + text.slice(start + region.length),
  );
}

/** The letters of a word: the same for one with two of them in the wrong places. */
function inOrder(word: string): string {
  return word.split("").sort().join("");
}

/** `roles/reader`, `Role/reader`, `role:reader`; `keys/…` and a key's id alone. */
function typeProblem(text: string, arn: Arn): ArnProblem | undefined {
  const { service, resource } = arn;
  const start = resourceOffset(arn);
  if (service === "kms" && /^(?:mrk-)?[0-9a-f-]{32,36}$/.test(resource)) {
    const message = "KMS writes key/ before the id of a key, so this would name nothing.";
    return part(text, start, resource.length, message, `${text.slice(0, start)}key/${resource}`);
  }
  const { type, known } = meantType(arn) ?? {};
  if (type === undefined) return undefined;
  return part(
    text,
    start,
    type.length + 1,
    `${service.toUpperCase()} writes ${known}/ here, so this would name nothing.`,
    `${text.slice(0, start)}${known}/${resource.slice(type.length + 1)}`,
  );
}

/** What stands there as the type of the resource, and the one that was probably meant. */
function meantType({ service, account, resource }: Arn): { type: string; known: string } | undefined {
  const types = resourceTypes.get(service);
  if (types === undefined || resource === "root" || account === "") return undefined;
  const [, type = "", separator = ""] = /^([A-Za-z-]+)([/:])/.exec(resource) ?? [];
  if (type === "" || (types.includes(type) && (separator === "/" || service === "s3"))) return undefined;
  const known = nearestName(type, types);
  return known === undefined ? undefined : { type, known };
}
