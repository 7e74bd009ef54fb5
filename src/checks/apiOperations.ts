/**
 * Operations of APIs that are no actions of policies, in lower case, with the actions that AWS asks for them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
const operations: { readonly [operation: string]: string } = {
  "s3:headbucket": "s3:ListBucket",
  "s3:headobject": "s3:GetObject",
  "s3:listobjects": "s3:ListBucket",
  "s3:listobjectsv2": "s3:ListBucket",
  "s3:listobject": "s3:ListBucket",
  "s3:listobjectversions": "s3:ListBucketVersions",
  "s3:listbuckets": "s3:ListAllMyBuckets",
  "s3:listmultipartuploads": "s3:ListBucketMultipartUploads",
  "s3:listparts": "s3:ListMultipartUploadParts",
  "s3:copyobject": "s3:GetObject s3:PutObject",
  "s3:postobject": "s3:PutObject",
  "s3:createmultipartupload": "s3:PutObject",
  "s3:initiatemultipartupload": "s3:PutObject",
  "s3:uploadpart": "s3:PutObject",
  "s3:uploadpartcopy": "s3:GetObject s3:PutObject",
  "s3:completemultipartupload": "s3:PutObject",
  "s3:deleteobjects": "s3:DeleteObject",
  "s3:selectobjectcontent": "s3:GetObject",
  "s3:getbucketencryption": "s3:GetEncryptionConfiguration",
  "s3:putbucketencryption": "s3:PutEncryptionConfiguration",
  "s3:deletebucketencryption": "s3:PutEncryptionConfiguration",
  "s3:getbucketlifecycle": "s3:GetLifecycleConfiguration",
  "s3:getbucketlifecycleconfiguration": "s3:GetLifecycleConfiguration",
  "s3:putbucketlifecycle": "s3:PutLifecycleConfiguration",
  "s3:putbucketlifecycleconfiguration": "s3:PutLifecycleConfiguration",
  "s3:deletebucketlifecycle": "s3:PutLifecycleConfiguration",
  "s3:getbucketreplication": "s3:GetReplicationConfiguration",
  "s3:putbucketreplication": "s3:PutReplicationConfiguration",
  "s3:deletebucketreplication": "s3:PutReplicationConfiguration",
  "s3:getbucketnotificationconfiguration": "s3:GetBucketNotification",
  "s3:putbucketnotificationconfiguration": "s3:PutBucketNotification",
  "s3:getbucketaccelerateconfiguration": "s3:GetAccelerateConfiguration",
  "s3:putbucketaccelerateconfiguration": "s3:PutAccelerateConfiguration",
  "s3:getpublicaccessblock": "s3:GetBucketPublicAccessBlock",
  "s3:putpublicaccessblock": "s3:PutBucketPublicAccessBlock",
  "s3:deletepublicaccessblock": "s3:PutBucketPublicAccessBlock",
  "s3:deletebucketcors": "s3:PutBucketCORS",
  "s3:deletebuckettagging": "s3:PutBucketTagging",
  "s3:getobjectlockconfiguration": "s3:GetBucketObjectLockConfiguration",
  "s3:putobjectlockconfiguration": "s3:PutBucketObjectLockConfiguration",
  "kms:reencrypt": "kms:ReEncryptFrom kms:ReEncryptTo",
};

/** `s3:HeadBucket` → `s3:ListBucket`; undefined for what is no operation, or is an action itself. */
export function actionsOfOperation(operation: string): readonly string[] | undefined {
  const name = operation.toLowerCase();
  return Object.hasOwn(operations, name) ? operations[name]?.split(" ") : undefined;
}
