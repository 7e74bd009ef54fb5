import { GetPolicyCommand, GetPolicyVersionCommand, GetRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import type { BucketFacts } from "../../checks/finding";
import type { AccessLayers, BucketKey, KeyFacts, UnreadPolicy } from "../../integration/accessLayers";
import type { Integration } from "../../integration/integration";
import { parseArn } from "../../policy/arn";
import type { JsonValue } from "../../policy/json";
import { isUserError, type UserError } from "../../policy/userError";
import type { LiveState, ResourceState } from "../account";
import { type Aws, absent, unless } from "../aws";
import { inspectBucket } from "../buckets";
import type { ContentOf } from "../contents";
import { bucketNames } from "../desired";
import { decodeDocument } from "../documents";
import { getBucketPolicy } from "../resources/bucketPolicy";
import { getKeyPolicy } from "../resources/keyPolicy";

/**
 * What else has a say in what the vendor may do, as far as the caller may read it: the role's permissions boundary and
 * other policies, the policies of the buckets, and those of the keys that the buckets are encrypted with. What can't be
 * read is said and fails nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export async function readLayers(aws: Aws, integration: Integration, live: LiveState): Promise<AccessLayers> {
  const unread: UnreadPolicy[] = [];
  const tolerating: Tolerating = async (of, sentence, read) => {
    try {
      return await read();
    } catch (error) {
      if (!isRefused(error)) throw error;
      unread.push({ ...(of !== undefined && { of }), sentence: `${sentence}: ${error.message}` });
      return undefined;
    }
  };
  const role = live.resources.find(({ kind, live: found }) => kind === "role" && found !== undefined);
  const [boundary, otherPolicies, buckets] = await Promise.all([
    role && readBoundary(aws, role.name, tolerating),
    readOthers(aws, role, live.resources, tolerating),
    Promise.all(bucketNames(integration).map((name) => readBucket(aws, name, tolerating))),
  ]);
  const bucketKeys = buckets.flatMap(({ key }) => key ?? []);
  const keyArns = new Set([...bucketKeys.map(({ keyArn }) => keyArn), ...chosenKeys(integration)]);
  const keys = await Promise.all([...keyArns].map((keyArn) => readKey(aws, keyArn, tolerating)));
  return {
    otherPolicies,
    boundary,
    resourcePolicies: [...buckets.flatMap(({ policy }) => policy ?? []), ...keys.flatMap(({ policy }) => policy ?? [])],
    bucketKeys,
    unread: [...unread, ...keys.flatMap(({ foreign }) => foreign ?? [])],
  };
}

type Tolerating = <Answer>(
  of: string | undefined,
  sentence: string,
  read: () => Promise<Answer>,
) => Promise<Answer | undefined>;

type ResourcePolicy = AccessLayers["resourcePolicies"][number];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
async function readBoundary(aws: Aws, RoleName: string, tolerating: Tolerating): Promise<AccessLayers["boundary"]> {
  const found = await tolerating(
    undefined,
    `Whether the role ${RoleName} has a permissions boundary is not known`,
    () =>
      unless(
        absent,
        aws.call("iam:GetRole", (http) => aws.iam.send(new GetRoleCommand({ RoleName }), http)),
      ),
  );
  const arn = found?.Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  if (arn === undefined) return undefined;
  const sentence = `The permissions boundary ${arn} of the role can't be read, so that it is taken to limit nothing`;
  const document = await tolerating(undefined, sentence, () => managedDocument(aws, arn));
  return document === undefined ? undefined : { name: nameOf(arn), document };
}

/** Policies beyond the integration's own documents: what others put into the role, and AWS's own that the vendor asks for. */
async function readOthers(
  aws: Aws,
  role: ResourceState | undefined,
  resources: readonly ResourceState[],
  tolerating: Tolerating,
): Promise<AccessLayers["otherPolicies"]> {
  if (!role) return [];
  const { otherPolicies } = role.live as ContentOf["role"]; // what the role's read found
  const own = resources.filter(({ kind }) => kind === "managed-policy").map(({ arn }) => arn);
  const asked = resources.flatMap(({ kind, live }) =>
    kind === "policy-attachment" && live !== undefined ? (live as ContentOf["policy-attachment"]).policyArn : [],
  );
  const names = [...otherPolicies, ...asked.filter((arn) => !own.includes(arn))];
  const documents = await Promise.all(
    names.map(async (name) => {
      const sentence = `The policy ${name} of the role can't be read, so that it is taken to say nothing`;
      const document = await tolerating(undefined, sentence, () =>
        name.startsWith("arn:") ? managedDocument(aws, name) : inlineDocument(aws, role.name, name),
      );
      return document === undefined ? [] : [{ name: nameOf(name), document }];
    }),
  );
  return documents.flat();
}

async function managedDocument(aws: Aws, PolicyArn: string): Promise<JsonValue> {
  const { Policy } = await aws.call("iam:GetPolicy", (http) => aws.iam.send(new GetPolicyCommand({ PolicyArn }), http));
  const VersionId = Policy?.DefaultVersionId ?? "v1";
  const { PolicyVersion } = await aws.call("iam:GetPolicyVersion", (http) =>
    aws.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }), http),
  );
  return decodeDocument(PolicyVersion?.Document);
}

