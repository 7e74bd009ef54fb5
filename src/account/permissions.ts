import type { JsonValue } from "../policy/json";
import type { ResourceKind, Step } from "./account";
import type { ContentOf } from "./contents";
import { documentDifferences } from "./documents";
import { tagDifferences } from "./ownership";

type StepFacts = Pick<Step, "verb" | "kind" | "before" | "after">;

/**
 * The permissions that a step's calls need, as an IAM policy names them. Setting tags while creating needs the permission to
 * tag, too.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function stepPermissions(step: StepFacts): readonly string[] {
  return permissions[step.kind][step.verb](step);
}

type Permissions = { readonly [Verb in Step["verb"]]: (step: StepFacts) => readonly string[] };

const always =
  (...actions: readonly string[]) =>
  () =>
    actions;

const permissions: { readonly [Kind in ResourceKind]: Permissions } = {
  bucket: {
    create: always("s3:CreateBucket", "s3:PutBucketTagging"),
    update: always("s3:GetBucketTagging", "s3:PutBucketTagging"),
    delete: always("s3:DeleteBucket"),
  },
  "public-access-block": {
    create: always("s3:PutBucketPublicAccessBlock"),
    update: always("s3:PutBucketPublicAccessBlock"),
    delete: always("s3:PutBucketPublicAccessBlock"),
  },
  cors: {
    create: always("s3:GetBucketCORS", "s3:PutBucketCORS"),
    update: always("s3:GetBucketCORS", "s3:PutBucketCORS"),
    delete: always("s3:GetBucketCORS", "s3:PutBucketCORS"),
  },
  "bucket-policy": {
    create: always("s3:GetBucketPolicy", "s3:PutBucketPolicy"),
    update: always("s3:GetBucketPolicy", "s3:PutBucketPolicy"),
    delete: always("s3:GetBucketPolicy", "s3:DeleteBucketPolicy"),
  },
  "key-policy": {
    create: always("kms:GetKeyPolicy", "kms:PutKeyPolicy"),
    update: always("kms:GetKeyPolicy", "kms:PutKeyPolicy"),
    delete: always("kms:GetKeyPolicy", "kms:PutKeyPolicy"),
  },
  user: {
    create: always("iam:CreateUser", "iam:TagUser"),
    update: (step) => tagging(step, "User"),
    delete: always(
      "iam:DeleteUser",
      "iam:ListAccessKeys",
      "iam:ListAttachedUserPolicies",
      "iam:ListGroupsForUser",
      "iam:ListUserPolicies",
    ),
  },
  "access-key": {
    create: always("iam:CreateAccessKey"),
    update(step) {
      const { after } = contents(step, "access-key");
      if (after.makes) return ["iam:CreateAccessKey"];
      if (after.keys === undefined) return ["iam:CreateAccessKey", "iam:DeleteAccessKey"];
      return ["iam:ListAccessKeys", "iam:UpdateAccessKey", "iam:DeleteAccessKey"];
    },
    delete: always("iam:DeleteAccessKey"),
  },
  "managed-policy": {
    create: always("iam:CreatePolicy", "iam:TagPolicy"),
    update(step) {
      const { before, after } = contents(step, "managed-policy");
      const changed = documentDifferences("policy", after.document, before.document).length > 0;
      return [
        ...(changed ? ["iam:CreatePolicyVersion"] : []),
        ...(changed && after.deleteVersion !== undefined ? ["iam:DeletePolicyVersion"] : []),
        ...tagging(step, "Policy"),
      ];
    },
    delete: always("iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:ListPolicyVersions"),
  },
  role: {
    create: always("iam:CreateRole", "iam:TagRole"),
    update(step) {
      const { before, after } = contents(step, "role");
      const trust = documentDifferences("trust policy", after.trustPolicy, before.trustPolicy).length > 0;
      const rest = after.description !== before.description || after.maxSessionDuration !== before.maxSessionDuration;
      return [
        ...(trust ? ["iam:UpdateAssumeRolePolicy"] : []),
        ...(rest ? ["iam:UpdateRole"] : []),
        ...tagging(step, "Role"),
      ];
    },
    delete: always(
      "iam:DeleteRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
    ),
  },
  "inline-policy": {
    create: always("iam:PutRolePolicy"),
    update: always("iam:PutRolePolicy"),
    delete: always("iam:DeleteRolePolicy"),
  },
  "policy-attachment": {
    create: always("iam:AttachRolePolicy"),
    update: always("iam:AttachRolePolicy"),
    delete: always("iam:DetachRolePolicy"),
  },
};

function tagging(step: StepFacts, what: "Role" | "Policy" | "User"): readonly string[] {
  const { before, after } = contents(step, "user");
  return [
    ...(tagDifferences(after.tags, before.tags).length > 0 ? [`iam:Tag${what}`] : []),
    ...(Object.keys(before.tags).some((key) => !(key in after.tags)) ? [`iam:Untag${what}`] : []),
  ];
}

function contents<Kind extends ResourceKind>(
  { before, after }: { readonly before: JsonValue | undefined; readonly after: JsonValue | undefined },
  _kind: Kind,
): { readonly before: ContentOf[Kind]; readonly after: ContentOf[Kind] } {
  return { before: before as ContentOf[Kind], after: after as ContentOf[Kind] }; // as read and as planned
}
