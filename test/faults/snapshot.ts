import {
  GetAccountAuthorizationDetailsCommand,
  ListAccessKeysCommand,
  ListRolesCommand,
  type Tag,
} from "@aws-sdk/client-iam";
import { GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  GetBucketCorsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import { normalizePolicy } from "../../src/policy/normalizePolicy";
import type { World } from "../account/openWorld";
import { kmsKeyId } from "./cases";

/** All that an integration can change in an account, without what AWS chooses: ids, dates, numbers of versions. */
export interface Snapshot {
  readonly state: JsonValue;
  readonly accessKeyIds: readonly string[];
}

export async function snapshot({ iam, s3, kms }: World): Promise<Snapshot> {
  const [details, listed, buckets, keyPolicy] = await Promise.all([
    iam.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ["Role", "LocalManagedPolicy", "User"], MaxItems: 1000 }),
    ),
    iam.send(new ListRolesCommand({ MaxItems: 1000 })),
    s3.send(new ListBucketsCommand({})),
    kms.send(new GetKeyPolicyCommand({ KeyId: kmsKeyId, PolicyName: "default" })),
  ]);
  const keys = await Promise.all(
    (details.UserDetailList ?? []).map(async ({ UserName }) => {
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      const ids = AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId ?? "");
      return { user: UserName ?? "", ids, statuses: AccessKeyMetadata.map(({ Status }) => Status) };
    }),
  );
  const state = {
    roles: (details.RoleDetailList ?? []).map((role) => ({
      name: role.RoleName,
      trust: decoded(role.AssumeRolePolicyDocument),
      description: listed.Roles?.find(({ RoleName }) => RoleName === role.RoleName)?.Description,
      session: listed.Roles?.find(({ RoleName }) => RoleName === role.RoleName)?.MaxSessionDuration,
      tags: tags(role.Tags),
      attached: (role.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => PolicyArn).sort(),
      inline: (role.RolePolicyList ?? []).map(({ PolicyName, PolicyDocument }) => [
        PolicyName,
        decoded(PolicyDocument),
      ]),
    })),
    policies: (details.Policies ?? []).map((policy) => ({
      name: policy.PolicyName,
      document: decoded(policy.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document),
    })),
    users: (details.UserDetailList ?? []).map(({ UserName, Tags }) => ({
      name: UserName,
      tags: tags(Tags),
      keys: keys.find(({ user }) => user === UserName)?.statuses,
    })),
    buckets: await Promise.all((buckets.Buckets ?? []).map(({ Name = "" }) => bucketState(s3, Name))),
    key: normalizePolicy(JSON.parse(keyPolicy.Policy ?? "null")),
  };
  return { state: sorted(JSON.parse(JSON.stringify(state))), accessKeyIds: keys.flatMap(({ ids }) => ids) };
}

async function bucketState(s3: World["s3"], Bucket: string) {
  const none = () => undefined;
  const [tagging, block, cors, policy] = await Promise.all([
    s3.send(new GetBucketTaggingCommand({ Bucket })).catch(none),
    s3.send(new GetPublicAccessBlockCommand({ Bucket })).catch(none),
    s3.send(new GetBucketCorsCommand({ Bucket })).catch(none),
    s3.send(new GetBucketPolicyCommand({ Bucket })).catch(none),
  ]);
  return {
    name: Bucket,
    tags: tags(tagging?.TagSet),
    block: block?.PublicAccessBlockConfiguration,
    cors: cors?.CORSRules,
    policy: policy?.Policy && normalizePolicy(JSON.parse(policy.Policy)),
  };
}

function decoded(document: string | undefined): JsonValue {
  return normalizePolicy(JSON.parse(decodeURIComponent(document ?? "null")));
}

function tags(list: readonly Tag[] | undefined): JsonObject {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Lists of things with a name in the order of their names. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, JsonValue] => [key, sorted(item)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
