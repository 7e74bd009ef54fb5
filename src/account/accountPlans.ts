/** What is planned, carried out and left unfinished in an account: plain data. */
import type { JsonObject, JsonValue } from "../policy/json";
import type { UserErrorCode } from "../policy/userError";
import type { HandBackItem, Identity, ResourceKind, ResourceState } from "./accountState";

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
        readonly code: UserErrorCode;
        /** AWS's own name of the error, and the permission that the refused call needs. */
        readonly awsErrorName: string | undefined;
        readonly awsAction: string | undefined;
      }
    | undefined;
  /** Without the value of a secret: that goes to `onSecret` alone. */
  readonly handBack: readonly HandBackItem[];
}
