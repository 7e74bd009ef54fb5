import type { VendorDefinition } from "./definition";

/**
 * Names as AWS takes them.
 * Buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * Each validate function returns what is wrong, as a sentence for a person, or undefined.
 */

const maxIamName = 64;
const maxIntegrationName = 64;

export function validateBucketName(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) {
    return `A bucket name has 3 to 63 characters; this has ${name.length}.`;
  }
  const character = /[^a-z0-9.-]/u.exec(name)?.[0];
  if (character !== undefined) {
    return `A bucket name has only lower-case letters, digits, dots and hyphens, not ${quoted(character)}.`;
  }
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) {
    return "A bucket name begins and ends with a letter or a digit.";
  }
  if (name.includes("..")) {
    return "A bucket name has no two dots in a row.";
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) {
    return "A bucket name does not look like an IP address.";
  }
  const prefix = ["xn--", "sthree-", "amzn-s3-demo-"].find((reserved) => name.startsWith(reserved));
  if (prefix) {
    return `S3 keeps bucket names that begin with ${quoted(prefix)} for itself.`;
  }
  const suffix = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"].find((reserved) => name.endsWith(reserved));
  return suffix ? `S3 keeps bucket names that end with ${quoted(suffix)} for itself.` : undefined;
}

export function validateRoleName(name: string): string | undefined {
  return validateIamName("role", name);
}

export function validateUserName(name: string): string | undefined {
  return validateIamName("user", name);
}

/** An integration's name is a folder's: portable between Linux, macOS and Windows. */
export function validateIntegrationName(name: string): string | undefined {
  if (name.length === 0 || name.length > maxIntegrationName) {
    return `A name of an integration has 1 to ${maxIntegrationName} characters.`;
  }
  const character = /[^A-Za-z0-9._-]/u.exec(name)?.[0];
  if (character !== undefined) {
    return `A name of an integration has only letters, digits, dots, hyphens and underscores, not ${quoted(character)}.`;
  }
  if (!/^[A-Za-z0-9]/.test(name) || name.endsWith(".")) {
    return "A name of an integration begins with a letter or a digit and does not end with a dot.";
  }
  // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: also with an extension.
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)
    ? `Windows keeps the name ${quoted(name)} for a device; choose another one.`
    : undefined;
}

/** `activeloop-deep-lake-training-data`. Without a bucket: the vendor's id. */
export function defaultIntegrationName(definition: VendorDefinition, buckets: readonly string[]): string {
  const name = [definition.id, ...buckets.slice(0, 1)].join("-").replace(/[^A-Za-z0-9._-]/gu, "-");
  return shorten(name.replace(/\.+$/, ""), maxIntegrationName);
}

/** The vendor's own name or suggestion, else `VendorAccess-activeloop-deep-lake-training-data`: a name that IAM takes. */
export function defaultRoleName(definition: VendorDefinition, buckets: readonly string[]): string {
  const name = ["VendorAccess", definition.id, ...buckets.slice(0, 1)].join("-");
  const { fixedName, suggestedName } = definition.role ?? {};
  return fixedName ?? suggestedName ?? shorten(name.replace(/[^A-Za-z0-9_+=,.@-]/gu, "-"), maxIamName);
}

function validateIamName(kind: "role" | "user", name: string): string | undefined {
  if (name.length === 0 || name.length > maxIamName) {
    return `A ${kind} name has 1 to ${maxIamName} characters; this has ${name.length}.`;
  }
  const character = /[^A-Za-z0-9_+=,.@-]/u.exec(name)?.[0];
  return character === undefined
    ? undefined
    : `A ${kind} name has only letters, digits and _+=,.@-, not ${quoted(character)}.`;
}

/** What is cut away is told apart by a few characters of its hash: two long bucket names still give two names. */
function shorten(name: string, length: number): string {
  if (name.length <= length) {
    return name;
  }
  const suffix = fingerprint(name);
  return `${name.slice(0, length - suffix.length - 1).replace(/[.-]+$/, "")}-${suffix}`;
}

/** A few characters that tell one text from another: FNV-1a, 32 bits, in base 36. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(7, "0");
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
