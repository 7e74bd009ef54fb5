import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  RemoveRoleFromInstanceProfileCommand,
  type Role,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { JsonObject } from "../../policy/json";
import { UserError } from "../../policy/userError";
import { roleArn } from "../../vendors/iamArn";
import { ago } from "../ago";
import { type Aws, absent, errorName, gone, lostAnswers, unless } from "../aws";
import { isInvalidPrincipal, principalsIn, untilKnown } from "../consistency";
import type { RoleContent } from "../contents";
import { decodeDocument, documentDifferences, encodeDocument } from "../documents";
import { isOurs, readTags, removedTags, sameKeys, tagDifferences, writeTags } from "../ownership";
import type { Reading, Resource, Writing } from "./resource";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html */
export const role: Resource<RoleContent> = {
  async read(aws, { name, content }) {
    const [found, attached, inline] = await Promise.all([
      unless(absent, getRole(aws, name)),
      attachedPolicies(aws, name),
      inlinePolicies(aws, name),
    ]);
    if (!found) return undefined;
    const tags = readTags(found.Tags);
    return {
      lastUsed: lastUsed(found),
      ours: isOurs(tags, content.tags),
      arn: found.Arn,
      content: {
        ...(found.Path !== undefined && found.Path !== "/" && { path: found.Path }),
        trustPolicy: decodeDocument(found.AssumeRolePolicyDocument),
        description: found.Description ?? "",
        maxSessionDuration: found.MaxSessionDuration ?? 3600,
        tags: sameKeys(tags, content.tags),
        otherPolicies: otherPolicies(aws, name, attached, inline),
      },
    };
  },

  diff(desired, live) {
    return [
      ...(samePath(desired, live)
        ? []
        : [`It lies below the path ${live.path ?? "/"} instead of ${desired.path ?? "/"}.`]),
      ...documentDifferences("trust policy", desired.trustPolicy, live.trustPolicy),
      ...(desired.description === live.description ? [] : ["The description is another one."]),
      ...(desired.maxSessionDuration === live.maxSessionDuration
        ? []
        : [`Sessions last up to ${live.maxSessionDuration} s instead of ${desired.maxSessionDuration} s.`]),
      ...tagDifferences(desired.tags, live.tags),
      ...live.otherPolicies.map(
        (policy) => `The policy ${policy} is in the role, too, and gives it more than the documents say.`,
      ),
    ];
  },

  async write(aws, { name, before, after }) {
    await (before ? update(aws, name, before, after) : create(aws, name, after));
    return undefined;
  },

  /**
   * AWS deletes a role only when nothing is attached to it.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html
   */
  async remove(aws, { name: RoleName }) {
    const [attached, inline, profiles] = await Promise.all([
      listAttached(aws, RoleName),
      listInline(aws, RoleName),
      listInstanceProfiles(aws, RoleName),
    ]);
    await Promise.all([
      ...attached.map((PolicyArn) =>
        gone(aws, "iam:DetachRolePolicy", (http) =>
          aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }), http),
        ),
      ),
      ...inline.map((PolicyName) =>
        gone(aws, "iam:DeleteRolePolicy", (http) =>
          aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }), http),
        ),
      ),
      ...profiles.map((InstanceProfileName) =>
        gone(aws, "iam:RemoveRoleFromInstanceProfile", (http) =>
          aws.iam.send(new RemoveRoleFromInstanceProfileCommand({ RoleName, InstanceProfileName }), http),
        ),
      ),
    ]);
    await gone(aws, "iam:DeleteRole", (http) => aws.iam.send(new DeleteRoleCommand({ RoleName }), http));
  },
};

/** AWS has no way to change a role's path. */
export function samePath({ path = "/" }: RoleContent, live: RoleContent): boolean {
  return path === (live.path ?? "/");
}

/** The ARNs of the managed policies that are attached to a role; none when there is no such role. */
export function attachedPolicies(aws: Reading, roleName: string): Promise<readonly string[]> {
  return aws.once(`policies attached to ${roleName}`, () => listAttached(aws, roleName));
}

/** The names of the inline policies of a role; none when there is no such role. */
function inlinePolicies(aws: Reading, roleName: string): Promise<readonly string[]> {
  return aws.once(`inline policies of ${roleName}`, () => listInline(aws, roleName));
}

async function create(aws: Writing, name: string, after: RoleContent): Promise<void> {
  const trustsItself = encodeDocument(after.trustPolicy).includes(`"${arnOf(aws, name, after)}"`);
  // AWS refuses a principal that does not exist, and the role itself does not exist yet.
  await createWith(aws, name, trustsItself ? { ...after, trustPolicy: nobody } : after);
  if (trustsItself) await update(aws, name, { ...after, trustPolicy: nobody }, after);
}

/** A trust policy that lets nobody in. */
export const nobody: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
};

async function createWith(aws: Writing, name: string, after: RoleContent): Promise<void> {
  const answers = lostAnswers();
  try {
    await untilKnown(aws, newPrincipals(aws, after), () =>
      aws.call(
        "iam:CreateRole",
        (http) =>
          aws.iam.send(
            new CreateRoleCommand({
              RoleName: name,
              ...(after.path !== undefined && { Path: after.path }),
              AssumeRolePolicyDocument: encodeDocument(after.trustPolicy),
              Description: after.description,
              MaxSessionDuration: after.maxSessionDuration,
              Tags: writeTags(after.tags),
            }),
            http,
          ),
        answers.options,
      ),
    );
  } catch (error) {
    if (errorName(error) !== "EntityAlreadyExists" || !answers.any()) {
      throw explainPrincipal(error, "iam:CreateRole", name);
    }
    // When the answer to an earlier attempt was lost it is the one that we made.
    const found = await getRole(aws, name);
    if (!isOurs(readTags(found.Tags), after.tags)) throw error;
  }
  aws.created.set(arnOf(aws, name, after), aws.clock.now());
}

