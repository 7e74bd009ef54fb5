import {
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  type User,
} from "@aws-sdk/client-iam";
import { userArn } from "../../vendors/iamArn";
import { type Aws, absent, errorName, gone, lostAnswers, unless } from "../aws";
import type { UserContent } from "../contents";
import { isOurs, readTags, removedTags, sameKeys, tagDifferences, writeTags } from "../ownership";
import { accessKeyIds, deleteAccessKeys } from "./accessKey";
import type { Resource, Writing } from "./resource";

/** A user without permissions and without console access. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html */
export const user: Resource<UserContent> = {
  async read(aws, { name, content }) {
    const found = await unless(absent, getUser(aws, name));
    if (!found) return undefined;
    const tags = readTags(found.Tags);
    return { ours: isOurs(tags, content.tags), content: { tags: sameKeys(tags, content.tags) } };
  },

  diff(desired, live) {
    return tagDifferences(desired.tags, live.tags);
  },

  async write(aws, { name, before, after }) {
    const Tags = writeTags(after.tags);
    if (before) {
      await aws.call("iam:TagUser", (http) => aws.iam.send(new TagUserCommand({ UserName: name, Tags }), http));
      const TagKeys = removedTags(after.tags, before.tags);
      if (TagKeys.length > 0) {
        await aws.call("iam:UntagUser", (http) =>
          aws.iam.send(new UntagUserCommand({ UserName: name, TagKeys }), http),
        );
      }
    } else {
      await create(aws, name, after);
    }
    return undefined;
  },

  /**
   * AWS deletes a user only when nothing is left of it.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_manage.html#id_users_deleting_cli
   */
  async remove(aws, { name: UserName }) {
    const [keys, attached, inline, groups] = await Promise.all([
      unless(absent, accessKeyIds(aws, UserName)),
      unless(
        absent,
        aws.call("iam:ListAttachedUserPolicies", (http) =>
          aws.iam.send(new ListAttachedUserPoliciesCommand({ UserName, MaxItems: 1000 }), http),
        ),
      ),
      unless(
        absent,
        aws.call("iam:ListUserPolicies", (http) =>
          aws.iam.send(new ListUserPoliciesCommand({ UserName, MaxItems: 1000 }), http),
        ),
      ),
      unless(
        absent,
        aws.call("iam:ListGroupsForUser", (http) =>
          aws.iam.send(new ListGroupsForUserCommand({ UserName, MaxItems: 1000 }), http),
        ),
      ),
    ]);
    await Promise.all([
      deleteAccessKeys(aws, UserName, keys ?? []),
      ...(attached?.AttachedPolicies ?? []).map(({ PolicyArn }) =>
        gone(aws, "iam:DetachUserPolicy", (http) =>
          aws.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }), http),
        ),
      ),
      ...(inline?.PolicyNames ?? []).map((PolicyName) =>
        gone(aws, "iam:DeleteUserPolicy", (http) =>
          aws.iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }), http),
        ),
      ),
      ...(groups?.Groups ?? []).map(({ GroupName }) =>
        gone(aws, "iam:RemoveUserFromGroup", (http) =>
          aws.iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName }), http),
        ),
      ),
    ]);
    await gone(aws, "iam:DeleteUser", (http) => aws.iam.send(new DeleteUserCommand({ UserName }), http));
  },
};

async function create(aws: Writing, UserName: string, { tags }: UserContent): Promise<void> {
  const answers = lostAnswers();
  try {
    await aws.call(
      "iam:CreateUser",
      (http) => aws.iam.send(new CreateUserCommand({ UserName, Tags: writeTags(tags) }), http),
      answers.options,
    );
  } catch (error) {
    if (errorName(error) !== "EntityAlreadyExists" || !answers.any()) throw error;
    // When the answer to an earlier attempt was lost it is the one that we made.
    const found = await getUser(aws, UserName);
    if (!isOurs(readTags(found.Tags), tags)) throw error;
  }
  aws.created.set(userArn(UserName, aws.identity.account, aws.identity.partition), aws.clock.now());
}

async function getUser(aws: Aws, UserName: string): Promise<Partial<User>> {
  const { User } = await aws.call("iam:GetUser", (http) => aws.iam.send(new GetUserCommand({ UserName }), http));
  return User ?? {};
}
