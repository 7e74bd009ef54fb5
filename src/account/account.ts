/** The account room's interface: plain data and functions, no AWS SDK type. Others import only these types, and load the room itself once, dynamically. */
import type { BucketFacts } from "../checks/finding";
import type { KeyFacts } from "../integration/accessLayers";
import type { Integration } from "../integration/integration";
import type { VerifiedAccess, VerifiedGuard } from "../integration/verifyAccess";
import type { JsonObject } from "../policy/json";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { UserError } from "../policy/userError";
import type { DocumentRole } from "../vendors/manifest";
import type { ExecuteOptions, ExecutionResult, Plan, Step, UnfinishedRun } from "./accountPlans";
import type { AccountRole, BucketPolicyFacts, Identity, LiveState } from "./accountState";

export type * from "./accountPlans";
export type * from "./accountState";

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
  /** Absent: the AWS CLI's order (environment, then AWS_PROFILE or `default`). */
  readonly profile?: string;
  readonly region?: string;
  /**
   * Asked once per session when the profile needs MFA; absent: an error says so. Asked again, with what was wrong, when AWS
   * does not accept the code.
   */
  readonly mfaCode?: (serialNumber: string, problem?: string) => Promise<string>;
  readonly signal?: AbortSignal;
}

export interface AccountSession {
  readonly identity: Identity;
  listBuckets(signal?: AbortSignal): Promise<readonly string[]>;
  /** Region, default encryption and, when that is customer-managed, the key's ARN (resolved from id or alias). */
  inspectBucket(name: string, signal?: AbortSignal): Promise<BucketFacts>;
  /**
   * The policies of the KMS keys that the integration names, and of those that its buckets are encrypted with. One that may
   * not be read fails nothing.
   *
   * @param buckets what `inspectBucket` has told
   */
  inspectKeys(
    integration: Integration,
    buckets: readonly BucketFacts[],
    signal?: AbortSignal,
  ): Promise<readonly KeyFacts[]>;
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
