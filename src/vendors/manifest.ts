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
  readonly role: {
    readonly name: string;
    /** Seconds, 3600 to 43200. */
    readonly maxSessionDuration?: number;
    readonly tags?: { readonly [key: string]: string };
  };
}

/** `integration.json`; schema `schemas/integration.schema.json`. Paths of documents are relative to its folder. */
export interface Manifest extends IntegrationRequest {
  /** Random (UUID); also the tag that marks what we own in AWS. */
  readonly id: string;
  readonly vendor: string;
  readonly documents: { readonly permissions: string; readonly trust: string; readonly cors?: string };
  /** Findings that somebody has decided to live with. */
  readonly accepted?: readonly AcceptedFinding[];
}

export type DocumentRole = keyof Manifest["documents"];

/** One check that may find something in one document, and why that is right here. */
export type AcceptedFinding = {
  /** The id of the check. */
  readonly check: string;
  readonly document: DocumentRole;
  readonly reason: string;
};
