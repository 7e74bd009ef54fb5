import { type CORSRule, DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand } from "@aws-sdk/client-s3";
import type { JsonObject } from "../../policy/json";
import { UserError } from "../../policy/userError";
import { type Aws, errorName, gone } from "../aws";
import { untilKnown } from "../consistency";
import type { CorsContent } from "../contents";
import { describeRule, formerRules, mergeRules, missingRules, otherRules, sameRules } from "../corsRules";
import { bucketArn, type Resource } from "./resource";

/**
 * Rules of ours among those of a bucket, which has one list of them that is read and written as a whole.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 */
export const cors: Resource<CorsContent> = {
  async read(aws, { name, content }) {
    const rules = await getRules(aws, name);
    if (rules === "no bucket") return { ours: undefined, content: { rules: [] }, facts: { bucketMissing: true } };
    const others = otherRules(rules, content.rules);
    // Rules that say the same as ours count as ours, whoever made them.
    const same = others.filter((rule) => missingRules(content.rules, [rule]).length === 0);
    const marked = rules.filter((rule) => !others.includes(rule));
    if (rules.length === 0) return undefined;
    return { ours: undefined, content: { rules: [...same, ...marked] }, facts: { allRules: rules } };
  },

  diff(desired, live) {
    return [
      ...missingRules(live.rules, desired.rules).map((rule) => `The bucket does not allow ${describeRule(rule)}.`),
      ...missingRules(mergeRules(live.rules, desired.rules), live.rules).map(
        (rule) => `The bucket still allows ${describeRule(rule)}, which the document no longer has.`,
      ),
    ];
  },

  async write(aws, { name: Bucket, before, after }) {
    const { account, region } = aws.identity;
    const now = aws.justRead() ? "just read" : await getRules(aws, Bucket);
    if (now !== "no bucket" && now !== "just read") {
      if (sameRules(now, after.rules)) return undefined; // an earlier attempt has done it
      refuseChangedRules(Bucket, before, now);
    }
    const CORSRules = after.rules as unknown as CORSRule[]; // as the document has them: S3 itself refuses a wrong one
    await untilKnown(aws, [bucketArn(aws, Bucket)], () =>
      aws.call("s3:PutBucketCORS", (http) =>
        aws
          .s3(region)
          .send(
            new PutBucketCorsCommand({ Bucket, ExpectedBucketOwner: account, CORSConfiguration: { CORSRules } }),
            http,
          ),
      ),
    );
    return undefined;
  },

  async remove(aws, { name: Bucket, before }) {
    const { account, region } = aws.identity;
    const now = await getRules(aws, Bucket);
    if (now === "no bucket" || now.length === 0) return;
    refuseChangedRules(Bucket, before, now);
    await gone(aws, "s3:PutBucketCORS", (http) =>
      aws.s3(region).send(new DeleteBucketCorsCommand({ Bucket, ExpectedBucketOwner: account }), http),
    );
  },

  restore({ before, after, live }) {
    return { rules: formerRules(allRules(before), after?.rules ?? [], live ? allRules(live) : []) };
  },
};

/** The list is written as a whole: what somebody has changed in it since it was read must not be undone. */
function refuseChangedRules(bucket: string, before: CorsContent | undefined, now: readonly JsonObject[]): void {
  if (sameRules(now, before ? allRules(before) : [])) return;
  throw new UserError(
    "aws",
    `The CORS rules of the bucket ${bucket} have been changed since the plan was made, so they were left as they are. Plan again.`,
  );
}

/** All rules of the bucket, which are among the facts. */
function allRules(content: CorsContent & { readonly allRules?: readonly JsonObject[] }): readonly JsonObject[] {
  return content.allRules ?? content.rules;
}

async function getRules(aws: Aws, Bucket: string): Promise<readonly JsonObject[] | "no bucket"> {
  const { account, region } = aws.identity;
  try {
    const { CORSRules } = await aws.call("s3:GetBucketCORS", (http) =>
      aws.s3(region).send(new GetBucketCorsCommand({ Bucket, ExpectedBucketOwner: account }), http),
    );
    return (CORSRules ?? []).map(plainRule);
  } catch (error) {
    const name = errorName(error);
    if (name === "NoSuchCORSConfiguration") return [];
    if (name === "NoSuchBucket" || name === "NotFound") return "no bucket";
    if (name !== "AccessDenied" || !(error instanceof UserError)) throw error;
    const message = `The CORS rules of the bucket ${Bucket} can't be read: it belongs to another account than ${account}, or ${error.message}`;
    throw new UserError("access-denied", message, { awsErrorName: name, awsAction: "s3:GetBucketCORS" });
  }
}

/** A rule of the SDK as JSON: without the keys that have no value. */
function plainRule(rule: CORSRule): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
