import type { JsonObject, JsonValue } from "../policy/json";

/**
 * One file of the catalog: all that we know about what a vendor asks for, with its source.
 * Schema: `schemas/vendor.schema.json`. Strings of templates may hold `{{tokens}}`: the names of parameters and the
 * built-in `partition`, `account` (the customer's own), `region`, `roleName`, `roleArn` and `principals` (all current ones
 * that apply). An array item that mentions a list becomes one item per value. A token without a value is rendered as the
 * vendor page's own placeholder.
 */
export interface VendorDefinition {
  readonly id: string;
  readonly name: string;
  /** One sentence: what the vendor does with the access. */
  readonly summary: string;
  readonly category: Category;
  /** account: the access reaches far beyond one bucket, which is said wherever the vendor is offered. Absent: buckets. */
  readonly scope?: "account";
  readonly sources: readonly Source[];
  /** The first is the default. */
  readonly accessLevels: readonly AccessLevel[];
  readonly parameters: readonly Parameter[];
  /** Who gets the access, now and formerly. Values are templates. Empty when only the customer's own user does. */
  readonly principals: readonly VendorPrincipal[];
  /** Sids of the vendor's page that we don't render because they mislead. A hint at the vendor, no proof. */
  readonly pageSids?: readonly string[];
  /** Absent: the vendor reaches the buckets without a role, by their bucket policies. */
  readonly role?: RoleTemplate;
  /** Who may assume the role. */
  readonly trust?: readonly StatementTemplate[];
  /** What the role may do. */
  readonly permissions?: {
    /** managed: a policy of its own, attached to the role. inline: inside the role. */
    readonly attach: "managed" | "inline";
    readonly statements: readonly StatementTemplate[];
  };
  /** Statements that are merged into the policy of each bucket, whose other statements stay. */
  readonly bucketPolicy?: readonly StatementTemplate[];
  /** Statements that are merged into the policy of the KMS key, whose other statements stay. */
  readonly keyPolicy?: readonly StatementTemplate[];
  /** What the vendor shows only when it knows the role: the parameters of phase 2. */
  readonly completion?: Completion;
  readonly cors?: { readonly when?: When; readonly rules: readonly CorsRule[]; readonly source: string };
  /** A bucket made for the vendor, with all public access blocked. */
  readonly newBucket?: { readonly when: When; readonly source: string };
  /** An IAM user without permissions in the customer's own account, which assumes the role with an access key. */
  readonly user?: { readonly name: string; readonly accessKey: boolean; readonly source: string };
  readonly handBack: readonly HandBackValue[];
  /** Where the customer enters the hand-back values. */
  readonly handBackTo: { readonly label: string; readonly url: string };
}

export type Category =
  | "annotation"
  | "machine-learning"
  | "databases"
  | "pipelines"
  | "analytics"
  | "media"
  | "observability"
  | "audit";

export interface RoleTemplate {
  /** Absent: there is always a role. */
  readonly when?: When;
  readonly suggestedName?: string;
  /** The vendor finds the role by this name and no other. */
  readonly fixedName?: string;
  readonly description: string;
  /** Seconds, 3600 to 43200. */
  readonly maxSessionDuration?: number;
  /** The role must be able to assume itself: its trust policy and its permissions say so. */
  readonly trustsItself?: boolean;
  /** Policies of AWS's own that are attached to the role. */
  readonly awsPolicies?: readonly { readonly name: string; readonly arn: string; readonly source: string }[];
}

/** Between the two phases. Steps are templates; in a step, text between backquotes is for copying. */
export interface Completion {
  readonly steps: readonly string[];
  readonly source: string;
}

export interface Source {
  readonly id: string;
  readonly title: string;
  /** Absent when no public address is recorded, or for what is our own choice. */
  readonly url?: string;
  /** As the page calls itself ("v3.1.5"), or what tells the version apart. */
  readonly version: string;
  /** superseded: an older page that people still find. */
  readonly status: "current" | "superseded";
  /** What the page says that matters, in our words. */
  readonly says: string;
  /** The day of the facts, ISO 8601. */
  readonly checked: string;
}

export interface AccessLevel {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly source: string;
}

export interface Parameter {
  /** As in integration.json's `parameters` and in `--set name=value`. */
  readonly name: string;
  /** For a list: the name of one value (`bucket` for `buckets`), accepted by `--set` as well, repeatable. */
  readonly itemName?: string;
  readonly title: string;
  readonly description: string;
  readonly type: ParameterType;
  readonly required: boolean;
  /** Asked for, and of effect, only then. */
  readonly when?: When;
  /** 2: the vendor shows it only when it knows the role. Until then nobody can assume the role. */
  readonly phase?: 2;
  /** Of an external ID. Customer: one is made at random when none is given. */
  readonly chosenBy?: "customer" | "vendor";
  /** A regular expression for the whole value, and what it means in words ("a UUID"). */
  readonly pattern?: string;
  readonly patternMeaning?: string;
  /** Of an external ID: what the vendor's page has there until it gives the real one (`0000`). */
  readonly temporary?: string;
  /** For a list: at most as many values as the vendor takes. Absent means any number. */
  readonly maxItems?: number;
  /** A template for strings, of built-in tokens only. */
  readonly default?: string | boolean;
  /** Values with a name: of a choice the only ones, else offered before free input ("JFrog ML Cloud"). */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** How the vendor's pages write the token, the first as rendered when there is no value. */
  readonly placeholders: readonly string[];
  readonly source: string;
}

/**
 * own-account: the customer's account id, kept in integration.json's `account`. prefix: without slashes around it; its token
 * is rendered with one behind it, and as nothing when there is no prefix. principal-arn: an ARN that the vendor shows.
 * choice: one of `choices`.
 */
export type ParameterType =
  | "bucket-list"
  | "kms-key-arn"
  | "account-id"
  | "own-account"
  | "user-name"
  | "boolean"
  | "text"
  | "external-id"
  | "principal-arn"
  | "prefix"
  | "choice";

export interface VendorPrincipal {
  /** A principal ARN template. */
  readonly value: string;
  /** Absent: for every customer. */
  readonly when?: When;
  readonly status: "current" | "retired";
  readonly source: string;
  readonly note?: string;
}

/**
 * Keys: `accessLevel`, `partition`, or a parameter's name. A list means any of; `true` set (or a true boolean), `false` not
 * set.
 */
export type When = { readonly [name: string]: string | boolean | readonly string[] };

export interface StatementTemplate {
  readonly when?: When;
  readonly source: string;
  readonly statement: JsonObject;
}

/** As `aws s3api put-bucket-cors` takes them. */
export type CorsRule = { readonly [key: string]: JsonValue };

export interface HandBackValue {
  /** One of `handBackNames`, or a parameter's name. */
  readonly name: string;
  /** As the vendor's page calls it. */
  readonly label: string;
  readonly when?: When;
  readonly secret?: boolean;
}

/** What is handed back besides parameters. */
export const handBackNames = [
  "roleArn",
  "roleName",
  "accountId",
  "accessKeyId",
  "secretAccessKey",
  "bucket",
  "region",
] as const;