async function inlineDocument(aws: Aws, RoleName: string, PolicyName: string): Promise<JsonValue> {
  const { PolicyDocument } = await aws.call("iam:GetRolePolicy", (http) =>
    aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }), http),
  );
  return decodeDocument(PolicyDocument);
}

async function readBucket(
  aws: Aws,
  bucket: string,
  tolerating: Tolerating,
): Promise<{ readonly policy?: ResourcePolicy; readonly key?: BucketKey }> {
  const [document, facts] = await Promise.all([
    tolerating(bucket, `The policy of the bucket ${bucket} is taken to say nothing`, async () => ({
      policy: await getBucketPolicy(aws, bucket),
    })),
    tolerating(undefined, `How the bucket ${bucket} is encrypted is not known`, () => inspectBucket(aws, bucket)),
  ]);
  const { kmsKeyArn: keyArn, region = aws.identity.region } = facts ?? {};
  const policy = document?.policy;
  return {
    ...(document && {
      policy: {
        of: bucket,
        name: `the policy of the bucket ${bucket}`,
        document: policy === "no bucket" ? undefined : policy,
      },
    }),
    ...(keyArn !== undefined && { key: { bucket, region, keyArn } }),
  };
}

/**
 * The policy of a key. Of another account's key only that account can ask.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
async function readKey(
  aws: Aws,
  keyArn: string,
  tolerating: Tolerating,
): Promise<{ readonly policy?: ResourcePolicy; readonly foreign?: UnreadPolicy }> {
  const owner = parseArn(keyArn)?.account;
  const { account } = aws.identity;
  if (owner !== account) {
    const sentence = `The KMS key ${keyArn} belongs to the account ${owner}, and only that can read its policy: it is taken that it lets the account ${account} use the key`;
    return { foreign: { of: keyArn, sentence } };
  }
  const sentence = `The policy of the KMS key ${keyArn} is taken to be AWS's default one, by which the account's IAM policies decide`;
  const document = await tolerating(keyArn, sentence, () => getKeyPolicy(aws, keyArn));
  return document === undefined
    ? {}
    : { policy: { of: keyArn, name: `the policy of the KMS key ${keyArn}`, document } };
}

/** The keys that the integration's parameters name, with their policies where they can be read. */
export function inspectKeys(
  aws: Aws,
  integration: Integration,
  buckets: readonly BucketFacts[],
): Promise<readonly KeyFacts[]> {
  const names = bucketNames(integration);
  const encrypted = buckets.filter(({ name }) => names.includes(name));
  const keyArns = new Set([...chosenKeys(integration), ...encrypted.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? [])]);
  return Promise.all(
    [...keyArns].map(async (keyArn) => {
      const isOwn = parseArn(keyArn)?.account === aws.identity.account;
      const policy = isOwn ? await getKeyPolicy(aws, keyArn).catch(undefinedIfRefused) : undefined;
      const ofKey = encrypted.filter(({ kmsKeyArn }) => kmsKeyArn === keyArn).map(({ name }) => name);
      return { keyArn, buckets: ofKey, policy };
    }),
  );
}

function undefinedIfRefused(error: unknown): undefined {
  if (!isRefused(error)) throw error;
  return undefined;
}

/** AWS answered, and told nothing. */
function isRefused(error: unknown): error is UserError {
  return isUserError(error) && ["access-denied", "aws", "unavailable"].includes(error.code);
}

function chosenKeys({ definition, manifest }: Integration): readonly string[] {
  return definition.parameters
    .filter(({ type }) => type === "kms-key-arn")
    .flatMap(({ name }) => {
      const value = manifest.parameters[name];
      return typeof value === "string" && parseArn(value)?.service === "kms" ? [value] : [];
    });
}

function nameOf(policy: string): string {
  return policy.split("/").at(-1) ?? policy;
}
