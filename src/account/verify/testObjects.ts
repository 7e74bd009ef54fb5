import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { isUserError, UserError } from "../../policy/userError";
import type { AccessKey, ObjectTest, TestedAction } from "../account";
import { type Aws, type Clients, errorName } from "../aws";
import { backoff, pause } from "../clock";
import { headBucket, notOurs } from "../resources/bucket";

/** What a person finds in the bucket if even the cleaning up fails. */
const testPrefix = "vendor-access-test/";
const text = "Written by Vendor Access to test a vendor's access. It can be deleted.\n";

/** For how long AWS may not know a new key or role. */
const bound = 40_000;

export interface ObjectTestOptions {
  readonly integrationId: string;
  readonly roleArn: string;
  readonly buckets: readonly string[];
  /** What the vendor needs: only that is tried. */
  readonly actions: ReadonlySet<string>;
  readonly key: AccessKey;
  readonly onProgress?: (detail: string) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Does what the vendor will do: takes on the role with the access key that was made for it, lists each bucket, writes,
 * reads and deletes an object under a prefix of its own. Whatever happens, what was written is deleted again, by the caller
 * where the role may not, all versions of it; what can't be is named.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * @param patient not cut off by a cancellation: for cleaning up
 */
export async function testObjects(aws: Aws, patient: Aws, options: ObjectTestOptions): Promise<ObjectTest> {
  const tested: TestedAction[] = [];
  const left: string[] = [];
  const session = await assume(aws, options, tested);
  if (session !== undefined) {
    for (const bucket of options.buckets) {
      const region = await headBucket(aws, bucket);
      if (region === undefined || region === notOurs) {
        const reason = "the bucket does not exist, or the profile may not look at it";
        tested.push({ action: "s3:ListBucket", resource: bucket, result: "failed", reason });
        continue;
      }
      const object = { bucket, region, key: `${testPrefix}${options.integrationId}/${randomUUID()}.txt`, gone: true };
      try {
        await testBucket(aws, session.s3(region), object, options, tested);
      } finally {
        left.push(...(await cleanUp(patient, object, options)));
      }
    }
  }
  return { tested, left };
}

/** A key or a role that was just made is refused for some seconds. */
async function assume(
  aws: Aws,
  { roleArn: RoleArn, key, onProgress, signal }: ObjectTestOptions,
  tested: TestedAction[],
): Promise<Clients | undefined> {
  const start = aws.clock.now();
  const action = "sts:AssumeRole";
  const { sts } = aws.as(key);
  for (let attempt = 1; ; attempt++) {
    try {
      const { Credentials } = await aws.call(action, (http) =>
        sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "vendor-access-test", DurationSeconds: 900 }), http),
      );
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
      tested.push({ action, resource: RoleArn, result: "worked" });
      return aws.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    } catch (error) {
      const mayBeNew = ["InvalidClientTokenId", "AccessDenied", "SignatureDoesNotMatch"].includes(errorName(error));
      if (!mayBeNew || aws.clock.now() - start >= bound) {
        tested.push({ action, resource: RoleArn, result: "failed", reason: reasonOf(error, key) });
        return undefined;
      }
      onProgress?.("waiting for AWS to know the access key and the role");
      await pause(aws.clock, backoff(aws.clock, attempt, 500, 8000), signal);
    }
  }
}

interface TestObject {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  /** Nothing of it is in the bucket. */
  gone: boolean;
}

async function testBucket(
  aws: Aws,
  s3: S3Client,
  object: TestObject,
  { actions, key, onProgress, signal }: ObjectTestOptions,
  tested: TestedAction[],
): Promise<void> {
  const { bucket: Bucket, key: Key } = object;
  const resource = `${Bucket}/${Key}`;
  const attempt = async (action: string, on: string, call: () => Promise<unknown>): Promise<void> => {
    if (!actions.has(action)) return;
    if (signal?.aborted) throw new UserError("cancelled", "Cancelled.");
    onProgress?.(`${action} on ${on}`);
    try {
      await call();
      tested.push({ action, resource: on, result: "worked" });
    } catch (error) {
      tested.push({ action, resource: on, result: "failed", reason: reasonOf(error, key) });
    }
  };
  await attempt("s3:ListBucket", Bucket, () =>
    aws.call("s3:ListBucket", (http) =>
      s3.send(new ListObjectsV2Command({ Bucket, Prefix: testPrefix, MaxKeys: 1 }), http),
    ),
  );
  await attempt("s3:PutObject", resource, () =>
    aws.call("s3:PutObject", (http) => s3.send(new PutObjectCommand({ Bucket, Key, Body: text }), http)),
  );
  if (
    !tested.some(
      ({ action, resource: on, result }) => action === "s3:PutObject" && on === resource && result === "worked",
    )
  )
    return;
  await attempt("s3:GetObject", resource, async () => {
    const { Body } = await aws.call("s3:GetObject", (http) => s3.send(new GetObjectCommand({ Bucket, Key }), http));
    if ((await Body?.transformToString()) !== text) {
      throw new UserError("aws", "What was read is not what was written: somebody else changed it in between.");
    }
  });
  await attempt("s3:DeleteObject", resource, async () => {
    const answer = await aws.call("s3:DeleteObject", (http) => s3.send(new DeleteObjectCommand({ Bucket, Key }), http));
    object.gone = answer.VersionId === undefined; // a bucket with versions keeps them
  });
}

/**
 * Deletes what this and earlier tests have left, all versions and the markers of what is deleted already.
 *
 * @returns what is still there, and why, one sentence each
 */
async function cleanUp(
  aws: Aws,
  { bucket: Bucket, region, key, gone }: TestObject,
  { integrationId }: ObjectTestOptions,
): Promise<readonly string[]> {
  const s3 = aws.s3(region);
  const Prefix = `${testPrefix}${integrationId}/`;
  const remove = async (Key: string, VersionId: string | undefined): Promise<readonly string[]> => {
    const isVersion = VersionId !== undefined && VersionId !== "null";
    try {
      await aws.call(isVersion ? "s3:DeleteObjectVersion" : "s3:DeleteObject", (http) =>
        s3.send(new DeleteObjectCommand({ Bucket, Key, ...(isVersion && { VersionId }) }), http),
      );
      return [];
    } catch (error) {
      return [`s3://${Bucket}/${Key} is still there: ${messageOf(error)}`];
    }
  };
  try {
    const { Versions = [], DeleteMarkers = [] } = await aws.call("s3:ListBucketVersions", (http) =>
      s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }), http),
    );
    const found = [...Versions, ...DeleteMarkers];
    const left = await Promise.all(found.map(({ Key = "", VersionId }) => remove(Key, VersionId)));
    return [...new Set(left.flat())];
  } catch {
    // Who may not look for it can often delete it all the same.
    return gone ? [] : remove(key, undefined);
  }
}

/** The calls were made by the vendor's key, and not by the profile that the account room's messages name. */
function reasonOf(error: unknown, { accessKeyId }: AccessKey): string {
  if (!isUserError(error)) throw error;
  if (error.code === "cancelled") throw error;
  return error.code === "access-denied" || error.code === "credentials-missing"
    ? `AWS refuses it to the access key ${accessKeyId} (${error.awsErrorName})`
    : error.message;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
