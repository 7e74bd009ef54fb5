/** The account room's interface: plain data and functions, no AWS SDK type. Others import only these types, and load the room itself once, dynamically. */
import type { BucketFacts } from "../checks/finding";
import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";

export interface AccountRoom {
  /** Profiles of the AWS shared config and credentials files, plus `environment` when the variables are set. No network. */
  listProfiles(): Promise<readonly Profile[]>;
  /** Resolves credentials and asks STS who they are. Errors: profile-unknown, credentials-missing, credentials-expired, network. */
  connect(options: ConnectOptions): Promise<AccountSession>;
}

export interface Profile {
  readonly name: string;
  readonly region: string | undefined;
  /** Where its credentials come from, in words: "access key", "SSO", "assumes a role", "process", "environment". */
  readonly source: string;
}

export interface ConnectOptions {
  /** Absent: the SDK's own order (environment, then AWS_PROFILE or `default`). */
  readonly profile?: string;
  readonly region?: string;
  /** Asked once per session when the profile needs MFA; absent: an error says so. */
  readonly mfaCode?: (serialNumber: string) => Promise<string>;
  readonly signal?: AbortSignal;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly partition: "aws" | "aws-cn" | "aws-us-gov";
  readonly region: string;
  /** `environment` when no profile was used. */
  readonly profile: string;
}

export interface AccountSession {
  readonly identity: Identity;
  listBuckets(signal?: AbortSignal): Promise<readonly string[]>;
  /** Region, default encryption and, when that is customer-managed, the key's ARN (resolved from id or alias). */
  inspectBucket(name: string, signal?: AbortSignal): Promise<BucketFacts>;
  /** Live state of every resource of the integration. Makes no write. */
  read(integration: Integration, signal?: AbortSignal): Promise<LiveState>;
  /** Pure over what `read` found. */
  planApply(integration: Integration, live: LiveState): Plan;
  planRemove(integration: Integration, live: LiveState): Plan;
  /** Executes exactly the plan. Never throws for a failed step: the result says what was done and what was not. */
  execute(plan: Plan, options: ExecuteOptions): Promise<ExecutionResult>;
  /** Reads back and compares. */
  verify(integration: Integration, signal?: AbortSignal): Promise<LiveState>;
}

export type ResourceKind =
  | "bucket"
  | "public-access-block"
  | "cors"
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

export interface Step {
  /** Unique within the plan: `create role X`. */
  readonly id: string;
  readonly verb: "create" | "update" | "delete";
  readonly kind: ResourceKind;
  readonly name: string;
  /** For a person: "Create the role X, which Activeloop may assume". */
  readonly sentence: string;
  readonly dependsOn: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

export interface Plan {
  readonly action: "apply" | "remove";
  readonly integration: { readonly id: string; readonly name: string; readonly vendor: string };
  readonly identity: Identity;
  readonly steps: readonly Step[];
  /** Reasons why the plan can't be executed: someone else's resources, another account. Empty when it can. */
  readonly refusals: readonly string[];
  /** What apply leaves as it is, or remove keeps, one sentence each. */
  readonly notes: readonly string[];
  /** What the vendor is given once the plan is done, as far as it is known before. Empty for a removal. */
  readonly handBack: readonly HandBackItem[];
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly step: Step;
    readonly state: "started" | "waiting" | "done" | "failed";
    readonly detail?: string;
    readonly done: number;
    readonly total: number;
  }) => void;
  /** Called as soon as AWS answered with a new secret, before anything else happens. */
  readonly onSecret?: (secret: { readonly accessKeyId: string; readonly secretAccessKey: string }) => Promise<void>;
}

export interface ExecutionResult {
  readonly status: "done" | "failed" | "cancelled";
  /** Where a step learned an id (an access key's), its `after` has it. */
  readonly done: readonly Step[];
  readonly notDone: readonly Step[];
  /** The message of the first failure, for a person, with AWS's error name. */
  readonly failure:
    | {
        readonly step: Step;
        readonly message: string;
        /** A UserErrorCode. */
        readonly code: string;
        /** AWS's own name of the error, and the permission that the refused call needs. */
        readonly awsErrorName: string | undefined;
        readonly awsAction: string | undefined;
      }
    | undefined;
  /** Without the value of a secret: that goes to `onSecret` alone. */
  readonly handBack: readonly HandBackItem[];
}
