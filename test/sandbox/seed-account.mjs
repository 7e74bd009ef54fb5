/** What the emulated account holds before anybody does anything. */
export const seeded = {
  plainBucket: "training-data",
  encryptedBucket: "encrypted-data",
  frankfurtBucket: "frankfurt-data",
  keyAlias: "alias/training-data",
  legacyRole: "activeloop-legacy",
};

/** The trust policy of an older page of Activeloop: two of its three principals are retired. */
const legacyTrustPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AllowAssumeRoleFromActiveloopSaaS",
      Effect: "Allow",
      Principal: {
        AWS: [
          "arn:aws:iam::574987031486:role/activeloop_backend_dev",
          "arn:aws:iam::574987031486:role/activeloop_backend",
          "arn:aws:iam::597713067985:role/activeloop_backend",
        ],
      },
      Action: "sts:AssumeRole",
    },
  ],
};

const legacyPermissions = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:*Object*"],
      Resource: [`arn:aws:s3:::${seeded.plainBucket}`, `arn:aws:s3:::${seeded.plainBucket}/*`],
    },
  ],
};

/**
 * Fills an emulated account: three buckets (plain, encrypted with a customer-managed key, in Frankfurt) and a role
 * that somebody made by hand long ago from an older page of a vendor.
 *
 * @param {string} endpoint base address of the emulator
 * @returns {Promise<{ kmsKeyArn: string }>} the key of the encrypted bucket
 */
export async function seedAccount(endpoint) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const [iam, kms, s3] = await Promise.all([
    import("@aws-sdk/client-iam"),
    import("@aws-sdk/client-kms"),
    import("@aws-sdk/client-s3"),
  ]);
  const settings = {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIASEED000000000000", secretAccessKey: "seed" },
  };
  const [kmsKeyArn] = await Promise.all([seedBuckets(s3, kms, settings), seedLegacyRole(iam, settings)]);
  return { kmsKeyArn };
}

async function seedBuckets(s3, kms, settings) {
  const keys = new kms.KMSClient(settings);
  const buckets = new s3.S3Client(settings);
  const frankfurt = new s3.S3Client({ ...settings, region: "eu-central-1" });
  const [{ KeyMetadata: key }] = await Promise.all([
    keys.send(new kms.CreateKeyCommand({ Description: "Training data at rest" })),
    buckets.send(new s3.CreateBucketCommand({ Bucket: seeded.plainBucket })),
    buckets.send(new s3.CreateBucketCommand({ Bucket: seeded.encryptedBucket })),
    frankfurt.send(
      new s3.CreateBucketCommand({
        Bucket: seeded.frankfurtBucket,
        CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
      }),
    ),
  ]);
  await Promise.all([
    keys.send(new kms.CreateAliasCommand({ AliasName: seeded.keyAlias, TargetKeyId: key.KeyId })),
    buckets.send(
      new s3.PutBucketEncryptionCommand({
        Bucket: seeded.encryptedBucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key.Arn },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    ),
  ]);
  for (const client of [keys, buckets, frankfurt]) client.destroy();
  return key.Arn;
}

async function seedLegacyRole(iam, settings) {
  const client = new iam.IAMClient(settings);
  await client.send(
    new iam.CreateRoleCommand({
      RoleName: seeded.legacyRole,
      Description: "Deep Lake access, set up by hand",
      AssumeRolePolicyDocument: JSON.stringify(legacyTrustPolicy, null, 4),
    }),
  );
  await client.send(
    new iam.PutRolePolicyCommand({
      RoleName: seeded.legacyRole,
      PolicyName: "deeplake-s3",
      PolicyDocument: JSON.stringify(legacyPermissions, null, 4),
    }),
  );
  client.destroy();
}
