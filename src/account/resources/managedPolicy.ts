import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPolicyVersionsCommand,
  type PolicyVersion,
  TagPolicyCommand,
  UntagPolicyCommand,
} from "@aws-sdk/client-iam";
import type { JsonValue } from "../../policy/json";
import { policyArn } from "../../vendors/iamArn";
import { type Aws, absent, errorName, gone, lostAnswers, unless } from "../aws";
import type { ManagedPolicyContent } from "../contents";
import { decodeDocument, documentDifferences, encodeDocument } from "../documents";
import { isOurs, readTags, removedTags, sameKeys, tagDifferences, writeTags } from "../ownership";
import type { Reading, Resource, Writing } from "./resource";
import { attachedPolicies } from "./role";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
export const managedPolicy: Resource<ManagedPolicyContent> = {
  async read(aws, { name, content }) {
    const arn = arnOf(aws, name, content);
    // Of a version that we have just made nobody needs to ask the number first.
    const expected = aws.policyVersions.get(arn);
    const [found, early] = await Promise.all([
      unless(absent, getPolicy(aws, arn)),
      expected === undefined ? undefined : readVersions(aws, arn, expected),
    ]);
    if (!found) return undefined;
    const current = found.DefaultVersionId ?? "v1";
    const [details, elsewhere] = await Promise.all([
      early && expected === current ? early : readVersions(aws, arn, current),
      attachedElsewhere(aws, arn, found.AttachmentCount ?? 0),
    ]);
    const tags = readTags(found.Tags);
    return {
      ours: isOurs(tags, content.tags),
      content: {
        ...(content.path !== undefined && { path: content.path }),
        document: details?.document ?? null,
        tags: sameKeys(tags, content.tags),
      },
      facts: { oldVersions: details?.oldVersions ?? [], attachedElsewhere: elsewhere },
    };
  },

  diff(desired, live) {
    return [
      ...documentDifferences("policy", desired.document, live.document),
      ...tagDifferences(desired.tags, live.tags),
    ];
  },

  async write(aws, { name, before, after }) {
    await (before ? update(aws, name, before, after) : create(aws, name, after));
    return undefined;
  },

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-delete.html */
  async remove(aws, { name, before }) {
    const PolicyArn = arnOf(aws, name, before);
    const old = oldestFirst((await unless(absent, listVersions(aws, PolicyArn))) ?? []);
    await Promise.all(old.map((version) => deleteVersion(aws, PolicyArn, version)));
    await gone(aws, "iam:DeletePolicy", (http) => aws.iam.send(new DeletePolicyCommand({ PolicyArn }), http));
    aws.policyVersions.delete(PolicyArn);
  },
};

function arnOf({ identity }: Aws, name: string, content: ManagedPolicyContent): string {
  return policyArn({ ...content, name }, identity.account, identity.partition);
}

async function create(aws: Writing, PolicyName: string, after: ManagedPolicyContent): Promise<void> {
  const arn = arnOf(aws, PolicyName, after);
  const answers = lostAnswers();
  try {
    await aws.call(
      "iam:CreatePolicy",
      (http) =>
        aws.iam.send(
          new CreatePolicyCommand({
            PolicyName,
            ...(after.path !== undefined && { Path: after.path }),
            PolicyDocument: encodeDocument(after.document),
            Tags: writeTags(after.tags),
          }),
          http,
        ),
      answers.options,
    );
  } catch (error) {
    if (errorName(error) !== "EntityAlreadyExists" || !answers.any()) throw error;
    // When the answer to an earlier attempt was lost it is the one that we made.
    const found = await getPolicy(aws, arn);
    if (!isOurs(readTags(found.Tags), after.tags)) throw error;
  }
  aws.created.set(arn, aws.clock.now());
  aws.policyVersions.set(arn, "v1");
}

