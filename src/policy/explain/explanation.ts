import type { JsonValue } from "../json";
import type { PolicyDocument } from "../policyDocument";

/** What a person calls a group of actions, the dangerous ones first. "assume": to act as a role. */
export type Ability =
  | "manage permissions"
  | "assume"
  | "delete"
  | "write"
  | "encrypt"
  | "decrypt"
  | "read"
  | "list"
  | "other";

export interface GrantedActions {
  readonly ability: Ability;
  /** Each action that is really granted, `s3:GetObject`, sorted; a wildcard is expanded if AWS's reference has a match. */
  readonly actions: readonly string[];
}

/** One who gets access, as the trust policy (or the resource policy) names them. */
export interface Grantee {
  /**
   * As written, for `AWS: "123456789012"` its ARN `arn:aws:iam::123456789012:root`; for an account that a condition on
   * aws:PrincipalArn narrows to its roles, the pattern of their ARNs.
   */
  readonly principal: string;
  /** "id": one of AWS's unique ids (`AROA…`), a canonical user, or a text that is none of the others. */
  readonly kind: "everyone" | "account" | "role" | "user" | "session" | "service" | "federated" | "id";
  readonly account?: string;
  /** Role, user, or session without its path. */
  readonly name?: string;
  /** "Activeloop": given by the context. */
  readonly owner?: string;
  /** Principals within it that get nothing: of NotPrincipal, or denied whatever they do. */
  readonly except?: readonly string[];
}

export interface GrantedResource {
  readonly kind: "bucket" | "objects" | "key" | "role" | "any" | "other";
  /** As written in the policy. */
  readonly pattern: string;
  readonly bucket?: string;
  /** Of the objects' keys: "raw/" for `…/raw/*`. Absent: the whole bucket, unless there is a `key`. */
  readonly prefix?: string;
  /** The pattern of the objects' keys where it is no prefix: "report.csv" for `…/report.csv`. */
  readonly key?: string;
  /** Patterns of what is left out of it: of NotResource, or denied whatever else holds. */
  readonly except?: readonly string[];
}

/** One key that a condition looks at. */
export interface ConditionTest {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly JsonValue[];
}

export interface GrantCondition {
  /** only: an Allow asks for it, all tests must hold. unless: a Deny, access ends where all tests hold together. */
  readonly effect: "only" | "unless";
  /** One for `only`. For `unless` as many as the Deny has; none when only its resources or principals limit it. */
  readonly tests: readonly ConditionTest[];
  /** Which policy asks for it: to assume the role, or for the action itself. */
  readonly on: "assume" | "action";
  /** Of a Deny: the resource patterns that it is about, when it is not about all of the grant. */
  readonly resources?: readonly string[];
  /** Of a Deny: it is about all resources but those. */
  readonly allBut?: true;
  /** Of a Deny: whom it is about, when it is not about all who get the grant. */
  readonly principals?: readonly string[];
  /** "only with the external ID abc", "unless the request is not encrypted" */
  readonly text: string;
}

export interface Danger {
  readonly code: "everyone" | "all-actions" | "all-resources" | "manage-permissions" | "no-external-id" | "not-element";
  /** One sentence. */
  readonly text: string;
}

/** One line of an explanation: who, through which role, may do what, on what, under which conditions. */
export interface Grant {
  /** Empty: whoever the permissions policy is attached to. */
  readonly who: readonly Grantee[];
  /** The role that they assume, empty when its name is not known; absent for a resource policy. */
  readonly role?: string;
  /** Every action on every one of the resources of a kind that it can act on. */
  readonly abilities: readonly GrantedActions[];
  /** Services of which every action that can act on these resources is granted: "s3". `*` alone: all services. */
  readonly everyActionOf: readonly string[];
  readonly resources: readonly GrantedResource[];
  /** All must hold. */
  readonly conditions: readonly GrantCondition[];
  /** The worst first. */
  readonly dangers: readonly Danger[];
}

/** The documents that together give access; those of one role, or a resource policy alone. */
export interface AccessDocuments {
  readonly permissions?: readonly PolicyDocument[];
  readonly trust?: PolicyDocument;
  readonly resource?: PolicyDocument;
}

export interface ExplainContext {
  /** The account that the documents are for, if known. */
  readonly account?: string;
  /** The name or ARN of the role that the trust policy belongs to. */
  readonly role?: string;
  /** Names whom a principal or an account belongs to: "Activeloop", "your own account". */
  readonly ownerOf?: (principal: string, account: string | undefined) => string | undefined;
}

export interface Comparison {
  /** `changed`: some access is wider, some narrower. */
  readonly result: "unchanged" | "widened" | "narrowed" | "changed";
  /** What the second documents allow and the first do not; one sentence each. */
  readonly widened: readonly string[];
  readonly narrowed: readonly string[];
}
