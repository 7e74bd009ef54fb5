import assert from "node:assert/strict";
import { CreateKeyCommand, GetKeyPolicyCommand, type KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { statementsOf } from "../../src/account/policyStatements";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import { apply, look, remove } from "./applying";
import { sampleIntegration } from "./integrations";
import { carryOut, theWorld } from "./world";

const bucket = "training-data";

/** A statement of somebody else's, in a form that is to stay to the letter. */
const others: JsonObject = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

async function makeBucket(policy?: JsonObject) {
  const { s3 } = theWorld();
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
  await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration }));
  if (policy) await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
}

async function bucketPolicy(): Promise<JsonValue | undefined> {
  try {
    const { Policy = "null" } = await theWorld().s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return JSON.parse(Policy) as JsonValue; // what JSON.parse returns is a JsonValue
  } catch (error) {
    if ((error as Error).name === "NoSuchBucketPolicy") return undefined;
    throw error;
  }
}

const darwin = (changes = {}) =>
  sampleIntegration("v7-darwin", "read-only", { parameters: { buckets: [bucket] }, ...changes });

describe("statements in a bucket policy", () => {
  it("are the whole policy of a bucket that has none, and go with it", async () => {
    await makeBucket();
    const { plan, live } = await apply(darwin());
    assert.deepEqual(
      plan.steps.map(({ sentence }) => sentence),
      [`Let V7 Darwin in by the policy of the bucket ${bucket}`],
    );
    assert.deepEqual(
      live.resources.map(({ kind, status }) => `${kind} ${status}`),
      ["bucket-policy in-sync"],
    );
    assert.deepEqual(await bucketPolicy(), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DarwinAccessVendorAccess000000000000",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::258327614892:role/external_s3" },
          Action: ["s3:GetObject"],
          Resource: [`arn:aws:s3:::${bucket}/*`],
        },
      ],
    });
    const removal = await remove(darwin());
    assert.deepEqual(
      removal.steps.map(({ verb }) => verb),
      ["delete"],
    );
    assert.equal(await bucketPolicy(), undefined);
  });

  it("stand beside those of others, which stay to the letter when ours come, change and go", async () => {
    const policy = { Version: "2008-10-17", Id: "theirs", Statement: [others] };
    await makeBucket(policy);
    const { plan } = await apply(darwin());
    assert.deepEqual(
      plan.steps.map(({ sentence }) => sentence),
      [`Let V7 Darwin in by the policy of the bucket ${bucket}; its other statement stays`],
    );
    const [first, second, ...more] = statementsOf(await bucketPolicy());
    assert.deepEqual([JSON.stringify(first), more], [JSON.stringify(others), []]);
    assert.equal(second?.Sid, "DarwinAccessVendorAccess000000000000");
    const writing = sampleIntegration("v7-darwin", "read-write", { parameters: { buckets: [bucket], mirax: true } });
    const change = await apply(writing);
    assert.match(
      change.plan.steps[0]?.sentence ?? "",
      /^Change this integration's statements in .*; its other statement stays$/,
    );
    assert.deepEqual(
      statementsOf(await bucketPolicy()).map(({ Sid }) => Sid),
      ["TlsOnly", "DarwinAccessVendorAccess000000000000", "DarwinListingVendorAccess000000000000"],
    );
    const removal = await remove(writing);
    assert.deepEqual(
      removal.steps.map(({ verb }) => verb),
      ["update"],
    );
    assert.deepEqual(await bucketPolicy(), policy);
    assert.deepEqual(
      (await look(writing)).live.resources.map(({ status }) => status),
      ["missing"],
    );
  });

  it("of two integrations don't touch each other", async () => {
    await makeBucket();
    const second = sampleIntegration("segments-ai", "read-only", {
      id: "11111111-0000-4000-8000-000000000001",
      parameters: { buckets: [bucket], cors: false },
    });
    await apply(darwin());
    await apply(second);
    await remove(darwin());
    assert.deepEqual(
      statementsOf(await bucketPolicy()).map(({ Sid }) => Sid),
      ["SegmentsAiReadVendorAccess111111110000"],
    );
    assert.deepEqual((await look(second)).plan.steps, []);
  });

  it("are not written over a policy that somebody has changed since the plan was made", async () => {
    await makeBucket({ Version: "2012-10-17", Statement: [others] });
    const { session, plan } = await look(darwin());
    const changed = { Version: "2012-10-17", Statement: [{ ...others, Sid: "Renamed" }, others] };
    await theWorld().s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(changed) }));
    const result = await carryOut(session, plan);
    assert.match(result.failure?.message ?? "", /has been changed since the plan was made.*Plan again/);
    assert.deepEqual(await bucketPolicy(), changed);
  });

  it("are not deleted with a policy that somebody has added to since the plan was made", async () => {
    await makeBucket();
    await apply(darwin());
    const { session, removal } = await look(darwin());
    const { Statement } = (await bucketPolicy()) as JsonObject; // a policy is an object
    const changed = { Version: "2012-10-17", Statement: [others, ...(Statement as readonly JsonObject[])] };
    await theWorld().s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(changed) }));
    const result = await carryOut(session, removal);
    assert.match(result.failure?.message ?? "", /has been changed since the plan was made/);
    assert.deepEqual(await bucketPolicy(), changed);
  });

  it("that somebody took out are a difference, and come back", async () => {
    await makeBucket();
    await apply(darwin());
    await theWorld().s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    const { live } = await look(darwin());
    assert.deepEqual(
      live.resources.map(({ status }) => status),
      ["missing"],
    );
    const again = await apply(darwin());
    assert.deepEqual(
      again.live.resources.map(({ status }) => status),
      ["in-sync"],
    );
  });

  it("for a bucket that does not exist are refused before anything is done", async () => {
    const { plan } = await look(darwin());
    assert.match(
      plan.refusals.join(),
      new RegExp(`The bucket ${bucket}, which a bucket policy is for, does not exist`),
    );
  });

  it("name in each bucket's policy only that bucket", async () => {
    await makeBucket();
    const { s3 } = theWorld();
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
    await s3.send(new CreateBucketCommand({ Bucket: "raw-images", CreateBucketConfiguration }));
    const both = darwin({ parameters: { buckets: [bucket, "raw-images"] } });
    await apply(both);
    const [statement] = statementsOf(await bucketPolicy());
    assert.deepEqual(statement?.Resource, [`arn:aws:s3:::${bucket}/*`]);
    assert.deepEqual((await look(both)).plan.steps, []);
  });
});