async function update(
  aws: Writing,
  name: string,
  before: ManagedPolicyContent,
  after: ManagedPolicyContent,
): Promise<void> {
  const arn = arnOf(aws, name, after);
  if (documentDifferences("policy", after.document, before.document).length > 0) {
    if (after.deleteVersion !== undefined) await deleteVersion(aws, arn, after.deleteVersion);
    aws.policyVersions.set(arn, await createVersion(aws, arn, after.document));
  }
  if (tagDifferences(after.tags, before.tags).length > 0) {
    await aws.call("iam:TagPolicy", (http) =>
      aws.iam.send(new TagPolicyCommand({ PolicyArn: arn, Tags: writeTags(after.tags) }), http),
    );
  }
  const TagKeys = removedTags(after.tags, before.tags);
  if (TagKeys.length > 0) {
    await aws.call("iam:UntagPolicy", (http) =>
      aws.iam.send(new UntagPolicyCommand({ PolicyArn: arn, TagKeys }), http),
    );
  }
}

/** Made twice it would use up two of the five versions: when the answer is lost, it is looked up whether it was made. */
async function createVersion(aws: Writing, PolicyArn: string, document: JsonValue): Promise<string> {
  return aws.call(
    "iam:CreatePolicyVersion",
    async (http) => {
      const PolicyDocument = encodeDocument(document);
      const command = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true });
      const { PolicyVersion } = await aws.iam.send(command, http);
      return PolicyVersion?.VersionId ?? "";
    },
    {
      async lost() {
        const { DefaultVersionId = "v1" } = await getPolicy(aws, PolicyArn);
        const live = await getDocument(aws, PolicyArn, DefaultVersionId);
        return documentDifferences("policy", document, live).length === 0 ? DefaultVersionId : undefined;
      },
    },
  );
}

async function deleteVersion(aws: Writing, PolicyArn: string, VersionId: string): Promise<void> {
  await gone(aws, "iam:DeletePolicyVersion", (http) =>
    aws.iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }), http),
  );
}

async function getPolicy(aws: Aws, PolicyArn: string) {
  const { Policy } = await aws.call("iam:GetPolicy", (http) => aws.iam.send(new GetPolicyCommand({ PolicyArn }), http));
  return Policy ?? {};
}

async function getDocument(aws: Aws, PolicyArn: string, VersionId: string): Promise<JsonValue> {
  const { PolicyVersion } = await aws.call("iam:GetPolicyVersion", (http) =>
    aws.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }), http),
  );
  return decodeDocument(PolicyVersion?.Document);
}

/** A version's document, and the ids of the versions that are not the default, the oldest first. */
async function readVersions(aws: Reading, arn: string, versionId: string) {
  const [document, versions] = await Promise.all([
    unless(absent, getDocument(aws, arn, versionId)),
    unless(absent, listVersions(aws, arn)),
  ]);
  if (document === undefined || versions === undefined) return undefined;
  return { document, oldVersions: oldestFirst(versions) };
}

/** Versions are numbered in the order of their making: v1, v2 … https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html */
function oldestFirst(versions: readonly PolicyVersion[]): readonly string[] {
  return versions
    .filter(({ IsDefaultVersion }) => !IsDefaultVersion)
    .map(({ VersionId }) => VersionId ?? "")
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

async function listVersions(aws: Aws, PolicyArn: string): Promise<readonly PolicyVersion[]> {
  const answer = await aws.call("iam:ListPolicyVersions", (http) =>
    aws.iam.send(new ListPolicyVersionsCommand({ PolicyArn }), http),
  );
  return answer.Versions ?? [];
}

/** Who has the policy besides the integration's own role: "role X", "user Y". */
async function attachedElsewhere(aws: Reading, PolicyArn: string, count: number): Promise<readonly string[]> {
  const roleName = aws.desired.find(({ kind }) => kind === "role")?.name;
  const own = roleName !== undefined && (await attachedPolicies(aws, roleName)).includes(PolicyArn) ? 1 : 0;
  if (count <= own) return [];
  const { PolicyRoles, PolicyUsers, PolicyGroups } = await aws.call("iam:ListEntitiesForPolicy", (http) =>
    aws.iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, MaxItems: 1000 }), http),
  );
  return [
    ...(PolicyRoles ?? []).flatMap(({ RoleName }) => (RoleName === roleName ? [] : [`role ${RoleName}`])),
    ...(PolicyUsers ?? []).map(({ UserName }) => `user ${UserName}`),
    ...(PolicyGroups ?? []).map(({ GroupName }) => `group ${GroupName}`),
  ];
}
