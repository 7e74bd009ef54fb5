import type { Integration } from "../integration/integration";
import type { JsonObject } from "../policy/json";
import { roleArn, userArn } from "../vendors/iamArn";
import type { Identity, NeededPermissions, Purpose, ResourceKind, Step } from "./account";
import type { DesiredResource } from "./contents";
import { bucketNames, desiredResources, userName } from "./desired";
import { stepPermissions } from "./permissions";

interface Permission {
  readonly action: string;
  readonly resource: string;
}

/**
 * The least that a person needs to do something with an integration: each action on the ARNs that it is asked on, whatever
 * is in the account already. Asks nobody. An account that is not known yet is a `*` in the ARNs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
export function neededPermissions(integration: Integration, purpose: Purpose): NeededPermissions {
  const { account = "*", partition = "aws", region = "us-east-1" } = integration.manifest;
  const identity: Identity = { account, partition, region, arn: "", profile: "" };
  const desired = desiredResources(integration, identity);
  // A bucket stays, whoever may look at it.
  const looked = desired.filter(({ kind }) => purpose !== "remove" || !isOfBucket(kind));
  const read = looked.flatMap((each) => on(each, integration, identity, readActions[each.kind]));
  const write = desired.flatMap((each) =>
    writeActions(each, purpose).flatMap((actions) => on(each, integration, identity, actions)),
  );
  const rotate = purpose === "rotate" ? rotation(integration, identity) : [];
  return {
    policy: policyOf([...read, ...write, ...rotate]),
    useful: policyOf(usefulPermissions(integration, identity, purpose)),
  };
}

/** What looking at a resource asks; of some only when there is something to ask about. */
const readActions: { readonly [Kind in ResourceKind]: readonly string[] } = {
  bucket: ["s3:ListBucket", "s3:GetBucketTagging"],
  "public-access-block": ["s3:GetBucketPublicAccessBlock"],
  cors: ["s3:GetBucketCORS"],
  "bucket-policy": ["s3:GetBucketPolicy"],
  "key-policy": ["kms:GetKeyPolicy"],
  user: ["iam:GetUser"],
  "access-key": ["iam:ListAccessKeys"],
  "managed-policy": ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:ListEntitiesForPolicy"],
  role: ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
  "inline-policy": ["iam:GetRolePolicy"],
  "policy-attachment": [],
};

/** Of each step that there can be. */
function writeActions({ kind, content }: DesiredResource, purpose: Purpose): readonly (readonly string[])[] {
  const step = (verb: Step["verb"]) =>
    stepPermissions({ verb, kind, before: otherThan(content), after: { ...content, deleteVersion: "v1" } });
  switch (purpose) {
    case "apply":
      // Keys are made and never changed; a bucket is marked when it is made.
      return kind === "access-key" || kind === "bucket" ? [step("create")] : [step("create"), step("update")];
    case "remove":
      if (isOfBucket(kind)) return [];
      // First it lets nobody in.
      if (kind === "role") return [step("delete"), ["iam:UpdateAssumeRolePolicy"]];
      return kind === "bucket-policy" || kind === "cors" ? [step("delete"), step("update")] : [step("delete")];
    default:
      return [];
  }
}

/** What a removal leaves. */
function isOfBucket(kind: ResourceKind): boolean {
  return kind === "bucket" || kind === "public-access-block";
}

/** Contents that differ in everything, so that changing one into the other takes every call. */
function otherThan(content: JsonObject): JsonObject {
  return { ...content, trustPolicy: null, document: null, description: "", maxSessionDuration: 0, tags: {} };
}

function on(
  desired: DesiredResource,
  integration: Integration,
  identity: Identity,
  actions: readonly string[],
): readonly Permission[] {
  const resource = arnOf(desired, integration, identity);
  return actions.map((action) => ({ action, resource }));
}

/** What IAM, S3 and KMS ask about, for whatever is a part of it. */
function arnOf(desired: DesiredResource, { manifest }: Integration, { partition, account }: Identity): string {
  switch (desired.kind) {
    case "inline-policy":
    case "policy-attachment":
      return roleArn({ ...manifest.role, name: desired.content.roleName }, account, partition);
    case "user":
    case "access-key":
      return userArn(desired.name, account, partition);
    case "key-policy":
      return desired.name;
    default:
      return desired.arn ?? `arn:${partition}:s3:::${desired.name}`;
  }
}

function rotation(integration: Integration, identity: Identity): readonly Permission[] {
  const actions = ["iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:DeleteAccessKey"];
  return usersOf(integration, identity).flatMap((resource) => actions.map((action) => ({ action, resource })));
}

/** The user who has the access keys; most vendors have none. */
function usersOf(integration: Integration, { partition, account }: Identity): readonly string[] {
  const name = userName(integration);
  return name === undefined ? [] : [userArn(name, account, partition)];
}

/** What more is asked, without which something is not known and said to be so. */
function usefulPermissions(integration: Integration, identity: Identity, purpose: Purpose): readonly Permission[] {
  const { partition, account } = identity;
  const { definition, manifest } = integration;
  const buckets = bucketNames(integration).map((name) => `arn:${partition}:s3:::${name}`);
  const keys = definition.parameters
    .filter(({ type }) => type === "kms-key-arn")
    .flatMap(({ name }) => manifest.parameters[name] ?? [])
    .map(String);
  const anyKey = keys.length > 0 ? keys : [`arn:${partition}:kms:*:${account}:key/*`];
  const each = (action: string, resources: readonly string[]) => resources.map((resource) => ({ action, resource }));
  const look = [
    ...each("s3:ListBucket", buckets),
    ...each("s3:GetEncryptionConfiguration", buckets),
    ...each("kms:DescribeKey", anyKey),
    ...each("kms:GetKeyPolicy", anyKey),
  ];
  const role = manifest.role && roleArn(manifest.role, account, partition);
  switch (purpose) {
    case "plan":
    case "apply":
      return look;
    case "verify":
      return [
        ...look,
        ...each("s3:GetBucketPolicy", buckets),
        ...(role === undefined ? [] : [{ action: "iam:SimulatePrincipalPolicy", resource: role }]),
        ...each("iam:GetPolicy", ["*"]),
        ...each("iam:GetPolicyVersion", ["*"]),
        ...each("access-analyzer:ValidatePolicy", ["*"]),
      ];
    case "rotate":
      return each("iam:GetAccessKeyLastUsed", usersOf(integration, identity));
    case "remove":
      return desiredResources(integration, identity)
        .filter(({ kind }) => isOfBucket(kind))
        .flatMap((each) => on(each, integration, identity, readActions[each.kind]));
  }
}

/** One statement for each set of actions with the same resources. */
function policyOf(permissions: readonly Permission[]): JsonObject {
  const resources = new Map<string, Set<string>>();
  for (const { action, resource } of permissions) {
    resources.set(action, (resources.get(action) ?? new Set()).add(resource));
  }
  const statements = new Map<string, string[]>();
  for (const [action, of] of resources) {
    const key = JSON.stringify([...of].sort());
    statements.set(key, [...(statements.get(key) ?? []), action]);
  }
  return {
    Version: "2012-10-17",
    Statement: [...statements].map(([key, actions]) => ({
      Effect: "Allow",
      Action: actions.sort(),
      Resource: JSON.parse(key),
    })),
  };
}
