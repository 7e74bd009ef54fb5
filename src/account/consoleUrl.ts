import type { Identity } from "./account";

/** https://docs.aws.amazon.com/general/latest/gr/rande.html#console-endpoints, and the same for the other partitions. */
const hosts = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
} as const;

type Partition = Identity["partition"];

export function roleUrl(partition: Partition, roleName: string): string {
  return `https://${hosts[partition]}/iam/home#/roles/details/${encodeURIComponent(roleName)}`;
}

export function policyUrl(partition: Partition, arn: string): string {
  return `https://${hosts[partition]}/iam/home#/policies/details/${encodeURIComponent(arn)}`;
}

export function userUrl(partition: Partition, userName: string): string {
  return `https://${hosts[partition]}/iam/home#/users/details/${encodeURIComponent(userName)}`;
}

export function keyUrl(partition: Partition, region: string, keyId: string): string {
  return `https://${hosts[partition]}/kms/home?region=${region}#/kms/keys/${encodeURIComponent(keyId)}/keyPolicy`;
}

export function bucketUrl(partition: Partition, bucket: string, tab: "properties" | "permissions"): string {
  return `https://${hosts[partition]}/s3/buckets/${encodeURIComponent(bucket)}?tab=${tab}`;
}