function arnOf({ identity }: Aws, name: string, content: RoleContent): string {
  return roleArn({ ...content, name }, identity.account, identity.partition);
}

async function update(aws: Writing, name: string, before: RoleContent, after: RoleContent): Promise<void> {
  if (documentDifferences("trust policy", after.trustPolicy, before.trustPolicy).length > 0) {
    await untilKnown(aws, newPrincipals(aws, after), () =>
      aws.call("iam:UpdateAssumeRolePolicy", (http) =>
        aws.iam.send(
          new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: encodeDocument(after.trustPolicy) }),
          http,
        ),
      ),
    ).catch((error: unknown) => {
      throw explainPrincipal(error, "iam:UpdateAssumeRolePolicy", name);
    });
  }
  if (before.description !== after.description || before.maxSessionDuration !== after.maxSessionDuration) {
    const { description: Description, maxSessionDuration: MaxSessionDuration } = after;
    await aws.call("iam:UpdateRole", (http) =>
      aws.iam.send(new UpdateRoleCommand({ RoleName: name, Description, MaxSessionDuration }), http),
    );
  }
  if (tagDifferences(after.tags, before.tags).length > 0) {
    await aws.call("iam:TagRole", (http) =>
      aws.iam.send(new TagRoleCommand({ RoleName: name, Tags: writeTags(after.tags) }), http),
    );
  }
  const TagKeys = removedTags(after.tags, before.tags);
  if (TagKeys.length > 0) {
    await aws.call("iam:UntagRole", (http) => aws.iam.send(new UntagRoleCommand({ RoleName: name, TagKeys }), http));
  }
}

/** Days that AWS looks back. */
const tracked = 400;
const day = 86_400_000;

/**
 * When and where the role was last assumed or used, or since when it was not. AWS looks back 400 days and answers some hours
 * late.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html
 */
export function lastUsed({ CreateDate, RoleLastUsed }: Partial<Pick<Role, "CreateDate" | "RoleLastUsed">>): string {
  const { LastUsedDate, Region } = RoleLastUsed ?? {};
  if (LastUsedDate) return `last used ${dayAgo(LastUsedDate)}${Region ? ` in ${Region}` : ""}`;
  return CreateDate && Date.now() - CreateDate.getTime() < tracked * day
    ? `made ${dayAgo(CreateDate)} and not used yet, as far as AWS knows`
    : `not used in the last ${tracked} days, as far as AWS knows`;
}

/** AWS answers some hours late. */
function dayAgo(date: Date): string {
  return Date.now() - date.getTime() < day ? "within the last day" : ago(date);
}

/** Principals of the trust policy that this session made. */
function newPrincipals(aws: Writing, { trustPolicy }: RoleContent): readonly string[] {
  const text = encodeDocument(trustPolicy);
  return [...aws.created.keys()].filter((arn) => text.includes(`"${arn}"`));
}

/**
 * IAM checks when it is written that a principal exists, in the vendor's account too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function explainPrincipal(error: unknown, action: string, roleName: string): unknown {
  if (!isInvalidPrincipal(error)) return error;
  const named = principalsIn(error);
  const which = named.length === 0 ? "a principal that does not exist" : `${named.join(" and ")}, which does not exist`;
  return new UserError(
    "aws",
    `AWS refused the trust policy of the role ${roleName} (MalformedPolicyDocument): it names ${which}. The vendor may have replaced it: compare the trust policy with the vendor's page.`,
    { awsErrorName: "MalformedPolicyDocument", awsAction: action },
  );
}

function otherPolicies(
  aws: Reading,
  roleName: string,
  attached: readonly string[],
  inline: readonly string[],
): readonly string[] {
  const ownAttached = aws.desired.map((each) => each.kind === "policy-attachment" && each.content.policyArn);
  const ownInline = aws.desired.flatMap((each) =>
    each.kind === "inline-policy" && each.content.roleName === roleName ? each.name : [],
  );
  return [
    ...attached.filter((arn) => !ownAttached.includes(arn)),
    ...inline.filter((name) => !ownInline.includes(name)),
  ];
}

async function getRole(aws: Aws, RoleName: string): Promise<Partial<Role>> {
  const { Role } = await aws.call("iam:GetRole", (http) => aws.iam.send(new GetRoleCommand({ RoleName }), http));
  return Role ?? {};
}

async function listAttached(aws: Aws, RoleName: string): Promise<readonly string[]> {
  const answer = await unless(
    absent,
    aws.call("iam:ListAttachedRolePolicies", (http) =>
      aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName, MaxItems: 1000 }), http),
    ),
  );
  return (answer?.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? "");
}

async function listInline(aws: Aws, RoleName: string): Promise<readonly string[]> {
  const answer = await unless(
    absent,
    aws.call("iam:ListRolePolicies", (http) =>
      aws.iam.send(new ListRolePoliciesCommand({ RoleName, MaxItems: 1000 }), http),
    ),
  );
  return answer?.PolicyNames ?? [];
}

async function listInstanceProfiles(aws: Aws, RoleName: string): Promise<readonly string[]> {
  const answer = await unless(
    absent,
    aws.call("iam:ListInstanceProfilesForRole", (http) =>
      aws.iam.send(new ListInstanceProfilesForRoleCommand({ RoleName, MaxItems: 1000 }), http),
    ),
  );
  return (answer?.InstanceProfiles ?? []).map(({ InstanceProfileName }) => InstanceProfileName ?? "");
}
