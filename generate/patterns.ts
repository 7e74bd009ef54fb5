import type { JsonObject } from "../src/policy/json";

/**
 * The rules of names.ts and parameters.ts as regular expressions, for the schema of integration.json; a test holds the
 * two together. Without keywords that count characters or compare values: Ajv's code would need its run-time for them.
 */
export const patterns = {
  id: {
    pattern: "^[A-Za-z0-9][A-Za-z0-9-]{7,63}$",
    patternErrorMessage: "The id is 8 to 64 letters, digits and hyphens, best a random UUID.",
  },
  vendor: {
    pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
    patternErrorMessage: "A vendor's id is lower-case words with hyphens between them, such as jfrog-ml.",
  },
  account: {
    pattern: "^\\d{12}$",
    patternErrorMessage: "An AWS account id has 12 digits, without hyphens.",
  },
  region: { pattern: "^[a-z]{2}(-[a-z]+)+-\\d$", patternErrorMessage: "A region looks like us-east-1." },
  bucketName: {
    pattern:
      "^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)(?!.*(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
    patternErrorMessage:
      "S3 refuses this as the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit.",
  },
  kmsKeyArn: {
    pattern:
      "^arn:aws(-cn|-us-gov)?:kms:[a-z]{2}(-[a-z]+)+-\\d:\\d{12}:key/([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]{32})$",
    patternErrorMessage:
      "The ARN of a KMS key looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab; an alias grants nothing.",
  },
  roleName: {
    pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$",
    patternErrorMessage: "A role name has 1 to 64 letters, digits and _+=,.@-.",
  },
  iamPath: {
    pattern: "^/([!-~]{1,510}/)?$",
    patternErrorMessage: "A path stands between slashes: /vendors/.",
  },
  policyName: {
    pattern: "^[A-Za-z0-9_+=,.@-]{1,128}$",
    patternErrorMessage: "A policy name has 1 to 128 letters, digits and _+=,.@-.",
  },
  roleDescription: {
    pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]{0,1000}$",
    patternErrorMessage: "A role's description has at most 1,000 characters.",
  },
  userName: {
    pattern: "^[A-Za-z0-9_+=,.@-]{1,64}$",
    patternErrorMessage: "A user name has 1 to 64 letters, digits and _+=,.@-.",
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
  tagKey: {
    pattern: "^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$",
    patternErrorMessage: "A tag's key has 1 to 128 letters, digits, spaces and _.:/=+-@, and does not begin with aws:.",
  },
  tagValue: {
    pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$",
    patternErrorMessage: "A tag's value has up to 256 letters, digits, spaces and _.:/=+-@.",
  },
  documentPath: {
    pattern: '^(?!/)(?!(.*/)?\\.\\.?(/|$))[^\\\\:*?"<>|\\u0000-\\u001f]+\\.json$',
    patternErrorMessage: "A document is a .json file in this folder or below it, with / between folders.",
  },
} as const satisfies Readonly<Record<string, JsonObject>>;
