import type { Parameter } from "./definition";
import { validateBucketName, validateUserName } from "./names";

/** What is wrong with one value, as a sentence for an input box; undefined when it is fine. */
export function validateParameterValue(parameter: Parameter, value: string): string | undefined {
  return ruleOf(parameter, value) ?? validatePattern(parameter, value);
}

function ruleOf(parameter: Parameter, value: string): string | undefined {
  switch (parameter.type) {
    case "bucket-list":
      return validateBucketName(value);
    case "kms-key-arn":
      return validateKmsKeyArn(value);
    case "account-id":
    case "own-account":
      return validateAccountId(value);
    case "user-name":
      return validateUserName(value);
    case "boolean":
      return value === "true" || value === "false" ? undefined : "This is true or false.";
    case "text":
      return value.trim() === "" ? "This must not be empty." : undefined;
    case "external-id":
      return validateExternalId(value);
    case "principal-arn":
      return validatePrincipalArn(value);
    case "prefix":
      return validatePrefix(value);
    case "choice": {
      const values = (parameter.choices ?? []).map((choice) => choice.value);
      return values.includes(value) ? undefined : `This is one of ${values.join(", ")}.`;
    }
  }
}

function validatePattern({ pattern, patternMeaning, title }: Parameter, value: string): string | undefined {
  if (pattern === undefined || new RegExp(pattern, "u").test(value)) return undefined;
  return patternMeaning === undefined ? `This does not look like ${title}.` : `This must be ${patternMeaning}.`;
}

export function validateAccountId(value: string): string | undefined {
  return /^\d{12}$/.test(value) ? undefined : "An AWS account id has 12 digits, without hyphens.";
}

const keyArn =
  /^arn:aws(-cn|-us-gov)?:kms:[a-z]{2}(-[a-z]+)+-\d:\d{12}:key\/([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]{32})$/;

/**
 * A key is named by its ARN: an alias ARN as the resource of a policy grants nothing.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
export function validateKmsKeyArn(value: string): string | undefined {
  if (/^arn:[^:]+:kms:[^:]*:[^:]*:alias\//.test(value) || value.startsWith("alias/")) {
    return "This names an alias, and a policy that names an alias grants nothing: take the ARN of the key behind it (arn:aws:kms:…:key/…).";
  }
  if (/^(mrk-)?[0-9a-f-]{32,36}$/i.test(value)) {
    return "This is only the key's id: take its whole ARN (arn:aws:kms:REGION:ACCOUNT:key/ID).";
  }
  return keyArn.test(value)
    ? undefined
    : "The ARN of a KMS key looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.";
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length */
function validateExternalId(value: string): string | undefined {
  const character = /[^\w+=,.@:/-]/u.exec(value)?.[0];
  if (character !== undefined) {
    return `An external ID has only letters, digits and _+=,.@:/-, not ${JSON.stringify(character)}.`;
  }
  return value.length >= 2 && value.length <= 1224 ? undefined : "An external ID has 2 to 1,224 characters.";
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function validatePrincipalArn(value: string): string | undefined {
  return /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/.test(value)
    ? undefined
    : "The ARN of whom the vendor comes as looks like arn:aws:iam::111122223333:role/name, …:user/name or …:root.";
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html; `*` and `?` would be wildcards of a policy. */
function validatePrefix(value: string): string | undefined {
  if (value.startsWith("/") || value.endsWith("/")) return "Leave out the slash at the beginning and at the end.";
  const character = /[^\w!.()'/=+@:,& -]/u.exec(value)?.[0];
  if (character !== undefined) return `A prefix can't have ${JSON.stringify(character)} in a policy.`;
  return value.length >= 1 && value.length <= 1000 ? undefined : "A prefix has 1 to 1,000 characters.";
}
