import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { absent, gone, unless } from "../aws";
import { untilKnown } from "../consistency";
import type { PublicAccessBlockContent } from "../contents";
import { knownRegion, notOurs } from "./bucket";
import { bucketArn, type Resource } from "./resource";

/** Of a bucket that we made. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const publicAccessBlock: Resource<PublicAccessBlockContent> = {
  async read(aws, { name: Bucket }) {
    const { account, region } = aws.identity;
    const answer = await unless(
      [...absent, "NoSuchPublicAccessBlockConfiguration"],
      aws.call("s3:GetBucketPublicAccessBlock", (http) =>
        aws.s3(region).send(new GetPublicAccessBlockCommand({ Bucket, ExpectedBucketOwner: account }), http),
      ),
    ).catch(async (error: unknown) => {
      if ((await knownRegion(aws, Bucket)) !== notOurs) throw error;
      return undefined; // the bucket itself is refused already
    });
    const found = answer?.PublicAccessBlockConfiguration;
    if (!found) return undefined;
    const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = found;
    return {
      ours: undefined,
      content: {
        BlockPublicAcls: BlockPublicAcls ?? false,
        IgnorePublicAcls: IgnorePublicAcls ?? false,
        BlockPublicPolicy: BlockPublicPolicy ?? false,
        RestrictPublicBuckets: RestrictPublicBuckets ?? false,
      },
    };
  },

  diff(desired, live) {
    const settings = Object.keys(desired) as (keyof PublicAccessBlockContent)[]; // the type has no other keys
    return settings.filter((key) => desired[key] !== live[key]).map((key) => `${key} is off.`);
  },

  async write(aws, { name: Bucket, after }) {
    const { account, region } = aws.identity;
    await untilKnown(aws, [bucketArn(aws, Bucket)], () =>
      aws.call("s3:PutBucketPublicAccessBlock", (http) =>
        aws.s3(region).send(
          new PutPublicAccessBlockCommand({
            Bucket,
            ExpectedBucketOwner: account,
            PublicAccessBlockConfiguration: after,
          }),
          http,
        ),
      ),
    );
    return undefined;
  },

  /** Only for a roll back of the run that set it: otherwise it stays with its bucket. */
  async remove(aws, { name: Bucket }) {
    const { account, region } = aws.identity;
    await gone(aws, "s3:PutBucketPublicAccessBlock", (http) =>
      aws.s3(region).send(new DeletePublicAccessBlockCommand({ Bucket, ExpectedBucketOwner: account }), http),
    );
  },
};
