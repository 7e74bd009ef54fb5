import type { JsonObject, JsonValue } from "../policy/json";

/**
 * One file of the catalog: all that we know about what a vendor asks for, with its source.
 * Schema: `schemas/vendor.schema.json`. Strings of templates may hold `{{tokens}}`: the names of parameters and the
 * built-in `partition`, `account` (the customer's own), `region`, `roleName`. An array item that mentions a list
 * parameter becomes one item per value. A token without a value is rendered as the vendor page's own placeholder.
 */
export interface VendorDefinition {
  readonly id: string;
  readonly name: string;
  /** One sentence: what the vendor does with the access. */
  readonly summary: string;
  readonly sources: readonly Source[];
  /** The first is the default. */
  readonly accessLevels: readonly AccessLevel[];
  readonly parameters: readonly Parameter[];
  /** Who assumes the role, now and formerly. Values are templates. Empty when only the customer's own user does. */
  readonly principals: readonly VendorPrincipal[];
  /** Sids of the vendor's page that we don't render because they mislead. A hint at the vendor, no proof. */
  readonly pageSids?: readonly string[];
  readonly role: {
    readonly suggestedName?: string;
    readonly description: string;
    /** Seconds, 3600 to 43200. */
    readonly maxSessionDuration?: number;
  };
  readonly trust: readonly StatementTemplate[];
  /** Absent: the vendor has no external IDs. Where it is required, a condition of `trust` compares it. */
  readonly externalId?: ExternalIdRule;
  readonly permissions: {
    /** managed: a policy of its own, attached to the role. inline: inside the role. */
    readonly attach: "managed" | "inline";
    readonly statements: readonly StatementTemplate[];
  };
  readonly cors?: { readonly when?: When; readonly rules: readonly CorsRule[]; readonly source: string };
  /** A bucket made for the vendor, with all public access blocked. */
  readonly newBucket?: { readonly when: When; readonly source: string };
  /** An IAM user without permissions in the customer's own account, which assumes the role with an access key. */
  readonly user?: { readonly name: string; readonly accessKey: boolean; readonly source: string };
  readonly handBack: readonly HandBackValue[];
  /** Where the customer enters the hand-back values. */
  readonly handBackTo: { readonly label: string; readonly url: string };
}

export interface Source {
  readonly id: string;
  readonly title: string;
  /** Absent when no public address is recorded. */
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
  /** own-account: the customer's account id, kept in integration.json's `account`. */
  readonly type: "bucket-list" | "kms-key-arn" | "account-id" | "own-account" | "user-name" | "boolean";
  readonly required: boolean;
  /** For a list: at most as many values as the vendor takes. Absent means any number. */
  readonly maxItems?: number;
  /** A template for strings, of built-in tokens only. */
  readonly default?: string | boolean;
  /** Values with a name, offered before free input ("JFrog ML Cloud"). */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** How the vendor's pages write the token, the first as rendered when there is no value. */
  readonly placeholders: readonly string[];
  readonly source: string;
}

export interface VendorPrincipal {
  /** A principal ARN template. */
  readonly value: string;
  readonly status: "current" | "retired";
  readonly source: string;
  readonly note?: string;
}

export interface ExternalIdRule {
  readonly required: boolean;
  readonly chosenBy: "customer" | "vendor";
  /** A regular expression for the whole value, where the vendor says how its own look. */
  readonly pattern?: string;
  /** What stands there until the vendor gives the real one (`0000`). */
  readonly placeholder?: string;
}

/** Keys: `accessLevel` or a parameter's name. A list means any of; `true` set (or a true boolean), `false` not set. */
export type When = { readonly [name: string]: string | boolean | readonly string[] };

export interface StatementTemplate {
  readonly when?: When;
  readonly source: string;
  readonly statement: JsonObject;
}

/** As `aws s3api put-bucket-cors` takes them. */
export type CorsRule = { readonly [key: string]: JsonValue };

export interface HandBackValue {
  readonly name: "roleArn" | "accessKeyId" | "secretAccessKey" | "bucket" | "region";
  /** As the vendor's page calls it. */
  readonly label: string;
  readonly secret?: boolean;
}
