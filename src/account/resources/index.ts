import type { ResourceKind } from "../account";
import type { ContentOf } from "../contents";
import { accessKey } from "./accessKey";
import { bucket } from "./bucket";
import { bucketPolicy } from "./bucketPolicy";
import { cors } from "./cors";
import { inlinePolicy } from "./inlinePolicy";
import { keyPolicy } from "./keyPolicy";
import { managedPolicy } from "./managedPolicy";
import { policyAttachment } from "./policyAttachment";
import { publicAccessBlock } from "./publicAccessBlock";
import type { Resource } from "./resource";
import { role } from "./role";
import { user } from "./user";

/** All kinds of resources. A new kind is a new file and a line here. */
const resources: { readonly [Kind in ResourceKind]: Resource<ContentOf[Kind]> } = {
  bucket,
  "public-access-block": publicAccessBlock,
  cors,
  "bucket-policy": bucketPolicy,
  "key-policy": keyPolicy,
  user,
  "access-key": accessKey,
  "managed-policy": managedPolicy,
  role,
  "inline-policy": inlinePolicy,
  "policy-attachment": policyAttachment,
};

/** The kind with its content's type forgotten: what is desired, live and planned of one kind always belongs together. */
export function resourceOf(kind: ResourceKind): Resource<never> {
  return resources[kind] as Resource<never>;
}
