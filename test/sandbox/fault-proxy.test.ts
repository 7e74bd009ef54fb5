import assert from "node:assert/strict";
import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { useAwsEnvironment, writeAwsProfiles } from "./aws-profiles.mjs";
import { type Emulator, seedAccount, seeded, startEmulator } from "./emulator.mjs";
import { type Fault, type FaultProxy, startProxy } from "./fault-proxy.mjs";

/** Without it a fault that the SDK does not understand would be believed to be tested. */
describe("the fault proxy", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let restoreEnvironment: () => void;
  let iam: IAMClient;
  let kms: KMSClient;
  let s3: S3Client;
  let sts: STSClient;

  before(async () => {
    emulator = await startEmulator();
    await seedAccount(emulator.endpoint);
    proxy = await startProxy(emulator.endpoint);
    restoreEnvironment = useAwsEnvironment(writeAwsProfiles(proxy.endpoint).env);
    const once = { maxAttempts: 1 };
    iam = new IAMClient(once);
    kms = new KMSClient(once);
    s3 = new S3Client(once);
    sts = new STSClient(once);
  });
  beforeEach(() => proxy.clear());
  after(async () => {
    for (const client of [iam, kms, s3, sts]) client.destroy();
    restoreEnvironment();
    await proxy.stop();
    await emulator.stop();
  });

  const Bucket = seeded.plainBucket;
  const createRole = () =>
    iam.send(
      new CreateRoleCommand({
        RoleName: "proxied",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" },
              Action: "sts:AssumeRole",
            },
          ],
        }),
      }),
    );
  const getRole = () => iam.send(new GetRoleCommand({ RoleName: "proxied" }));
  const getIdentity = () => sts.send(new GetCallerIdentityCommand());
  const describeKey = () => kms.send(new DescribeKeyCommand({ KeyId: seeded.keyAlias }));
  const getEncryption = () => s3.send(new GetBucketEncryptionCommand({ Bucket: seeded.encryptedBucket }));
  const headBucket = () => s3.send(new HeadBucketCommand({ Bucket }));

  it("names every call by its service and action, over all three protocols", async () => {
    const calls: [string, () => Promise<unknown>][] = [
      ["sts:GetCallerIdentity", getIdentity],
      ["kms:DescribeKey", describeKey],
      ["s3:ListBuckets", () => s3.send(new ListBucketsCommand())],
      ["s3:HeadBucket", headBucket],
      ["s3:GetBucketEncryption", getEncryption],
      ["s3:CreateBucket", () => s3.send(new CreateBucketCommand({ Bucket: "proxied" }))],
      ["s3:PutObject", () => s3.send(new PutObjectCommand({ Bucket, Key: "a/b", Body: "c" }))],
      [
        "s3:PutPublicAccessBlock",
        () =>
          s3.send(
            new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
          ),
      ],
      [
        "s3:PutBucketCors",
        () =>
          s3.send(
            new PutBucketCorsCommand({
              Bucket,
              CORSConfiguration: { CORSRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }] },
            }),
          ),
      ],
    ];
    for (const [, send] of calls) await send();
    assert.deepEqual(
      proxy.calls.map(({ service, action }) => `${service}:${action}`),
      calls.map(([name]) => name),
    );
    assert.ok(proxy.calls.every(({ status }) => status === 200));
  });

  const answers: [Fault, string, () => Promise<unknown>, { name: string; status: number | undefined }][] = [
    ["accessDenied", "CreateRole", createRole, { name: "AccessDenied", status: 403 }],
    ["accessDenied", "DescribeKey", describeKey, { name: "AccessDeniedException", status: 400 }],
    ["accessDenied", "GetBucketEncryption", getEncryption, { name: "AccessDenied", status: 403 }],
    ["throttle", "sts:GetCallerIdentity", getIdentity, { name: "Throttling", status: 400 }],
    ["throttle", "DescribeKey", describeKey, { name: "ThrottlingException", status: 400 }],
    ["throttle", "GetBucketEncryption", getEncryption, { name: "SlowDown", status: 503 }],
    ["serverError", "CreateRole", createRole, { name: "ServiceFailureException", status: 500 }],
    ["serverError", "GetBucketEncryption", getEncryption, { name: "InternalError", status: 500 }],
    ["expiredToken", "*", getIdentity, { name: "ExpiredToken", status: 403 }],
    ["expiredToken", "*", describeKey, { name: "ExpiredTokenException", status: 400 }],
    ["invalidPrincipal", "CreateRole", createRole, { name: "MalformedPolicyDocumentException", status: 400 }],
    ["noSuchEntity", "GetRole", getRole, { name: "NoSuchEntityException", status: 404 }],
    ["noSuchEntity", "HeadBucket", headBucket, { name: "NotFound", status: 404 }],
    ["reset", "CreateRole", createRole, { name: "TimeoutError", status: undefined }],
  ];
  for (const [fault, match, send, expected] of answers) {
    it(`${fault} of ${match} is for the SDK ${expected.name}`, async () => {
      proxy.fail(match, fault);
      await assert.rejects(send, (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
        assert.equal(error.name, expected.name);
        assert.equal(error.$metadata?.httpStatusCode, expected.status);
        return true;
      });
    });
  }

  it("names the principal that IAM does not know", async () => {
    proxy.fail("CreateRole", "invalidPrincipal");
    await assert.rejects(createRole, {
      message: 'Invalid principal in policy: "AWS":"arn:aws:iam::597713067985:role/activeloop_backend"',
    });
  });

  it("loses the answer of a write that happened", async () => {
    proxy.fail("CreateRole", "resetAfter", { times: 1 });
    await assert.rejects(createRole, { name: "TimeoutError" });
    assert.equal((await getRole()).Role?.RoleName, "proxied");
    await iam.send(new DeleteRoleCommand({ RoleName: "proxied" }));
  });

  it("fails as often as told, after as many successes as told", async () => {
    proxy.fail("GetCallerIdentity", "serverError", { after: 1, times: 2 });
    const outcomes: string[] = [];
    for (let call = 0; call < 4; call++) {
      outcomes.push(
        await getIdentity().then(
          () => "ok",
          ({ name }: Error) => name,
        ),
      );
    }
    assert.deepEqual(outcomes, ["ok", "ServiceFailure", "ServiceFailure", "ok"]);
  });

  it("lets calls take longer", async () => {
    proxy.delay(150, "GetCallerIdentity");
    await getIdentity();
    await describeKey();
    const [slow, fast] = proxy.calls;
    assert.ok(slow && fast && slow.ms >= 149, `${slow?.ms} ms`);
    assert.equal(fast.action, "DescribeKey");
  });

  it("refuses a fault that does not exist", () => {
    // @ts-expect-error what a typing mistake would be
    assert.throws(() => proxy.fail("*", "acessDenied"), /No such fault: acessDenied/);
  });
});
