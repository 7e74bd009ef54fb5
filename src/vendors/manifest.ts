export type ParameterValue = string | boolean | readonly string[];

/** What the customer decided: all that rendering a vendor's documents needs. */
export interface IntegrationRequest {
  readonly accessLevel: string;
  /** The customer's own account: 12 digits. Apply refuses any other; filled by the first apply if absent. */
  readonly account?: string;
  readonly region?: string;
  /** Absent means `aws`. */
  readonly partition?: "aws" | "aws-cn" | "aws-us-gov";
  readonly parameters: { readonly [name: string]: ParameterValue };
  /** Absent: the vendor needs no role. */
  readonly role?: {
    readonly name: string;
    /** Begins and ends with a slash. Absent: `/`. AWS can't change it later. */
    readonly path?: string;
    /** Seconds, 3600 to 43200. */
    readonly maxSessionDuration?: number;
    readonly tags?: { readonly [key: string]: string };
    /** Of a role that was adopted: what it says about itself. Absent: what the vendor's definition says. */
    readonly description?: string;
    /** Of a role that was adopted: where its permissions are. Absent: called like the role, kept as the definition says. */
    readonly policy?: { readonly name: string; readonly path?: string; readonly attach: "managed" | "inline" };
  };
}

/** `integration.json`; schema `schemas/integration.schema.json`. Paths of documents are relative to its folder. */
export interface Manifest extends IntegrationRequest {
  /** Random (UUID); also the tag that marks what we own in AWS. */
  readonly id: string;
  readonly vendor: string;
  /** Each only when the vendor asks for it. */
  readonly documents: { readonly [role in DocumentRole]?: string };
  /** Findings that somebody has decided to live with. */
  readonly accepted?: readonly AcceptedFinding[];
}

export const documentRoles = ["permissions", "trust", "bucketPolicy", "keyPolicy", "cors"] as const;

export type DocumentRole = (typeof documentRoles)[number];

export const documentTitles: { readonly [role in DocumentRole]: string } = {
  permissions: "permissions policy",
  trust: "trust policy",
  bucketPolicy: "bucket policy",
  keyPolicy: "key policy",
  cors: "CORS rules",
};

/** What each document is called in a new integration's folder. */
export const documentFiles: { readonly [role in DocumentRole]: string } = {
  permissions: "permissions-policy.json",
  trust: "trust-policy.json",
  bucketPolicy: "bucket-policy.json",
  keyPolicy: "key-policy.json",
  cors: "cors-rules.json",
};

/** One check that may find something in one document, and why that is right here. */
export type AcceptedFinding = {
  /** The id of the check. */
  readonly check: string;
  readonly document: DocumentRole;
  readonly reason: string;
};
