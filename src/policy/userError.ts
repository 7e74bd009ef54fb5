/** What went wrong, for code that must tell cases apart. The message is for the person. */
export type UserErrorCode =
  | "usage"
  | "cancelled"
  | "file"
  | "manifest-invalid"
  | "vendor-unknown"
  | "parameter-invalid"
  | "findings"
  | "documents-changed"
  | "profile-unknown"
  | "credentials-missing"
  | "credentials-expired"
  | "network"
  | "unavailable"
  | "access-denied"
  | "wrong-account"
  | "not-ours"
  | "busy"
  | "aws";

/**
 * The one error type that people see: what happened, to which thing, what to do now.
 * `awsErrorName` keeps AWS's own name of the error (`AccessDenied`, `EntityAlreadyExists` …), `awsAction` the call
 * that was refused (`iam:CreateRole`).
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly awsErrorName: string | undefined;
  readonly awsAction: string | undefined;

  constructor(
    readonly code: UserErrorCode,
    message: string,
    details: { readonly cause?: unknown; readonly awsErrorName?: string; readonly awsAction?: string } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.awsErrorName = details.awsErrorName;
    this.awsAction = details.awsAction;
  }
}

/** By name, not by `instanceof`: the account room is a bundle of its own, with its own copy of the class. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === "UserError";
}
