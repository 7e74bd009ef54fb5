import type { Range } from "../json";
import type { PolicyDocument, Statement } from "../policyDocument";

/**
 * Who makes a request. ARNs are as AWS writes them: a role's with its path (`arn:aws:iam::1:role/path/name`), a
 * session's without (`arn:aws:sts::1:assumed-role/name/session`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type RequestPrincipal =
  /** The root user of an account. */
  | { readonly kind: "account"; readonly account: string; readonly partition?: string }
  /** `id` is AWS's unique id, `AIDA…`: a policy that names it means this user and no later one of its name. */
  | { readonly kind: "user"; readonly arn: string; readonly id?: string }
  /** A role in some session, whichever: what its policies give to every session. `id` is `AROA…`. */
  | { readonly kind: "role"; readonly arn: string; readonly id?: string }
  /** One session of a role: `arn` is the session's, `role` the role's. `id` is `AROA…`, without the session. */
  | { readonly kind: "session"; readonly arn: string; readonly role: string; readonly id?: string }
  /** A session that a user made with GetFederationToken: `arn:aws:sts::1:federated-user/name`, and the user's ARN. */
  | { readonly kind: "federated-user"; readonly arn: string; readonly user: string; readonly id?: string }
  /** Who signs in with an identity provider to assume a role: `cognito-identity.amazonaws.com`, or a provider's ARN. */
  | { readonly kind: "federated"; readonly provider: string }
  /** An AWS service: `ec2.amazonaws.com`. */
  | { readonly kind: "service"; readonly service: string }
  /** A request without a signature. */
  | { readonly kind: "anonymous" };

/** The values of condition keys in the request. Upper and lower case of a key are the same; a key may be absent. */
export type RequestContext = { readonly [key: string]: string | readonly string[] };

export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** `s3:GetObject`; no wildcards. */
  readonly action: string;
  readonly resource: {
    /** As it is, never a pattern: a `*` in an object's key is that character. `*` alone for what has no resource. */
    readonly arn: string;
    /** The account that owns the resource: an S3 ARN does not tell it. */
    readonly account: string;
  };
  /**
   * What the request itself tells need not be given: aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType,
   * aws:userid, aws:username, aws:ResourceAccount, aws:PrincipalIsAWSService, aws:PrincipalServiceName are derived from
   * the principal and the resource unless they are here.
   */
  readonly context?: RequestContext;
}

/**
 * All policies that apply to a request. Which kind a resource policy is follows from the resource: that of a role is its
 * trust policy, that of a KMS key its key policy; for both the account's own IAM policies do not suffice alone.
 */
export interface AppliedPolicies {
  /** Of the user, or of the role that the session has. */
  readonly identity?: readonly PolicyDocument[];
  readonly resource?: PolicyDocument;
  readonly boundary?: PolicyDocument;
  /** Of several one must allow. Absent or empty: the session has none. */
  readonly session?: readonly PolicyDocument[];
  /** Of the principal's organisation, from the root down to the account: every level must allow. Absent: none apply. */
  readonly serviceControl?: readonly (readonly PolicyDocument[])[];
  /** Of the resource's organisation, likewise, with RCPFullAWSAccess, which AWS attaches to every level. */
  readonly resourceControl?: readonly (readonly PolicyDocument[])[];
}

export type PolicyLayer = "identity" | "resource" | "boundary" | "session" | "serviceControl" | "resourceControl";

export type StatementElement =
  | "Effect"
  | "Principal"
  | "NotPrincipal"
  | "Action"
  | "NotAction"
  | "Resource"
  | "NotResource"
  | "Condition"
  /** None of these: AWS refuses the statement for its document's Version or for an element that it does not know. */
  | "Statement";

/** Why a statement does not apply to a request: the first element that does not match, and where it stands. */
export interface Mismatch {
  readonly element: StatementElement;
  /** Of the element in the policy's text; of the statement when the element is absent. */
  readonly range: Range;
  /** One sentence: "aws:SourceIp is 10.0.0.1, and the condition asks for 192.0.2.0/24". */
  readonly reason: string;
}

export interface StatementOutcome {
  readonly layer: PolicyLayer;
  readonly policy: PolicyDocument;
  readonly statement: Statement;
  readonly effect: "Allow" | "Deny";
  /** Absent when the statement applies. */
  readonly mismatch?: Mismatch;
}

export interface Decision {
  readonly result: "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied";
  /**
   * The statements that decided: those that deny, or those that grant, which are of identity policies or the resource
   * policy (what the other layers allow only limits). Empty when nothing grants, and for what the root user of an account
   * may do without a policy.
   */
  readonly deciding: readonly StatementOutcome[];
  /** Every statement of every policy, in order. */
  readonly statements: readonly StatementOutcome[];
  /**
   * ImplicitlyDenied: the layers that would have to allow and do not. Otherwise empty. Where an identity policy or the
   * resource policy would do, it is the identity's.
   */
  readonly missing: readonly PolicyLayer[];
}
