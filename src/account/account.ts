/** The account room's interface: plain data and functions, no AWS SDK type. Others import only these types, and load the room itself once, dynamically. */
import type { BucketFacts } from "../checks/finding";
import type { KeyFacts } from "../integration/accessLayers";
import type { Integration } from "../integration/integration";
import type { VerifiedAccess, VerifiedGuard } from "../integration/verifyAccess";
import type { JsonObject, JsonValue } from "../policy/json";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { UserError } from "../policy/userError";
import type { DocumentRole } from "../vendors/manifest";

export interface AccountRoom {
  /** Profiles of the AWS shared config and credentials files, plus `environment` when the variables are set. No network. */
  listProfiles(): Promise<readonly Profile[]>;
  /** Resolves credentials and asks STS who they are. Errors: profile-unknown, credentials-missing, credentials-expired, network. */
  connect(options: ConnectOptions): Promise<AccountSession>;
  /**
   * Resolves when a profile whose sign-in has expired has credentials again, however somebody has signed in. Asks nobody
   * anything. Errors: cancelled.
   */
  untilSignedIn(profile: string, signal: AbortSignal): Promise<void>;
  /** What stopped before its end on this machine, by the journal, for an integration. No network. */
  unfinishedRuns(integrationId: string): Promise<readonly UnfinishedRun[]>;
  /** The least that a person must be allowed to do something with an integration. No network. */
  neededPermissions(integration: Integration, purpose: Purpose): NeededPermissions;
}

export type Purpose = "plan" | "apply" | "remove" | "verify" | "rotate";

/** IAM policies. */
export interface NeededPermissions {
  readonly policy: JsonObject;
  /** What is asked, too, and may be refused: then something is not known, and that is said. */
  readonly useful: JsonObject;
}

export interface Profile {
  readonly name: string;
  readonly region: string | undefined;
  /** Where its credentials come from, in words: "access key", "SSO", "assumes a role", "process", "environment". */
  readonly source: string;
  /** The account of its role or its SSO access, as far as the shared files say. */
  readonly account?: string;
}

