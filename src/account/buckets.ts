import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { GetBucketEncryptionCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import type { BucketFacts } from "../checks/finding";
import { UserError } from "../policy/userError";
import { type Aws, absent, unless } from "./aws";
import { headBucket, notOurs } from "./resources/bucket";

/** The names of the account's buckets, in all regions. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export async function listBuckets(aws: Aws): Promise<readonly string[]> {
  const names: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = { MaxBuckets: 1000, ...(ContinuationToken && { ContinuationToken }) };
    const answer = await aws.call("s3:ListAllMyBuckets", (http) =>
      aws.s3(aws.identity.region).send(new ListBucketsCommand(page), http),
    );
    names.push(...(answer.Buckets ?? []).flatMap(({ Name }) => Name ?? []));
    ContinuationToken = answer.ContinuationToken;
  } while (ContinuationToken);
  return names;
}

/**
 * What the checks and the wizard want to know about a bucket. Without a customer-managed key no KMS permission is needed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 *
 * @throws UserError access-denied when the bucket is another account's, or the caller may not look at it
 */
export async function inspectBucket(aws: Aws, name: string): Promise<BucketFacts> {
  const [region, encryption] = await Promise.all([
    bucketRegion(aws, name),
    getEncryptionKey(aws, name).then(
      (key) => ({ key }),
      (error: unknown) => ({ error }),
    ),
  ]);
  if (region === undefined) return { name, exists: false };
  // Why the bucket itself can't be looked at says more than that its encryption can't.
  if ("error" in encryption) throw encryption.error;
  const kmsKeyArn = encryption.key && (await customerManagedKey(aws, encryption.key, region));
  return { name, exists: true, region, ...(kmsKeyArn && { kmsKeyArn }) };
}

async function bucketRegion(aws: Aws, bucket: string): Promise<string | undefined> {
  const region = await headBucket(aws, bucket);
  if (region !== notOurs) return region;
  const { account, profile } = aws.identity;
  throw new UserError(
    "access-denied",
    `The bucket ${bucket} exists, but it belongs to another account than ${account}, or the profile ${profile} may not look at it (s3:ListBucket). Choose a bucket of the account, or a profile of the account that has the bucket.`,
    { awsErrorName: "AccessDenied", awsAction: "s3:ListBucket" },
  );
}

/** The KMS key of the default encryption as the bucket names it: an ARN, an id, an alias; undefined without one. */
async function getEncryptionKey(aws: Aws, Bucket: string): Promise<string | undefined> {
  const { account, region } = aws.identity;
  const answer = await unless(
    [...absent, "ServerSideEncryptionConfigurationNotFoundError"],
    aws.call("s3:GetEncryptionConfiguration", (http) =>
      aws.s3(region).send(new GetBucketEncryptionCommand({ Bucket, ExpectedBucketOwner: account }), http),
    ),
  );
  const rules = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
  const defaults = rules.map((rule) => rule.ApplyServerSideEncryptionByDefault);
  return defaults.find((each) => each?.SSEAlgorithm?.startsWith("aws:kms"))?.KMSMasterKeyID;
}

/**
 * The ARN of a customer-managed key, whatever it is called by; undefined for the key that AWS manages. A policy that names
 * an alias grants nothing.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
 */
async function customerManagedKey(aws: Aws, KeyId: string, region: string): Promise<string | undefined> {
  if (/(^|:)alias\/aws\//.test(KeyId)) return undefined;
  const [, , , keyRegion, keyAccount, resource = ""] = KeyId.startsWith("arn:") ? KeyId.split(":") : [];
  // Another account's key only its owner may look at; what AWS manages serves its own account alone.
  const isForeign = keyAccount !== undefined && keyAccount !== aws.identity.account;
  if (isForeign && resource.startsWith("key/")) return KeyId;
  const { KeyMetadata } = await aws.call("kms:DescribeKey", (http) =>
    aws.kms(keyRegion || region).send(new DescribeKeyCommand({ KeyId }), http),
  );
  return KeyMetadata?.KeyManager === "AWS" ? undefined : KeyMetadata?.Arn;
}
