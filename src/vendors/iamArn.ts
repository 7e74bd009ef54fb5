import type { IntegrationRequest } from "./manifest";

type Role = NonNullable<IntegrationRequest["role"]>;
type Partition = NonNullable<IntegrationRequest["partition"]>;

/**
 * A role's ARN as AWS writes it: with its path. Calls name a role without it; principals and resources must have it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export function roleArn(
  { name, path = "/" }: Pick<Role, "name" | "path">,
  account: string,
  partition: Partition = "aws",
): string {
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}

/** The ARN of a policy of the account; the same holds for its path. */
export function policyArn(
  { name, path = "/" }: { readonly name: string; readonly path?: string },
  account: string,
  partition: Partition = "aws",
): string {
  return `arn:${partition}:iam::${account}:policy${path}${name}`;
}

/** The ARN of a user that is made here, which lies below no path. */
export function userArn(name: string, account: string, partition: Partition = "aws"): string {
  return `arn:${partition}:iam::${account}:user/${name}`;
}
