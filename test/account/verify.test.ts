import assert from "node:assert/strict";
import { CreatePolicyCommand, PutRolePermissionsBoundaryCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import type { AccountSession, VerifiedIntegration } from "../../src/account/account";
import type { Integration } from "../../src/integration/integration";
import { whyDenied } from "../../src/integration/verifyAccess";
import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { integrationOf, sampleIntegration } from "./integrations";
import { carryOut, connectTo, theWorld } from "./world";

const account = "210987654321";

async function applied(integration: Integration): Promise<AccountSession> {
  const session = await connectTo();
  const { status } = await carryOut(session, session.planApply(integration, await session.read(integration)));
  assert.equal(status, "done");
  return session;
}

async function verified(session: AccountSession, integration: Integration): Promise<VerifiedIntegration> {
  return session.verifyAccess(integration, await session.verify(integration), await loadServiceReference());
}

function denied({ access }: VerifiedIntegration): readonly string[] {
  return access.filter(({ allowed }) => !allowed).map((need) => `${need.action}: ${whyDenied(need)}`);
}

describe("What the vendor needs, against all that is live", () => {
  const integration = integrationOf("activeloop-deep-lake");

  beforeEach(async () => {
    await theWorld().s3.send(new CreateBucketCommand({ Bucket: "training-data" }));
  });

  it("is all allowed after an apply, and AWS's silence is told and fails nothing", async () => {
    const found = await verified(await applied(integration), integration);
    assert.deepEqual(denied(found), []);
    assert.equal(found.unread.length, 1, found.unread.join("\n"));
    assert.match(found.unread.join(), /service control policies .* not known/);
    assert.ok(found.access.length >= 6, `${found.access.length} requests`);
    assert.equal(found.unanswered.length, 2, found.unanswered.join("\n"));
  });

  it("names the permissions boundary that does not allow it", async () => {
    const session = await applied(integration);
    const document = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:Get*", Resource: "*" } };
    const { iam } = theWorld();
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "company-limit", PolicyDocument: JSON.stringify(document) }),
    );
    const PermissionsBoundary = Policy?.Arn ?? "";
    const RoleName = integration.manifest.role?.name ?? "";
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    const lacking = denied(await verified(session, integration));
    assert.ok(
      lacking.includes(
        "s3:PutObject: the permissions boundary company-limit of the role would have to allow it and does not",
      ),
      lacking.join("\n"),
    );
    assert.ok(!lacking.some((line) => line.startsWith("s3:GetObject:")), lacking.join("\n"));
  });

  it("names the Deny of a policy that somebody else put into the role, and of the bucket's", async () => {
    const session = await applied(integration);
    const { iam, s3 } = theWorld();
    const deny = (Sid: string, Action: string) => ({ Sid, Effect: "Deny", Action, Resource: "*" });
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: integration.manifest.role?.name,
        PolicyName: "audit",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [deny("NoDeletion", "s3:DeleteObject")] }),
      }),
    );
    const bucketPolicy = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::training-data/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "OurNetwork",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::training-data/*",
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
        },
      ],
    };
    await s3.send(new PutBucketPolicyCommand({ Bucket: "training-data", Policy: JSON.stringify(bucketPolicy) }));
    assert.deepEqual(denied(await verified(session, integration)), [
      "s3:PutObject: denied by OurNetwork in the policy of the bucket training-data (taken that the vendor’s requests have no aws:SourceVpce, which only they can tell)",
      "s3:DeleteObject: denied by NoDeletion in audit",
    ]);
  });

  it("says what it may not read, and what is taken instead", async () => {
    const session = await applied(integration);
    theWorld().proxy.fail("s3:GetBucketPolicy", "accessDenied");
    const found = await verified(session, integration);
    assert.deepEqual(denied(found), []);
    assert.match(found.unread.join("\n"), /bucket training-data is taken to say nothing: .*s3:GetBucketPolicy/);
    assert.match(found.access.find(({ action }) => action === "s3:GetObject")?.assumed ?? "", /taken to say nothing/);
  });

  it("finds out that the role can be assumed without the external ID", async () => {
    const withId = sampleIntegration("census", "read-write", { account, parameters: { buckets: ["training-data"] } });
    const session = await applied(withId);
    assert.deepEqual(
      (await verified(session, withId)).guards.map(({ holds }) => holds),
      [true, true],
    );
    const trust = withId.documents.find(({ role }) => role === "trust")?.text ?? "";
    const open = { ...JSON.parse(trust), Statement: [{ ...JSON.parse(trust).Statement[0], Condition: undefined }] };
    const opened: Integration = {
      ...withId,
      documents: withId.documents.map((each) => (each.role === "trust" ? { ...each, value: open } : each)),
    };
    const other = await applied(opened);
    const { guards } = await verified(other, opened);
    assert.deepEqual(
      guards.map(({ holds }) => holds),
      [false, false],
    );
    assert.match(guards[0]?.decidedBy.join() ?? "", /in trust policy/);
  });
});

describe("The key that the bucket is encrypted with", () => {
  async function encryptedBucket(policy?: object): Promise<string> {
    const { kms, s3 } = theWorld();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const { Arn: keyArn = "", KeyId } = KeyMetadata ?? {};
    if (policy) {
      await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: JSON.stringify(policy) }));
    }
    await s3.send(new CreateBucketCommand({ Bucket: "training-data" }));
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: keyArn };
    const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
    await s3.send(new PutBucketEncryptionCommand({ Bucket: "training-data", ServerSideEncryptionConfiguration }));
    return keyArn;
  }
  const admin = (...Action: string[]) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/admin` }, Action, Resource: "*" }],
  });

  it("is needed, too, by a vendor whose page does not speak of it", async () => {
    const keyArn = await encryptedBucket();
    const plain = integrationOf("dataloop", { parameters: { buckets: ["training-data"], createBucket: false } });
    const lacking = denied(await verified(await applied(plain), plain));
    assert.deepEqual(
      [...lacking].sort(),
      ["kms:Decrypt: nothing allows it", "kms:GenerateDataKey: nothing allows it"],
      keyArn,
    );
  });

  it("must let the account's IAM policies decide", async () => {
    const keyArn = await encryptedBucket(admin("kms:*"));
    const integration = integrationOf("activeloop-deep-lake", { parameters: { kmsKeyArn: keyArn } });
    const lacking = denied(await verified(await applied(integration), integration));
    assert.deepEqual(
      lacking.map((line) => line.split(": ")[1]),
      lacking.map(() => `the policy of the KMS key ${keyArn} would have to allow it and does not`),
    );
    assert.ok(
      lacking.some((line) => line.startsWith("kms:Decrypt")),
      lacking.join("\n"),
    );
  });

  it("suffices with AWS's default policy", async () => {
    const integration = integrationOf("activeloop-deep-lake", { parameters: { kmsKeyArn: await encryptedBucket() } });
    const found = await verified(await applied(integration), integration);
    assert.deepEqual(denied(found), []);
    assert.deepEqual(
      found.access.filter(({ assumed }) => assumed !== undefined),
      [],
    );
  });

  it("of another account is taken to let this account in, and that is said", async () => {
    const keyArn = "arn:aws:kms:us-east-1:345678901234:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    await theWorld().s3.send(new CreateBucketCommand({ Bucket: "training-data" }));
    const integration = integrationOf("activeloop-deep-lake", { parameters: { kmsKeyArn: keyArn } });
    const found = await verified(await applied(integration), integration);
    assert.deepEqual(denied(found), []);
    assert.match(found.unread.join("\n"), /belongs to the account 345678901234, and only that can read its policy/);
  });
});

describe("Trying the access key", () => {
  const integration = integrationOf("dataloop", { parameters: { buckets: ["items"], createBucket: false } });
  const all = new Set(["s3:ListBucket", "s3:PutObject", "s3:GetObject", "s3:DeleteObject"]);

  async function appliedKey() {
    await theWorld().s3.send(new CreateBucketCommand({ Bucket: "items" }));
    const session = await connectTo();
    const plan = session.planApply(integration, await session.read(integration));
    const { secrets } = await carryOut(session, plan);
    const [key] = secrets;
    assert.ok(key, "a key was made");
    return { session, key };
  }

  async function objects(): Promise<number> {
    const { KeyCount = 0 } = await theWorld().s3.send(new ListObjectsV2Command({ Bucket: "items" }));
    return KeyCount;
  }

  it("assumes the role, lists, writes, reads and deletes, and waits until AWS knows the key", async () => {
    const { session, key } = await appliedKey();
    const { proxy } = theWorld();
    proxy.fail("sts:AssumeRole", "accessDenied", { times: 2 });
    const waits: string[] = [];
    const { tested, left } = await session.testObjects(integration, key, {
      actions: all,
      onProgress: (detail) => waits.push(detail),
    });
    assert.deepEqual(
      tested.map(({ action, result }) => `${action} ${result}`),
      ["sts:AssumeRole", ...all].map((action) => `${action} worked`),
    );
    assert.equal(waits.filter((detail) => detail.startsWith("waiting")).length, 2);
    assert.deepEqual([left, await objects()], [[], 0]);
  });

  it("says what AWS refuses to the key, and tries no more than the vendor needs", async () => {
    const { session, key } = await appliedKey();
    theWorld().proxy.fail("s3:GetObject", "accessDenied");
    const { tested, left } = await session.testObjects(integration, key, {
      actions: new Set(["s3:ListBucket", "s3:PutObject", "s3:GetObject"]),
    });
    const [refused, ...others] = tested.filter(({ result }) => result === "failed");
    assert.deepEqual(others, []);
    assert.equal(refused?.reason, `AWS refuses it to the access key ${key.accessKeyId} (AccessDenied)`);
    assert.ok(!tested.some(({ action }) => action === "s3:DeleteObject"), "deletion is not the vendor's");
    assert.deepEqual([left, await objects()], [[], 0]);
  });

  it("leaves nothing behind when the role may not delete, when an answer is lost, and when it is cancelled", async () => {
    const { session, key } = await appliedKey();
    const { proxy, s3 } = theWorld();
    await s3.send(new PutBucketVersioningCommand({ Bucket: "items", VersioningConfiguration: { Status: "Enabled" } }));
    for (const [action, fault] of [
      ["s3:DeleteObject", "accessDenied"],
      ["s3:PutObject", "resetAfter"],
    ] as const) {
      proxy.fail(action, fault, { times: 1 });
      const { left } = await session.testObjects(integration, key, { actions: all });
      proxy.heal();
      assert.deepEqual(left, [], `${action} ${fault}`);
    }
    const controller = new AbortController();
    await assert.rejects(
      session.testObjects(integration, key, {
        actions: all,
        signal: controller.signal,
        onProgress: (detail) => detail.startsWith("s3:GetObject") && controller.abort(),
      }),
      { code: "cancelled" },
    );
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: "items" }));
    assert.deepEqual([Versions.length, DeleteMarkers.length], [0, 0], "no version and no marker is left");
  });

  it("names what it could not delete", async () => {
    const { session, key } = await appliedKey();
    theWorld().proxy.fail("s3:DeleteObject", "accessDenied");
    const { left } = await session.testObjects(integration, key, { actions: all });
    assert.match(left.join("\n"), /^s3:\/\/items\/vendor-access-test\/.* is still there: /);
  });
});
