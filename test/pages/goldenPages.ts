import type { JsonValue } from "../../src/policy/json";

export interface GoldenDocument {
  readonly kind: "permissions" | "trust" | "bucket" | "key" | "cors";
  /** The sentence before it. */
  readonly intro: string;
  readonly value: JsonValue;
}

/** What a vendor's page says, without any damage. */
export interface GoldenPage {
  readonly vendor: string;
  readonly title: string;
  readonly opening: readonly string[];
  readonly documents: readonly GoldenDocument[];
  readonly notes: readonly string[];
}

const version = "2012-10-17";

/** Pages of vendors that don't exist, with the documents that existing ones ask for. */
export const goldenPages: readonly GoldenPage[] = [
  {
    vendor: "Kestrel Labeling",
    title: "Connect an S3 bucket to Kestrel",
    opening: ["Kestrel reads your images with an IAM role in your account.", "You need administrator rights in AWS."],
    documents: [
      {
        kind: "permissions",
        intro: "Create a policy with the JSON below. Replace YOUR_BUCKET_NAME with the name of your bucket.",
        value: {
          Version: version,
          Statement: [
            {
              Effect: "Allow",
              Action: ["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"],
              Resource: ["arn:aws:s3:::YOUR_BUCKET_NAME", "arn:aws:s3:::YOUR_BUCKET_NAME/*"],
            },
          ],
        },
      },
      {
        kind: "trust",
        intro: "Then create a role with this custom trust policy, where <EXTERNAL_ID> is the ID in your settings:",
        value: {
          Version: version,
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::418273645091:role/kestrel-ingest" },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "sts:ExternalId": "<EXTERNAL_ID>" } },
            },
          ],
        },
      },
    ],
    notes: ["Enter the ARN of the role in Kestrel under Settings, Storage.", "Last updated on May 3, 2026"],
  },
  {
    vendor: "Quillstream",
    title: "Exporting events to Amazon S3",
    opening: ["Quillstream writes a file every hour.", "Version 4.2"],
    documents: [
      {
        kind: "permissions",
        intro: "Attach this policy to the role:",
        value: {
          Version: version,
          Statement: [
            {
              Sid: "QuillstreamList",
              Effect: "Allow",
              Action: ["s3:ListBucket", "s3:GetBucketLocation"],
              Resource: "arn:aws:s3:::{your-bucket}",
              Condition: { StringLike: { "s3:prefix": ["{prefix}/*"] } },
            },
            {
              Sid: "QuillstreamWrite",
              Effect: "Allow",
              Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
              Resource: "arn:aws:s3:::{your-bucket}/{prefix}/*",
            },
          ],
        },
      },
      {
        kind: "trust",
        intro: "Our account is 730118264955. Use it as the <ACCOUNT-ID> in the trust policy.",
        value: {
          Version: version,
          Statement: {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::<ACCOUNT-ID>:root" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "sts:ExternalId": "{{externalId}}" },
              ArnLike: { "aws:PrincipalArn": "arn:aws:iam::<ACCOUNT-ID>:role/quillstream-*" },
            },
          },
        },
      },
      {
        kind: "key",
        intro: "If the bucket is encrypted with your own key, add to the key policy:",
        value: {
          Version: version,
          Statement: [
            {
              Sid: "AllowQuillstream",
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::111122223333:role/QuillstreamExport" },
              Action: ["kms:GenerateDataKey", "kms:Decrypt"],
              Resource: "*",
            },
          ],
        },
      },
    ],
    notes: ["Choose Test connection. It takes a minute until AWS knows the role."],
  },
  {
    vendor: "Harborlight",
    title: "Grant Harborlight access by a bucket policy",
    opening: ["Harborlight shows videos directly from your bucket, so no role is needed."],
    documents: [
      {
        kind: "bucket",
        intro: "Open Permissions, Bucket policy, and paste the following. Change my-video-bucket to your own bucket.",
        value: {
          Version: version,
          Id: "HarborlightAccess",
          Statement: [
            {
              Sid: "HarborlightRead",
              Effect: "Allow",
              Principal: {
                AWS: ["arn:aws:iam::629174058213:user/player", "arn:aws:iam::629174058213:role/transcoder"],
              },
              Action: ["s3:GetObject", "s3:GetObjectVersion"],
              Resource: "arn:aws:s3:::my-video-bucket/*",
            },
            {
              Sid: "HarborlightList",
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::629174058213:role/transcoder" },
              Action: "s3:ListBucket",
              Resource: "arn:aws:s3:::my-video-bucket",
            },
          ],
        },
      },
      {
        kind: "cors",
        intro: "Under Cross-origin resource sharing (CORS) enter:",
        value: [
          {
            AllowedHeaders: ["*"],
            AllowedMethods: ["GET", "HEAD"],
            AllowedOrigins: ["https://app.harborlight.example"],
            ExposeHeaders: ["ETag"],
            MaxAgeSeconds: 3000,
          },
        ],
      },
    ],
    notes: ["That is all: the player works after some seconds."],
  },
  {
    vendor: "Tundra Warehouse",
    title: "Tundra external storage on AWS",
    opening: ["The role must be able to assume itself.", "Have your workspace ID at hand."],
    documents: [
      {
        kind: "trust",
        intro: "Create the role with a temporary external ID of 0000:",
        value: {
          Version: version,
          Statement: [
            {
              Effect: "Allow",
              Principal: {
                AWS: [
                  "arn:aws:iam::905418337204:role/tundra-master-prod-UCMasterRole-14S5ZJVKOTYTL",
                  "arn:aws:iam::<YOUR-AWS-ACCOUNT-ID>:role/<THIS-ROLE-NAME>",
                ],
              },
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "sts:ExternalId": "<STORAGE-CREDENTIAL-EXTERNAL-ID>" } },
            },
          ],
        },
      },
      {
        kind: "permissions",
        intro: "Replace the placeholders <BUCKET>, <KMS-KEY> and <AWS-IAM-ROLE-NAME> with your own values.",
        value: {
          Version: version,
          Statement: [
            {
              Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketLocation"],
              Resource: ["arn:aws:s3:::<BUCKET>/*", "arn:aws:s3:::<BUCKET>"],
              Effect: "Allow",
            },
            {
              Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"],
              Resource: ["arn:aws:kms:<KMS-KEY>"],
              Effect: "Allow",
            },
            {
              Action: ["sts:AssumeRole"],
              Resource: ["arn:aws:iam::<YOUR-AWS-ACCOUNT-ID>:role/<AWS-IAM-ROLE-NAME>"],
              Effect: "Allow",
            },
          ],
        },
      },
    ],
    notes: ["Return to Tundra and copy the external ID into the trust policy.", "Updated 3 months ago"],
  },
  {
    vendor: "Marmot Analytics",
    title: "Set up the S3 source",
    opening: ["Marmot needs to list and read.", "It never writes."],
    documents: [
      {
        kind: "permissions",
        intro: "Insert your bucket for $BucketName.",
        value: {
          Version: version,
          Statement: [
            { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
            {
              Effect: "Allow",
              Action: ["s3:Get*", "s3:List*"],
              Resource: ["arn:aws:s3:::$BucketName", "arn:aws:s3:::$BucketName/*"],
            },
            {
              Effect: "Deny",
              Action: "s3:*",
              Resource: "arn:aws:s3:::$BucketName/*",
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        },
      },
      {
        kind: "trust",
        intro: "Two services assume the role. XXXXXXXXXXXX stands for your own account.",
        value: {
          Version: version,
          Statement: [
            {
              Sid: "MarmotReader",
              Effect: "Allow",
              Principal: { AWS: "512907734186" },
              Action: ["sts:AssumeRole", "sts:TagSession"],
              Condition: { StringLike: { "sts:ExternalId": ["[WORKSPACE_ID]", "[WORKSPACE_ID]-*"] } },
            },
            {
              Sid: "Own",
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::XXXXXXXXXXXX:user/marmot", Service: "ec2.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          ],
        },
      },
    ],
    notes: ["Hand back the role ARN.", "Questions? Write to support@marmot.example."],
  },
];
