import assert from "node:assert/strict";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetBucketEncryptionCommand, HeadBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { sandboxAccountId, useAwsEnvironment } from "./aws-profiles.mjs";
import { type Emulator, seedAccount, seeded, startEmulator } from "./emulator.mjs";

describe("the emulated account", () => {
  let emulator: Emulator;
  let kmsKeyArn: string;
  let restoreEnvironment: () => void;

  before(async () => {
    emulator = await startEmulator();
    restoreEnvironment = useAwsEnvironment(emulator.env);
    ({ kmsKeyArn } = await seedAccount(emulator.endpoint));
  });
  after(async () => {
    restoreEnvironment();
    await emulator.stop();
  });

  for (const profile of ["default", "sandbox"]) {
    it(`is reached with the profile ${profile} and is not AWS's example account`, async () => {
      const { Account } = await new STSClient({ profile }).send(new GetCallerIdentityCommand());
      assert.equal(Account, sandboxAccountId);
      assert.notEqual(Account, "123456789012");
    });
  }

  it("is not reached with the profile expired, which says what to do", async () => {
    await assert.rejects(new STSClient({ profile: "expired" }).send(new GetCallerIdentityCommand()), {
      name: "CredentialsProviderError",
      message: /aws sso login/,
    });
  });

  it("has the buckets: a plain one, one with a customer-managed key, one in Frankfurt", async () => {
    const s3 = new S3Client();
    const { Buckets = [] } = await s3.send(new ListBucketsCommand());
    assert.deepEqual(Buckets.map(({ Name }) => Name).sort(), [
      seeded.encryptedBucket,
      seeded.frankfurtBucket,
      seeded.plainBucket,
    ]);
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket: seeded.frankfurtBucket }));
    assert.equal(BucketRegion, "eu-central-1");
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket: seeded.encryptedBucket }));
    const rule = encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    assert.deepEqual(rule, { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKeyArn });
  });

  it("has a role that trusts retired principals", async () => {
    const { Role } = await new IAMClient().send(new GetRoleCommand({ RoleName: seeded.legacyRole }));
    assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /574987031486:role\/activeloop_backend"/);
  });

  it("is empty after a reset", async () => {
    await emulator.reset();
    assert.deepEqual((await new S3Client().send(new ListBucketsCommand())).Buckets, []);
    await seedAccount(emulator.endpoint);
  });
});
