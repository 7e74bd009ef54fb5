/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty where the service's ARNs have none (S3 buckets, IAM). */
  readonly region: string;
  /** Empty for S3 buckets and objects. */
  readonly account: string;
  /** All after the fifth colon, colons included. */
  readonly resource: string;
}

/** Only the form is read: the parts may hold wildcards or placeholders. Undefined when it is no ARN. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const service = text.indexOf(":", 4);
  const region = text.indexOf(":", service + 1);
  const account = text.indexOf(":", region + 1);
  const resource = text.indexOf(":", account + 1);
  if (service < 0 || region <= service || account <= region || resource <= account) return undefined;
  return {
    partition: text.slice(4, service),
    service: text.slice(service + 1, region),
    region: text.slice(region + 1, account),
    account: text.slice(account + 1, resource),
    resource: text.slice(resource + 1),
  };
}

/** Where the account of an ARN stands in its text. */
export function accountOffset(arn: Arn): number {
  return 4 + arn.partition.length + 1 + arn.service.length + 1 + arn.region.length + 1;
}

/** Where the resource of an ARN stands in its text: what follows the fifth colon. */
export function resourceOffset(arn: Arn): number {
  return accountOffset(arn) + arn.account.length + 1;
}

/** A bucket ARN or an object ARN of S3: neither a region nor an account. */
export function isBucketOrObjectArn(arn: Arn): boolean {
  return arn.service === "s3" && arn.region === "" && arn.account === "";
}

/** The bucket of a bucket ARN or an object ARN, wildcards and placeholders included; undefined for other ARNs. */
export function bucketOf(arn: Arn): string | undefined {
  if (!isBucketOrObjectArn(arn)) return undefined;
  const slash = arn.resource.indexOf("/");
  return slash < 0 ? arn.resource : arn.resource.slice(0, slash);
}

export function isAccountId(text: string): boolean {
  return text.length === 12 && /^\d{12}$/.test(text);
}

/**
 * The account that a principal belongs to: `123456789012` and `arn:aws:iam::123456789012:root` mean the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function accountOfPrincipal(principal: string): string | undefined {
  return isAccountId(principal) ? principal : parseArn(principal)?.account;
}
