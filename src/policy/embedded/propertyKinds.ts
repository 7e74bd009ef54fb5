import type { KnownKind } from "../policyDocument";

/**
 * What kind of policy a property of a resource takes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
const kinds: readonly (readonly [type: RegExp, property: RegExp, kind: KnownKind])[] = [
  [/./, /^(AssumeRolePolicyDocument|assume_role_policy)$/, "trust"],
  [/^AWS::IAM::(Role|User|Group|Policy|ManagedPolicy|(Role|User|Group)Policy)$/, /^PolicyDocument$/, "permissions"],
  [/^AWS::Serverless::/, /^Policies$/, "permissions"],
  [/^AWS::S3::BucketPolicy$/, /^PolicyDocument$/, "bucket"],
  [/^AWS::KMS::(Key|ReplicaKey)$/, /^KeyPolicy$/, "key"],
  [/^aws_iam_(role|user|group)$|^aws_iam_((role|user|group)_)?policy$/, /^policy$/, "permissions"],
  [/^aws_s3_bucket(_policy)?$/, /^policy$/, "bucket"],
  [/^aws_kms_(external_|replica_)?key(_policy)?$/, /^policy$/, "key"],
];

/** @param path the names of the properties on the way; functions such as `Fn::If` are no properties */
export function kindOfProperty(type: string, path: readonly string[]): KnownKind | undefined {
  const property = path.findLast((name) => !name.startsWith("Fn::")) ?? "";
  return kinds.find(([types, properties]) => types.test(type) && properties.test(property))?.[2];
}