export interface ConnectOptions {
  /** Absent: the SDK's own order (environment, then AWS_PROFILE or `default`). */
  readonly profile?: string;
  readonly region?: string;
  /**
   * Asked once per session when the profile needs MFA; absent: an error says so. Asked again, with what was wrong, when AWS
   * does not accept the code.
   */
  readonly mfaCode?: (serialNumber: string, problem?: string) => Promise<string>;
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
  /** The policies of the KMS keys that the integration names. One that may not be read fails nothing. */
  inspectKeys(integration: Integration, signal?: AbortSignal): Promise<readonly KeyFacts[]>;
  /** Live state of every resource of the integration. Makes no write. */
  read(integration: Integration, signal?: AbortSignal): Promise<LiveState>;
  /** The same for many integrations of this account, sharing what is asked. One that fails does not stop the others. */
  readMany(
    integrations: readonly Integration[],
    options?: {
      readonly signal?: AbortSignal;
      readonly onRead?: (integration: Integration, found: LiveState | UserError) => void;
    },
  ): Promise<readonly (LiveState | UserError)[]>;
  /** All roles of the account that somebody other than AWS's services may assume. Makes no write. */
  listRoles(options?: {
    readonly signal?: AbortSignal;
    /** How many roles were looked at so far. */
    readonly onProgress?: (roles: number) => void;
  }): Promise<readonly AccountRole[]>;
  /** The policies of the account's buckets that have one; why one could not be read is a sentence instead. */
  listBucketPolicies(options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  }): Promise<readonly BucketPolicyFacts[]>;
  /** Marks what a hand has made as this integration's, and changes nothing else of it. Pure over what `read` found. */
  planAdopt(integration: Integration, live: LiveState): Plan;
  /** Pure over what `read` found. */
  planApply(integration: Integration, live: LiveState): Plan;
  planRemove(integration: Integration, live: LiveState): Plan;
  /** What was left unfinished for an integration in this account, by nobody who still runs. Its next plan goes on with it. */
  unfinishedRun(integrationId: string): Promise<UnfinishedRun | undefined>;
  /** Reads what a run has touched, and plans to make it what it was before. Planned again after that, it has no steps. */
  planRollBack(run: UnfinishedRun, signal?: AbortSignal): Promise<Plan>;
  /**
   * Reads back until nothing is left to roll back, for as long as AWS may show what was there before. Only then the run is
   * at its end: before, it can be rolled back again.
   *
   * @param result of the roll back: what it kept stays
   * @returns what is left to do
   */
  verifyRollBack(
    run: UnfinishedRun,
    result: Pick<ExecutionResult, "kept">,
    signal?: AbortSignal,
  ): Promise<readonly Step[]>;
  /**
   * Executes exactly the plan, writing each step into the journal before and after it. Never throws for a failed step: the
   * result says what was done and what was not.
   * Errors, before anything is changed: busy, not-ours, wrong-account, file (the journal can't be written).
   */
  execute(plan: Plan, options: ExecuteOptions): Promise<ExecutionResult>;
  /** Reads back and compares. */
  verify(integration: Integration, signal?: AbortSignal): Promise<LiveState>;
  /** The access keys of the user made for the vendor, the active ones first, then the newest. Makes no write. */
  accessKeys(integration: Integration, signal?: AbortSignal): Promise<readonly UserAccessKey[]>;
  /** One change of the user's access keys; none to end a rotation that had stopped. Pure over what `read` found. */
  planRotation(integration: Integration, live: LiveState, change: KeyChange | undefined): Plan;
  /** Evaluates what the vendor needs by all that is live and may be read, and asks AWS's own opinion. Makes no write. */
  verifyAccess(
    integration: Integration,
    live: LiveState,
    reference: ServiceReference,
    signal?: AbortSignal,
  ): Promise<VerifiedIntegration>;
  /**
   * Does with an access key of ours what the vendor will do with it. Writes an object below `vendor-access-test/` in each
   * bucket, and deletes it again, whatever happens.
   */
  testObjects(
    integration: Integration,
    key: AccessKey,
    options: {
      /** What the vendor needs: `s3:ListBucket`, `s3:PutObject` … Only that is tried. */
      readonly actions: ReadonlySet<string>;
      readonly onProgress?: (detail: string) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<ObjectTest>;
}

export interface UserAccessKey {
  readonly accessKeyId: string;
  readonly active: boolean;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
  /** "last used 3 days ago by s3 in eu-west-1" */
  readonly usage: string;
}

/** make: another key beside the one that is there. delete: one that is inactive. */
export type KeyChange =
  | { readonly change: "make" }
  | { readonly change: "activate" | "deactivate" | "delete"; readonly accessKeyId: string };

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface ObjectTest {
  readonly tested: readonly TestedAction[];
  /** What could not be deleted again, one sentence each. */
  readonly left: readonly string[];
}

export interface TestedAction {
  readonly action: string;
  /** The role's ARN, the bucket, or the bucket with the object's key. */
  readonly resource: string;
  readonly result: "worked" | "failed";
  /** Of what failed: why. */
  readonly reason?: string;
}

export interface VerifiedIntegration {
  /** Empty as long as there is nobody to judge: no role, no policy that lets the vendor in. */
  readonly access: readonly JudgedAccess[];
  readonly guards: readonly VerifiedGuard[];
  /** What could not be read, and what was taken instead, one sentence each. */
  readonly unread: readonly string[];
  /** Of Access Analyzer's ValidatePolicy, about the documents. */
  readonly awsFindings: readonly AwsFinding[];
  /** Why AWS gave no opinion, one sentence each. */
  readonly unanswered: readonly string[];
}

/** awsDecision: what SimulatePrincipalPolicy says by the role's policies and boundary alone. Absent: not asked, or no answer. */
export type JudgedAccess = VerifiedAccess & {
  readonly awsDecision?: "allowed" | "explicitDeny" | "implicitDeny";
};

export interface AwsFinding {
  readonly document: DocumentRole;
  /** ERROR, SECURITY_WARNING, WARNING or SUGGESTION. */
  readonly type: string;
  readonly issue: string;
  readonly message: string;
  readonly url: string;
}

/** A role as it is, with all that it may do. */
export interface AccountRole {
  readonly name: string;
  readonly arn: string;
  /** `/` for nearly all. */
  readonly path: string;
  readonly description: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly trustPolicy: JsonValue;
  readonly policies: readonly RolePolicy[];
  readonly tags: { readonly [key: string]: string };
  /** The integration that it is marked as, by its id. */
  readonly integrationId: string | undefined;
  /** ISO 8601; AWS tells of the last 400 days. */
  readonly createdAt: string | undefined;
  readonly lastUsed: { readonly at: string; readonly region: string | undefined } | undefined;
  /** The same in words: "last used 3 days ago in eu-west-1". */
  readonly usage: string;
  readonly consoleUrl: string;
}

/** inline: inside the role. managed: of the account. aws: of AWS's own, whose document is not read. */
export interface RolePolicy {
  readonly kind: "inline" | "managed" | "aws";
  readonly name: string;
  readonly arn: string | undefined;
  readonly document: JsonValue | undefined;
  /** How many roles, users and groups have it. */
  readonly attachments: number;
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
  /** What the caller must be allowed to call for it. */
  readonly permissions: readonly string[];
}

/** A resource that a plan is about, as it should be. */
export interface PlannedResource {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly content: JsonObject;
}

export interface Plan {
  readonly action: "apply" | "remove" | "rotate" | "roll-back";
  readonly integration: { readonly id: string; readonly name: string; readonly vendor: string };
  readonly identity: Identity;
  /** All that belongs to the integration, whether a step changes it or not. */
  readonly resources: readonly PlannedResource[];
  readonly steps: readonly Step[];
  /** Reasons why the plan can't be executed: someone else's resources, another account. Empty when it can. */
  readonly refusals: readonly string[];
  /** What apply leaves as it is, or remove keeps, one sentence each. */
  readonly notes: readonly string[];
  /** What the vendor is given once the plan is done, as far as it is known before. Empty for a removal. */
  readonly handBack: readonly HandBackItem[];
  /** Of a roll back: what was read for it. */
  readonly live?: readonly ResourceState[];
}

/** A run of steps that stopped before its end: a crash, a failure, a cancellation. */
export interface UnfinishedRun {
  readonly id: string;
  readonly integration: Plan["integration"];
  readonly identity: Identity;
  /** What it was doing last. */
  readonly action: Plan["action"];
  readonly status: "interrupted" | "failed" | "cancelled";
  /** For a person: what it was doing, where, and how far it came. */
  readonly sentence: string;
  /** Steps that are done, that may be done or half done, and that were not begun. */
  readonly done: readonly Step[];
  readonly uncertain: readonly Step[];
  readonly notBegun: readonly Step[];
  readonly resources: readonly PlannedResource[];
  /** What the run has or may have changed, as it was before the run; `before` is undefined for what it made. */
  readonly touched: readonly {
    readonly kind: ResourceKind;
    readonly name: string;
    readonly before: JsonValue | undefined;
    readonly after: JsonValue | undefined;
  }[];
  /** Ids of the access keys whose secret was stored for good. */
  readonly keptKeys: readonly string[];
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  /**
   * Plans anew, once nobody else works on the integration. When that gives another plan than the confirmed one, nothing is
   * done and the result's status is `changed`.
   */
  readonly replan?: () => Promise<Plan>;
  /** False: nobody was asked since the plan was made, so that a first apply has nothing to look at again. */
  readonly asked?: boolean;
  readonly onProgress?: (progress: {
    readonly step: Step;
    readonly state: "started" | "waiting" | "done" | "failed";
    readonly detail?: string;
    readonly done: number;
    readonly total: number;
  }) => void;
  /** Called as soon as AWS answered with a new secret, before anything else happens. */
  readonly onSecret?: (secret: { readonly accessKeyId: string; readonly secretAccessKey: string }) => Promise<void>;
  /** Whether `onSecret` has stored it for good when it resolves. If not, a crash before the end loses it: a new key is made. */
  readonly keepsSecrets?: boolean;
}

export interface ExecutionResult {
  readonly status: "done" | "failed" | "cancelled" | "changed";
  /** Of status `changed`: the plan as it would be now, and what is different about it, one sentence each. */
  readonly changed?: { readonly plan: Plan; readonly differences: readonly string[] };
  /** Of a run that did not end well: what can be continued or rolled back. Absent when nothing was changed. */
  readonly unfinished?: UnfinishedRun;
  /** What a step has left as it is. */
  readonly kept?: readonly { readonly step: string; readonly sentence: string }[];
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
