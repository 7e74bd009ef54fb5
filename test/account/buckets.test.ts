import assert from "node:assert/strict";
import http from "node:http";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutBucketEncryptionCommand } from "@aws-sdk/client-s3";
import { isUserError } from "../../src/policy/userError";
import { useAwsEnvironment } from "../sandbox/aws-profiles.mjs";
import { connectTo, theWorld } from "./world";

async function makeBucket(Bucket: string, region?: "eu-central-1"): Promise<void> {
  const location = region ? { CreateBucketConfiguration: { LocationConstraint: region } } : {};
  await theWorld().s3.send(new CreateBucketCommand({ Bucket, ...location }));
}

async function encrypt(Bucket: string, KMSMasterKeyID: string | undefined): Promise<void> {
  const encryption = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID };
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: encryption }] };
  await theWorld().s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
}

async function makeKey(kms: KMSClient = theWorld().kms): Promise<{ id: string; arn: string; alias: string }> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const { KeyId: id = "", Arn: arn = "" } = KeyMetadata ?? {};
  const alias = "alias/training-data";
  await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: id }));
  return { id, arn, alias };
}

describe("listing buckets", () => {
  it("names those of all regions", async () => {
    await makeBucket("plain");
    await makeBucket("frankfurt", "eu-central-1");
    const session = await connectTo();
    assert.deepEqual([...(await session.listBuckets())].sort(), ["frankfurt", "plain"]);
  });

  it("that is denied names the permission", async () => {
    const session = await connectTo();
    theWorld().proxy.fail("ListBuckets", "accessDenied");
    await assert.rejects(session.listBuckets(), /may not call s3:ListAllMyBuckets/);
  });
});

describe("inspecting a bucket", () => {
  it("a plain one is in its region and has no key, and KMS is not asked", async () => {
    await makeBucket("plain");
    const session = await connectTo();
    assert.deepEqual(await session.inspectBucket("plain"), { name: "plain", exists: true, region: "us-east-1" });
    assert.equal(
      theWorld().proxy.calls.some(({ service }) => service === "kms"),
      false,
    );
  });

  it("one in another region", async () => {
    await makeBucket("frankfurt", "eu-central-1");
    const session = await connectTo();
    assert.deepEqual(await session.inspectBucket("frankfurt"), {
      name: "frankfurt",
      exists: true,
      region: "eu-central-1",
    });
  });

  it("one in another region that S3 redirects to, as the emulator does not", async () => {
    const regions: string[] = [];
    const server = http.createServer((request, response) => {
      const [, region = ""] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(request.headers.authorization)) ?? [];
      regions.push(`${request.method} ${region}`);
      const status = region === "eu-central-1" ? (request.method === "HEAD" ? 200 : 404) : 301;
      response.writeHead(status, { "x-amz-bucket-region": "eu-central-1" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null, "the server has a port");
    const restore = useAwsEnvironment({
      ...theWorld().emulator.env,
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${address.port}`,
    });
    try {
      const session = await connectTo();
      const facts = await session.inspectBucket("frankfurt");
      assert.deepEqual(facts, { name: "frankfurt", exists: true, region: "eu-central-1" });
      assert.ok(regions.includes("HEAD us-east-1"), "asked in the profile's region first");
    } finally {
      restore();
      server.closeAllConnections();
      server.close();
    }
  });

  it("one that does not exist", async () => {
    const session = await connectTo();
    assert.deepEqual(await session.inspectBucket("nowhere"), { name: "nowhere", exists: false });
  });

  for (const [name, how] of [
    ["key ARN", (key: { arn: string }) => key.arn],
    ["key id", (key: { id: string }) => key.id],
    ["alias", (key: { alias: string }) => key.alias],
    ["alias ARN", (key: { alias: string }) => `arn:aws:kms:us-east-1:210987654321:${key.alias}`],
  ] as const) {
    it(`one whose customer-managed key is named by its ${name}: the key's ARN`, async () => {
      await makeBucket("encrypted");
      const key = await makeKey();
      await encrypt("encrypted", how(key));
      const session = await connectTo();
      const facts = await session.inspectBucket("encrypted");
      assert.deepEqual(facts, { name: "encrypted", exists: true, region: "us-east-1", kmsKeyArn: key.arn });
    });
  }

  it("a key id is looked up in the bucket's region", async () => {
    const kms = new KMSClient({ ...theWorld().settings, region: "eu-central-1" });
    await makeBucket("frankfurt", "eu-central-1");
    const key = await makeKey(kms);
    await encrypt("frankfurt", key.id);
    const session = await connectTo();
    assert.equal((await session.inspectBucket("frankfurt")).kmsKeyArn, key.arn);
  });

  for (const key of [undefined, "alias/aws/s3", "arn:aws:kms:us-east-1:210987654321:alias/aws/s3"]) {
    it(`one with the key that AWS manages (${key ?? "not named"}) has no key to care for`, async () => {
      await makeBucket("encrypted");
      await encrypt("encrypted", key);
      const session = await connectTo();
      assert.equal((await session.inspectBucket("encrypted")).kmsKeyArn, undefined);
    });
  }

  it("one of another account says so, and what to do", async () => {
    await makeBucket("theirs");
    const session = await connectTo();
    theWorld().proxy.fail(({ service }) => service === "s3", "accessDenied");
    await assert.rejects(
      session.inspectBucket("theirs"),
      (error) =>
        isUserError(error) &&
        error.code === "access-denied" &&
        /bucket theirs exists, but it belongs to another account than 210987654321, or the profile sandbox may not look/.test(
          error.message,
        ),
    );
  });

  for (const [call, permission] of [
    ["GetBucketEncryption", "s3:GetEncryptionConfiguration"],
    ["DescribeKey", "kms:DescribeKey"],
  ] as const) {
    it(`${permission} that is denied is named`, async () => {
      await makeBucket("encrypted");
      await encrypt("encrypted", (await makeKey()).id);
      const session = await connectTo();
      theWorld().proxy.fail(call, "accessDenied");
      await assert.rejects(session.inspectBucket("encrypted"), new RegExp(`may not call ${permission} `));
    });
  }
});
