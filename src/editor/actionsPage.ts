/**
 * The pages of AWS's reference whose names are sure; they can't be told from a service's prefix.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const pages: { readonly [service: string]: readonly [page: string, name: string] } = {
  s3: ["amazons3", "Amazon S3"],
  kms: ["awskeymanagementservice", "AWS KMS"],
  sts: ["awssecuritytokenservice", "AWS STS"],
  iam: ["awsidentityandaccessmanagementiam", "IAM"],
};

/** The page that lists a service's actions; undefined for services whose page is not known. */
export function actionsPage(service: string): { readonly url: string; readonly name: string } | undefined {
  const [page, name] = (Object.hasOwn(pages, service) ? pages[service] : undefined) ?? [];
  if (page === undefined || name === undefined) return undefined;
  const url = `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${page}.html#${page}-actions-as-permissions`;
  return { url, name };
}
