import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { JsonValue } from "../policy/json";
import { isUserError } from "../policy/userError";
import type { BucketPolicyFacts } from "./account";
import { type Aws, absent, unless } from "./aws";
import { withBound } from "./bound";
import { listBuckets } from "./buckets";

/** Calls at the same time: S3 takes any number, a network at home does not. */
const mostCalls = 16;

/**
 * The policies of all buckets of the account, a call for each.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
 */
export async function listBucketPolicies(
  aws: Aws,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<readonly BucketPolicyFacts[]> {
  const buckets = await listBuckets(aws);
  const bounded = withBound(aws, mostCalls);
  let done = 0;
  const found = await Promise.all(
    buckets.map(async (bucket) => {
      const facts = await readPolicy(bounded, bucket);
      done += 1;
      onProgress(done, buckets.length);
      return facts;
    }),
  );
  return found.flat();
}

/** None for a bucket without a policy. */
async function readPolicy(aws: Aws, Bucket: string): Promise<readonly BucketPolicyFacts[]> {
  const { account, region } = aws.identity;
  try {
    const answer = await unless(
      [...absent, "NoSuchBucketPolicy"],
      aws.call("s3:GetBucketPolicy", (http) =>
        aws.s3(region).send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner: account }), http),
      ),
    );
    if (!answer?.Policy) return [];
    return [{ bucket: Bucket, policy: JSON.parse(answer.Policy) as JsonValue, problem: undefined }];
  } catch (error) {
    if (!isUserError(error) || error.code !== "access-denied") throw error;
    return [{ bucket: Bucket, policy: undefined, problem: error.message }];
  }
}