describe("statements in the policy of a KMS key", () => {
  it("stand beside the account's own, which never go", async () => {
    await makeBucket();
    const kms = theWorld().kms;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const kmsKeyArn = KeyMetadata?.Arn ?? "";
    const before = await keyPolicy(kms, kmsKeyArn);
    const integration = sampleIntegration("weights-and-biases", "read-write-multi-tenant", {
      parameters: { buckets: [bucket], kmsKeyArn, cors: false },
    });
    const { plan, live } = await apply(integration);
    assert.ok(plan.steps.some(({ sentence }) => /policy of the KMS key .*; its other statement stays$/.test(sentence)));
    assert.deepEqual([...new Set(live.resources.map(({ status }) => status))], ["in-sync"]);
    const statements = statementsOf(await keyPolicy(kms, kmsKeyArn));
    assert.deepEqual(statements.slice(0, -1), statementsOf(before));
    assert.equal(statements.at(-1)?.Sid, "WAndBKeyAccessVendorAccess000000000000");
    await remove(integration);
    assert.deepEqual(statementsOf(await keyPolicy(kms, kmsKeyArn)), statementsOf(before));
  });

  it("are left, with a word on it, when nobody else is named in the policy", async () => {
    await makeBucket();
    const kms = theWorld().kms;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const kmsKeyArn = KeyMetadata?.Arn ?? "";
    const integration = sampleIntegration("weights-and-biases", "read-write-multi-tenant", {
      parameters: { buckets: [bucket], kmsKeyArn, cors: false },
    });
    await apply(integration);
    const own = statementsOf(await keyPolicy(kms, kmsKeyArn)).slice(-1);
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: own });
    await kms.send(new PutKeyPolicyCommand({ KeyId: kmsKeyArn, PolicyName: "default", Policy }));
    const { removal } = await look(integration);
    assert.match(removal.notes.join(), /policy of the KMS key .* stays: nobody else is named in it/);
    assert.ok(removal.steps.every(({ kind }) => kind !== "key-policy"));
  });
});

async function keyPolicy(kms: KMSClient, KeyId: string): Promise<JsonValue> {
  const { Policy = "null" } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  return JSON.parse(Policy) as JsonValue; // what JSON.parse returns is a JsonValue
}
