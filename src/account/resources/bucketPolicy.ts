import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { JsonValue } from "../../policy/json";
import { UserError } from "../../policy/userError";
import { type Aws, errorName, gone, unless } from "../aws";
import { untilKnown } from "../consistency";
import type { SharedPolicyContent } from "../contents";
import { encodeDocument } from "../documents";
import { unchangedPolicy } from "../policyStatements";
import { bucketArn, type Resource } from "./resource";
import { liveStatements, refuseChanged, restoreStatements, statementDifferences } from "./sharedPolicy";

/**
 * Statements of ours in the policy of a bucket, which is read and written as a whole.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export const bucketPolicy: Resource<SharedPolicyContent> = {
  async read(aws, { name, content }) {
    const whole = await getBucketPolicy(aws, name);
    return whole === "no bucket"
      ? { ours: undefined, content: { ...content, document: null }, facts: { bucketMissing: true }, absent: true }
      : liveStatements(whole, content);
  },

  diff(desired, live) {
    return statementDifferences("bucket policy", desired, live);
  },

  async write(aws, { name: Bucket, before, after }) {
    const { account, region } = aws.identity;
    await untilKnown(aws, [bucketArn(aws, Bucket)], async () => {
      const now = aws.justRead() ? "just read" : await getBucketPolicy(aws, Bucket);
      if (now !== "no bucket" && now !== "just read") {
        if (unchangedPolicy(after.document, now)) return; // an earlier attempt has done it
        refuseChanged(`the bucket ${Bucket}`, before, now);
      }
      const Policy = encodeDocument(after.document);
      await aws.call("s3:PutBucketPolicy", (http) =>
        aws.s3(region).send(new PutBucketPolicyCommand({ Bucket, ExpectedBucketOwner: account, Policy }), http),
      );
    });
    return undefined;
  },

  restore: restoreStatements,

  async remove(aws, { name: Bucket, before }) {
    const { account, region } = aws.identity;
    const now = await getBucketPolicy(aws, Bucket);
    if (now === undefined || now === "no bucket") return;
    refuseChanged(`the bucket ${Bucket}`, before, now);
    await gone(aws, "s3:DeleteBucketPolicy", (http) =>
      aws.s3(region).send(new DeleteBucketPolicyCommand({ Bucket, ExpectedBucketOwner: account }), http),
    );
  },
};

/** The whole policy; undefined when the bucket has none. */
export async function getBucketPolicy(aws: Aws, Bucket: string): Promise<JsonValue | "no bucket" | undefined> {
  const { account, region } = aws.identity;
  try {
    const answer = await unless(
      ["NoSuchBucketPolicy"],
      aws.call("s3:GetBucketPolicy", (http) =>
        aws.s3(region).send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner: account }), http),
      ),
    );
    return answer?.Policy === undefined ? undefined : (JSON.parse(answer.Policy) as JsonValue); // AWS answers JSON
  } catch (error) {
    const name = errorName(error);
    if (name === "NoSuchBucket" || name === "NotFound") return "no bucket";
    if (name !== "AccessDenied" || !(error instanceof UserError)) throw error;
    const message = `The policy of the bucket ${Bucket} can't be read: it belongs to another account than ${account}, or ${error.message}`;
    throw new UserError("access-denied", message, { awsErrorName: name, awsAction: "s3:GetBucketPolicy" });
  }
}
