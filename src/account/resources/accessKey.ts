import { CreateAccessKeyCommand, DeleteAccessKeyCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { UserError } from "../../policy/userError";
import { type Aws, absent, gone, unless } from "../aws";
import { untilKnown } from "../consistency";
import type { AccessKeyContent } from "../contents";
import { type Resource, userArn, type Writing } from "./resource";

/** A user has at most two. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
export const accessKey: Resource<AccessKeyContent> = {
  async read(aws, { content: { userName } }) {
    const keys = await unless(absent, listAccessKeys(aws, userName));
    if (!keys || keys.length === 0) return undefined;
    // One that works is enough; the active ones come first.
    const [first] = keys.sort((a, b) => (a.Status === b.Status ? 0 : a.Status === "Active" ? -1 : 1));
    return {
      ours: undefined,
      content: { userName, status: first?.Status ?? "" },
      facts: { accessKeyIds: keys.map(({ AccessKeyId }) => AccessKeyId ?? "") },
    };
  },

  diff(_desired, live) {
    return live.status === "Active"
      ? []
      : ["The access key is inactive: activate it in AWS, or delete it and apply again."];
  },

  /** Made only for a user that has none: the caller of the plan has read that. */
  async write(aws, { after: { userName } }) {
    const { onSecret } = aws;
    if (!onSecret) throw nobodyTakesSecret();
    const { accessKeyId, secretAccessKey } = await create(aws, userName);
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
};

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
async function create(aws: Writing, UserName: string) {
  return untilKnown(aws, [userArn(aws, UserName)], () =>
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
          await deleteAccessKeys(aws, UserName, (await unless(absent, accessKeyIds(aws, UserName))) ?? []);
          return undefined;
        },
      },
    ),
  );
}

async function listAccessKeys(aws: Aws, UserName: string) {
  const { AccessKeyMetadata } = await aws.call("iam:ListAccessKeys", (http) =>
    aws.iam.send(new ListAccessKeysCommand({ UserName, MaxItems: 1000 }), http),
  );
  return AccessKeyMetadata ?? [];
}
