/** What is in an account, as it was read: plain data. */
import type { FoundRole } from "../integration/adoptRole";
import type { JsonObject, JsonValue } from "../policy/json";

export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly partition: "aws" | "aws-cn" | "aws-us-gov";
  readonly region: string;
  /** `environment` when no profile was used. */
  readonly profile: string;
}

/** A role, with what only the account knows of it. */
export interface AccountRole extends FoundRole {
  readonly tags: { readonly [key: string]: string };
  /** ISO 8601; AWS tells of the last 400 days. */
  readonly createdAt: string | undefined;
  readonly lastUsed: { readonly at: string; readonly region: string | undefined } | undefined;
  /** The same in words: "last used 3 days ago in eu-west-1". */
  readonly usage: string;
  readonly consoleUrl: string;
}

export interface BucketPolicyFacts {
  readonly bucket: string;
  readonly policy: JsonValue | undefined;
  readonly problem: string | undefined;
}

export type ResourceKind =
  | "bucket"
  | "public-access-block"
  | "cors"
  | "bucket-policy"
  | "key-policy"
  | "user"
  | "access-key"
  | "managed-policy"
  | "role"
  | "inline-policy"
  | "policy-attachment";

/** foreign: it exists and is not ours: never touched. */
export type ResourceStatus = "in-sync" | "differs" | "missing" | "foreign";

export interface ResourceState {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly arn: string | undefined;
  readonly status: ResourceStatus;
  /** One short sentence per difference. */
  readonly differences: readonly string[];
  readonly consoleUrl: string | undefined;
  /** Normalised desired and live content, for a diff; undefined where there is none. */
  readonly desired: JsonValue | undefined;
  readonly live: JsonValue | undefined;
  /** What only planning needs: ids, versions, what else hangs on the resource. */
  readonly facts?: JsonObject;
  /** When and where it was last used, where AWS tells: "last used 3 days ago in eu-west-1". */
  readonly lastUsed?: string;
}

export interface LiveState {
  readonly identity: Identity;
  readonly resources: readonly ResourceState[];
  /** Everything the vendor is given, in the vendor's order; the secret only right after its creation. */
  readonly handBack: readonly HandBackItem[];
}

export interface HandBackItem {
  readonly name: string;
  readonly label: string;
  /** Absent: not known (yet). */
  readonly value: string | undefined;
  readonly secret: boolean;
}
