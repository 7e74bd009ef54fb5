/** An action with a resource that it is for, and patterns that match it, nearly match it, or don't. */
export interface Target {
  readonly action: string;
  readonly resource: (owner: string) => string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const key = "key/1234abcd-12ab-34cd-56ef-1234567890ab";

export const targets = {
  object: {
    action: "s3:GetObject",
    resource: () => "arn:aws:s3:::data/home/alice/1/test/report.csv",
    actions: ["s3:GetObject", "s3:Get*", "S3:GETOBJECT", "s3:get?bject", "s3:GetObject*", "s3:*Object", "s3:PutObject"],
    resources: [
      "arn:aws:s3:::data/*",
      "arn:aws:s3:::data/home/alice/*",
      "arn:aws:s3:::data/*/test/*",
      "arn:aws:s3:::data/home/${aws:username}/*",
      "arn:aws:s3:::data/home/${aws:PrincipalTag/team, 'alice'}/*",
      "arn:aws:s3:::d?ta/home/alice/1/test/report.csv",
      "arn:aws:s3:::DATA/*",
      "arn:aws:s3:::data",
      "arn:aws:s3:::*",
      "arn:aws:s3:::data/home/alice/1/test/report.csv",
      "arn:aws-cn:s3:::data/*",
      "arn:aws:s3:::data/home/${*}/*",
    ],
  },
  bucket: {
    action: "s3:ListBucket",
    resource: () => "arn:aws:s3:::data",
    actions: ["s3:ListBucket", "s3:List*", "s3:*", "s3:ListBucketVersions", "s3:L?stBucket"],
    resources: ["arn:aws:s3:::data", "arn:aws:s3:::data/*", "arn:aws:s3:::da*", "arn:aws:s3:::*a", "arn:aws:s3:::dat?"],
  },
  queue: {
    action: "sqs:SendMessage",
    resource: (owner) => `arn:aws:sqs:eu-west-1:${owner}:orders`,
    actions: ["sqs:SendMessage", "sqs:*", "sqs:Send*", "sqs:ReceiveMessage"],
    resources: [
      "arn:aws:sqs:eu-west-1:111111111111:orders",
      "arn:aws:sqs:*:*:orders",
      "arn:aws:sqs:eu-*:111111111111:*",
      "arn:aws:sqs:eu-west-?:*:o*s",
      "arn:aws:sqs:us-*:*:*",
      "arn:aws:sns:*:*:*",
      "arn:aws:sqs",
      "arn:aws:sqs:eu-*:orders",
      "arn:aws:sqs:eu-*-1:orders",
      "arn:aws:*:*:*:*",
    ],
  },
  listing: {
    action: "s3:ListAllMyBuckets",
    resource: () => "*",
    actions: ["s3:ListAllMyBuckets", "s3:List*", "s3:*", "s3:ListBucket"],
    resources: ["*", "arn:aws:s3:::*", "arn:aws:s3:::data", "arn:aws:sqs:*:*:*"],
  },
  table: {
    action: "dynamodb:GetItem",
    resource: (owner) => `arn:aws:dynamodb:eu-west-1:${owner}:table/orders`,
    actions: ["dynamodb:GetItem", "dynamodb:*", "dynamodb:Get*", "dynamodb:PutItem"],
    resources: [
      "arn:aws:dynamodb:*:*:table/orders",
      "arn:aws:dynamodb:eu-west-1:*:table/*",
      "arn:aws:dynamodb:*:*:index/*",
    ],
  },
  instance: {
    action: "ec2:StartInstances",
    resource: (owner) => `arn:aws:ec2:eu-west-1:${owner}:instance/i-1`,
    actions: ["ec2:StartInstances", "ec2:*", "ec2:StopInstances"],
    resources: [
      "arn:aws:ec2:*:*:instance/*",
      "arn:aws:ec2:eu-west-1:111111111111:instance/i-1",
      "arn:aws:ec2:*:*:volume/*",
    ],
  },
  key: {
    action: "kms:Decrypt",
    resource: (owner) => `arn:aws:kms:eu-west-1:${owner}:${key}`,
    actions: ["kms:Decrypt", "kms:*", "kms:De*", "kms:Encrypt"],
    resources: [`arn:aws:kms:*:*:${key}`, "arn:aws:kms:eu-west-1:111111111111:key/*", "arn:aws:kms:*:*:alias/*"],
  },
  role: {
    action: "sts:AssumeRole",
    resource: (owner) => `arn:aws:iam::${owner}:role/vendor`,
    actions: ["sts:AssumeRole", "sts:*", "sts:Assume*", "sts:TagSession"],
    resources: ["arn:aws:iam::*:role/vendor", "arn:aws:iam::111111111111:role/*", "arn:aws:iam::*:role/other"],
  },
  webIdentity: {
    action: "sts:AssumeRoleWithWebIdentity",
    resource: (owner) => `arn:aws:iam::${owner}:role/vendor`,
    actions: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole*", "sts:AssumeRole"],
    resources: ["arn:aws:iam::*:role/vendor", "arn:aws:iam::*:role/other"],
  },
} satisfies { readonly [name: string]: Target };
