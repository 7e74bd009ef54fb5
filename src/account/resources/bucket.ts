import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import { UserError } from "../../policy/userError";
import { type Aws, absent, errorName, gone, unless } from "../aws";
import { untilKnown } from "../consistency";
import type { BucketContent } from "../contents";
import {
  integrationTag,
  isOurs,
  readTags,
  removedTags,
  sameKeys,
  type Tags,
  tagDifferences,
  writeTags,
} from "../ownership";
import { bucketArn, type Reading, type Resource, type Writing } from "./resource";

/** A bucket made for the vendor. Never deleted by a removal: it holds data. https://docs.aws.amazon.com/AmazonS3/latest/userguide/creating-buckets-s3.html */
export const bucket: Resource<BucketContent> = {
  async read(aws, { name, content }) {
    const [region, tagging] = await Promise.all([
      knownRegion(aws, name),
      getTags(aws, name).then(
        (tags) => ({ tags }),
        (error: unknown) => ({ error }),
      ),
    ]);
    if (region === undefined) return undefined;
    if (region === notOurs) return { ours: false, content: { region: "", tags: {} } };
    if ("error" in tagging) throw tagging.error;
    const { tags = {} } = tagging;
    // A run that stopped between making and marking it has left it without our tag.
    const made = aws.unfinished?.made("bucket", name) === true && tags[integrationTag] === undefined;
    return { ours: made || isOurs(tags, content.tags), content: { region, tags: sameKeys(tags, content.tags) } };
  },

  diff(desired, live) {
    return [
      ...(desired.region === live.region ? [] : [`The bucket is in ${live.region} instead of ${desired.region}.`]),
      ...tagDifferences(desired.tags, live.tags),
    ];
  },

  async write(aws, { name, before, after }) {
    if (!before) await create(aws, name, after.region);
    const removed = removedTags(after.tags, before?.tags ?? {});
    try {
      await untilKnown(aws, [bucketArn(aws, name)], () => putTags(aws, name, after, removed));
    } catch (error) {
      if (before || !(error instanceof UserError)) throw error;
      const { awsErrorName, awsAction } = error;
      const message = `The bucket ${name} was made, but could not be marked as this integration's. ${error.message}`;
      throw new UserError(error.code, message, {
        ...(awsErrorName && { awsErrorName }),
        ...(awsAction && { awsAction }),
      });
    }
    return undefined;
  },

  /** Only for a roll back of the run that made it. S3 deletes no bucket that holds anything. */
  async remove(aws, { name, before }) {
    try {
      await gone(aws, "s3:DeleteBucket", (http) =>
        aws
          .s3(before.region)
          .send(new DeleteBucketCommand({ Bucket: name, ExpectedBucketOwner: aws.identity.account }), http),
      );
    } catch (error) {
      if (errorName(error) !== "BucketNotEmpty") throw error;
      aws.keeps(`The bucket ${name} stays: it holds objects by now.`);
    }
  },
};

/** Instead of a region: the bucket is another account's, or the caller may not look at it. */
export const notOurs = "another account's";

/** The same as `headBucket`, once for one look at everything. */
export function knownRegion(aws: Reading, name: string): Promise<string | undefined> {
  return aws.once(`region of ${name}`, () => headBucket(aws, name));
}

/**
 * The region of a bucket, undefined when there is none of this name. HeadBucket answers 403 for a bucket that is not the
 * expected account's, and for one that the caller may not list.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
export async function headBucket(aws: Aws, Bucket: string): Promise<string | undefined> {
  const { account, region } = aws.identity;
  try {
    const { BucketRegion } = await aws.call("s3:ListBucket", (http) =>
      aws.s3(region).send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }), http),
    );
    return BucketRegion ?? region;
  } catch (error) {
    if (absent.includes(errorName(error))) return undefined;
    if (errorName(error) === "AccessDenied") return notOurs;
    throw error;
  }
}

async function getTags(aws: Aws, Bucket: string): Promise<Tags | undefined> {
  const { account, region } = aws.identity;
  const answer = await unless(
    [...absent, "NoSuchTagSet"],
    aws.call("s3:GetBucketTagging", (http) =>
      aws.s3(region).send(new GetBucketTaggingCommand({ Bucket, ExpectedBucketOwner: account }), http),
    ),
  );
  return answer && readTags(answer.TagSet as Parameters<typeof readTags>[0]);
}

/**
 * A client of the bucket's region makes it there: the SDK names the location, which must be done everywhere but in us-east-1.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
async function create(aws: Writing, Bucket: string, region: string): Promise<void> {
  await aws.call(
    "s3:CreateBucket",
    async (http) => {
      await aws.s3(region).send(new CreateBucketCommand({ Bucket }), http);
      return region;
    },
    {
      async lost() {
        const found = await headBucket(aws, Bucket);
        return found === notOurs ? undefined : found;
      },
    },
  );
  aws.created.set(bucketArn(aws, Bucket), aws.clock.now());
}

/** Sets all tags of a bucket at once; others than ours are kept. */
async function putTags(
  aws: Writing,
  Bucket: string,
  after: BucketContent,
  removed: readonly string[] = [],
): Promise<void> {
  const { account } = aws.identity;
  const live = aws.created.has(bucketArn(aws, Bucket)) ? {} : ((await getTags(aws, Bucket)) ?? {});
  const others = Object.fromEntries(Object.entries(live).filter(([key]) => !removed.includes(key)));
  await aws.call("s3:PutBucketTagging", (http) =>
    aws.s3(after.region).send(
      new PutBucketTaggingCommand({
        Bucket,
        ExpectedBucketOwner: account,
        Tagging: { TagSet: writeTags({ ...others, ...after.tags }) },
      }),
      http,
    ),
  );
}
