/**
 * Words that VS Code completes in policy documents, with what they mean. No list is complete: every other word is
 * accepted as well. From the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html) and the IAM User Guide's pages on
 * condition operators and global condition keys.
 */
export type Words = Readonly<Record<string, string>>;

export const s3Actions: Words = {
  "s3:ListBucket": "List the objects of a bucket. On the bucket's ARN.",
  "s3:GetBucketLocation": "Ask for the region of a bucket. On the bucket's ARN.",
  "s3:ListBucketMultipartUploads": "List uploads in progress. On the bucket's ARN.",
  "s3:ListBucketVersions": "List the versions of objects. On the bucket's ARN.",
  "s3:GetBucketAcl": "Read the bucket's access control list. On the bucket's ARN.",
  "s3:GetBucketCORS": "Read the bucket's CORS rules. On the bucket's ARN.",
  "s3:GetBucketNotification": "Read the bucket's event notifications. On the bucket's ARN.",
  "s3:PutBucketNotification": "Change the bucket's event notifications. On the bucket's ARN.",
  "s3:GetBucketPolicy": "Read the bucket policy. On the bucket's ARN.",
  "s3:GetEncryptionConfiguration": "Read the bucket's default encryption. On the bucket's ARN.",
  "s3:GetObject": "Read an object. On the ARN of objects (bucket/*).",
  "s3:GetObjectAttributes": "Read an object's attributes. On the ARN of objects (bucket/*).",
  "s3:GetObjectTagging": "Read an object's tags. On the ARN of objects (bucket/*).",
  "s3:GetObjectVersion": "Read a version of an object. On the ARN of objects (bucket/*).",
  "s3:PutObject": "Write an object. On the ARN of objects (bucket/*).",
  "s3:PutObjectAcl": "Change an object's access control list: can make it public. On the ARN of objects (bucket/*).",
  "s3:PutObjectTagging": "Change an object's tags. On the ARN of objects (bucket/*).",
  "s3:DeleteObject": "Delete an object. On the ARN of objects (bucket/*).",
  "s3:DeleteObjectVersion": "Delete a version of an object for good. On the ARN of objects (bucket/*).",
  "s3:AbortMultipartUpload": "Stop an upload in progress. On the ARN of objects (bucket/*).",
  "s3:ListMultipartUploadParts": "List the parts of an upload in progress. On the ARN of objects (bucket/*).",
  "s3:RestoreObject": "Bring an object back from an archive. On the ARN of objects (bucket/*).",
  "s3:ListAllMyBuckets": "List all buckets of the account. On *.",
};

export const kmsActions: Words = {
  "kms:Decrypt": "Decrypt: needed to read objects of a bucket encrypted with the key.",
  "kms:Encrypt": "Encrypt data with the key.",
  "kms:GenerateDataKey": "Make a data key: needed to write objects to a bucket encrypted with the key.",
  "kms:GenerateDataKey*": "Make a data key, with or without its plain text.",
  "kms:ReEncrypt*": "Decrypt with one key and encrypt with another one, inside KMS.",
  "kms:DescribeKey": "Read what the key is.",
  "kms:CreateGrant": "Let an AWS service use the key.",
};

export const stsActions: Words = {
  "sts:AssumeRole": "Assume the role with credentials of an account, a role or a user.",
  "sts:AssumeRoleWithWebIdentity": "Assume the role with a token of an OpenID Connect provider.",
  "sts:AssumeRoleWithSAML": "Assume the role with a SAML assertion.",
  "sts:TagSession": "Pass session tags when the role is assumed.",
  "sts:SetSourceIdentity": "Pass a source identity when the role is assumed.",
};

export const conditionOperators: Words = {
  StringEquals: "The value is exactly one of these.",
  StringNotEquals: "The value is none of these.",
  StringEqualsIgnoreCase: "The value is one of these, upper and lower case alike.",
  StringNotEqualsIgnoreCase: "The value is none of these, upper and lower case alike.",
  StringLike: "The value matches one of these patterns (`*` any text, `?` one character).",
  StringNotLike: "The value matches none of these patterns.",
  ArnEquals: "The ARN matches one of these, each part on its own. `*` and `?` are wildcards, as with ArnLike.",
  ArnLike: "The ARN matches one of these patterns, each part on its own.",
  ArnNotEquals: "The ARN matches none of these.",
  ArnNotLike: "The ARN matches none of these patterns.",
  Bool: "The value is true or false.",
  Null: "`true`: the key is absent from the request. `false`: it is present.",
  IpAddress: "The address is in one of these ranges (CIDR).",
  NotIpAddress: "The address is in none of these ranges.",
  NumericEquals: "The number is one of these.",
  NumericNotEquals: "The number is none of these.",
  NumericLessThan: "The number is less than this.",
  NumericLessThanEquals: "The number is at most this.",
  NumericGreaterThan: "The number is greater than this.",
  NumericGreaterThanEquals: "The number is at least this.",
  DateEquals: "The time is this (ISO 8601).",
  DateNotEquals: "The time is not this.",
  DateLessThan: "The time is before this.",
  DateLessThanEquals: "The time is this or before.",
  DateGreaterThan: "The time is after this.",
  DateGreaterThanEquals: "The time is this or after.",
  BinaryEquals: "The bytes are exactly these (base64).",
};

export const conditionKeys: Words = {
  "aws:PrincipalArn": "The ARN of the role or user that calls.",
  "aws:PrincipalAccount": "The account of the caller.",
  "aws:PrincipalOrgID": "The organization of the caller.",
  "aws:SourceArn": "The resource on whose behalf an AWS service calls.",
  "aws:SourceAccount": "The account on whose behalf an AWS service calls.",
  "aws:SourceIp": "The address that the call comes from.",
  "aws:SourceVpce": "The VPC endpoint that the call comes through.",
  "aws:SecureTransport": "Whether the call uses TLS.",
  "aws:MultiFactorAuthPresent": "Whether the caller signed in with MFA.",
  "aws:RequestedRegion": "The region that is called.",
  "aws:CurrentTime": "The time of the call.",
  "sts:ExternalId":
    "The external ID that the vendor passes when it assumes the role: it keeps the vendor's other customers out.",
  "sts:RoleSessionName": "The name of the session.",
  "s3:prefix": "The prefix of the keys that ListBucket lists.",
  "s3:x-amz-server-side-encryption": "How an object that is written is encrypted.",
  "s3:x-amz-server-side-encryption-aws-kms-key-id": "The KMS key that encrypts an object that is written.",
  "kms:ViaService": "The AWS service that uses the key for the caller, such as s3.us-east-1.amazonaws.com.",
  "kms:CallerAccount": "The account of the caller.",
  "kms:EncryptionContext:aws:s3:arn": "The object, or with Bucket Keys the bucket, that the key is used for.",
};
