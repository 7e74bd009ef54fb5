import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  ListAccessKeysCommand,
  type StatusType,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { UserError } from "../../policy/userError";
import { userArn } from "../../vendors/iamArn";
import { type Aws, absent, gone, unless } from "../aws";
import { untilKnown } from "../consistency";
import type { AccessKeyContent } from "../contents";
import type { Resource, Writing } from "./resource";

/** A user has at most two. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
export const accessKey: Resource<AccessKeyContent> = {
  async read(aws, { content: { userName } }) {
    const keys = await unless(absent, listAccessKeys(aws, userName));
    if (!keys || keys.length === 0) return undefined;
    const ids = keys.map(({ AccessKeyId }) => AccessKeyId ?? "");
    const statuses = Object.fromEntries(keys.map(({ AccessKeyId, Status }) => [AccessKeyId ?? "", Status ?? ""]));
    // The secret of a key that an interrupted run made is nowhere, unless that run has stored it.
    const made = aws.unfinished?.made("access-key", userName) ?? false;
    const lost = made ? ids.filter((id) => !aws.unfinished?.keptKeys.includes(id)) : [];
    // One that works is enough.
    const [first] = keys;
    return {
      ours: undefined,
      content: { userName, status: lost.length > 0 ? secretLost : (first?.Status ?? ""), keys: statuses },
      facts: { accessKeyIds: ids, ...(lost.length > 0 && { lostKeyIds: lost }) },
    };
  },

  diff(_desired, live) {
    if (live.status === secretLost) {
      return ["The secret of the access key was lost when an apply was interrupted: only a new key is of use."];
    }
    return live.status === "Active"
      ? []
      : ["The access key is inactive: activate it in AWS, or delete it and apply again."];
  },

  /** Made only for a user that has none, none of use, or whose key is rotated: the caller of the plan has read that. */
  async write(aws, { after: { userName, replaces = [], keys, makes = keys === undefined } }) {
    if (!makes) return setKeys(aws, userName, keys ?? {});
    const { onSecret } = aws;
    if (!onSecret) throw nobodyTakesSecret();
    await deleteAccessKeys(aws, userName, replaces);
    const { accessKeyId, secretAccessKey } = await create(aws, userName, Object.keys(keys ?? {}));
    try {
      await onSecret({ accessKeyId, secretAccessKey });
    } catch {
      // What failed is not told: the error of a store may hold what it was to store.
      await deleteAccessKeys(aws, userName, [accessKeyId]);
      throw new UserError(
        "file",
        `The secret of the new access key of ${userName} could not be stored, so that the key was deleted again. Apply again when secrets can be stored.`,
      );
    }
    return { accessKeyId };
  },

  async remove(aws, { before }) {
    const { userName } = before;
    const { accessKeyIds: ids } = before as AccessKeyContent & { readonly accessKeyIds: readonly string[] }; // the facts
    await deleteAccessKeys(aws, userName, ids);
  },

  /** AWS shows a secret only once: a key that is gone is gone. What a rotation has made goes, and what it has switched goes back. */
  restore({ before, after, live }) {
    const isRotated = after?.keys !== undefined || before === live;
    const { userName, status, keys } = before;
    return isRotated && keys ? { userName, status, keys } : undefined;
  },
};

/** Instead of AWS's Active or Inactive. */
const secretLost = "SecretLost";

export function nobodyTakesSecret(): UserError {
  return new UserError("usage", "An access key can't be made here: there is nobody to take its secret.");
}

export async function accessKeyIds(aws: Aws, userName: string): Promise<readonly string[]> {
  return (await listAccessKeys(aws, userName)).map(({ AccessKeyId }) => AccessKeyId ?? "");
}

export async function deleteAccessKeys(aws: Aws, UserName: string, ids: readonly string[]): Promise<void> {
  await Promise.all(
    ids.map((AccessKeyId) =>
      gone(aws, "iam:DeleteAccessKey", (http) =>
        aws.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }), http),
      ),
    ),
  );
}

/**
 * The secret is in the answer and nowhere else. When the answer is lost, so is the secret: a key that has been made
 * meanwhile is of no use to anybody and goes.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 */
async function create(aws: Writing, UserName: string, kept: readonly string[]) {
  return untilKnown(aws, [userArn(UserName, aws.identity.account, aws.identity.partition)], () =>
    aws.call(
      "iam:CreateAccessKey",
      async (http) => {
        const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName }), http);
        const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey ?? {};
        if (!accessKeyId || !secretAccessKey) {
          throw new UserError(
            "aws",
            `AWS answered without an access key for ${UserName}. Look at the user in the console.`,
          );
        }
        return { accessKeyId, secretAccessKey };
      },
      {
        async lost() {
          const ids = (await unless(absent, accessKeyIds(aws, UserName))) ?? [];
          await deleteAccessKeys(
            aws,
            UserName,
            ids.filter((id) => !kept.includes(id)),
          );
          return undefined;
        },
      },
    ),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
async function setKeys(
  aws: Writing,
  UserName: string,
  keys: { readonly [accessKeyId: string]: string },
): Promise<undefined> {
  const live = (await unless(absent, listAccessKeys(aws, UserName))) ?? [];
  const ids = live.map(({ AccessKeyId }) => AccessKeyId ?? "");
  await deleteAccessKeys(
    aws,
    UserName,
    ids.filter((id) => !(id in keys)),
  );
  const different = live.filter(({ AccessKeyId = "", Status }) => AccessKeyId in keys && keys[AccessKeyId] !== Status);
  await Promise.all(
    different.map(({ AccessKeyId = "" }) => {
      const Status = keys[AccessKeyId] as StatusType; // as it was read, or planned
      return aws.call("iam:UpdateAccessKey", (http) =>
        aws.iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }), http),
      );
    }),
  );
  return undefined;
}

/** The active ones first, then the newest: what a vendor is given. */
export async function listAccessKeys(aws: Aws, UserName: string) {
  const { AccessKeyMetadata = [] } = await aws.call("iam:ListAccessKeys", (http) =>
    aws.iam.send(new ListAccessKeysCommand({ UserName, MaxItems: 1000 }), http),
  );
  const made = ({ CreateDate }: (typeof AccessKeyMetadata)[number]) => CreateDate?.getTime() ?? 0;
  const isInactive = ({ Status }: (typeof AccessKeyMetadata)[number]) => (Status === "Active" ? 0 : 1);
  return [...AccessKeyMetadata].reverse().sort((a, b) => isInactive(a) - isInactive(b) || made(b) - made(a));
}
