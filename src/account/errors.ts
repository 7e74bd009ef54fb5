import { isUserError, UserError } from "../policy/userError";
import { type AwsErrorFacts, awsErrorFacts, isThrottling, temporary } from "./awsError";

/** Who called what, for the message. */
export interface CallerFacts {
  readonly profile: string;
  /** Not known before the first answer of STS. */
  readonly arn: string | undefined;
  readonly account: string | undefined;
  /** `aws sso login --profile P`, where the profile signs in so. */
  readonly signIn: string | undefined;
  /** An endpoint that the configuration names instead of AWS's own. */
  readonly endpoint: string | undefined;
}

/**
 * Every failed call as the one error type for people: what happened, to what, what to do now. The SDK's error is not kept
 * as the cause: it holds the request, whose headers are signed with the credentials.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 *
 * @param action the permission that the call needs, as a policy names it: `iam:CreateRole`
 */
export function toUserError(error: unknown, action: string, caller: CallerFacts): UserError {
  if (isUserError(error)) return error;
  const facts = awsErrorFacts(error);
  const details = { awsErrorName: facts.name, awsAction: action };
  if (facts.name === "AbortError") return new UserError("cancelled", "Cancelled.", details);
  const who = callerName(caller);

  if (facts.network) {
    const host = facts.host ?? caller.endpoint ?? `AWS (${action.split(":")[0]})`;
    const configured = caller.endpoint ? ` The AWS configuration names ${caller.endpoint} as the endpoint.` : "";
    const message = `${host} could not be reached (${facts.name}).${configured} Check the network connection, VPN and proxy, then try again.`;
    return new UserError("network", message, details);
  }
  if (isCredentialsProviderError(error) || isExpired(facts.name)) return credentialsError(error, caller, details);
  if (isClockSkew(facts)) {
    const message = `AWS refused ${action} (${facts.name}), because the clock of this machine is wrong: what is signed counts for minutes only. Set it, best to automatic time, then try again.`;
    return new UserError("aws", message, details);
  }
  if (invalidKey.has(facts.name)) {
    const message = `AWS does not accept the credentials of ${profileName(caller)} (${facts.name}): the access key may be deleted, inactive or mistyped. Correct them, or choose another profile.`;
    return new UserError("credentials-missing", message, details);
  }
  if (accessDenied.has(facts.name)) {
    const account = caller.account ? `whoever manages the account ${caller.account}` : "whoever manages the account";
    const message = `${who} may not call ${action} (${facts.name}). Ask ${account} to allow ${action}, or choose another profile.${awsSays(facts.message)}`;
    return new UserError("access-denied", message, details);
  }
  if (temporary(error) !== "no" || facts.name === "EntityTemporarilyUnmodifiable") {
    return new UserError("unavailable", unavailable(error, action, facts), details);
  }
  if (facts.status === undefined && ["Error", "TypeError"].includes(facts.name)) {
    const message = `${action} was not called: ${messageOf(error).replace(/\.$/, "")}. Correct the region and the endpoint_url of ${profileName(caller)} and of the environment variables.`;
    return new UserError("aws", message, details);
  }
  const advice = advices[facts.name];
  const message = `AWS refused ${action} (${facts.name}).${advice ? ` ${advice}` : ""}${awsSays(facts.message)}`;
  return new UserError("aws", message, details);
}

/** The profile can't be turned into credentials. */
function credentialsError(
  error: unknown,
  caller: CallerFacts,
  details: { readonly awsErrorName: string; readonly awsAction: string },
): UserError {
  const name = profileName(caller);
  if (caller.signIn) {
    const message = `The sign-in of ${name} has expired or was never made. Run \`${caller.signIn}\`, then try again.`;
    return new UserError("credentials-expired", message, details);
  }
  if (isExpired(details.awsErrorName) || /expired/i.test(messageOf(error))) {
    const message = `The credentials of ${name} have expired. Get new ones as you got these, then try again.`;
    return new UserError("credentials-expired", message, details);
  }
  if (/multi-factor|MFA/i.test(messageOf(error))) {
    const message = `${capitalised(name)} needs a code of your MFA device, and nobody could be asked. Start this where it can ask, or choose another profile.`;
    return new UserError("credentials-missing", message, details);
  }
  if (/credential_process|Command failed/.test(messageOf(error))) {
    const message = `The credential_process of ${name} failed or printed no usable credentials. Run its command in a terminal to see why.`;
    return new UserError("credentials-missing", message, details);
  }
  const message =
    caller.profile === "environment"
      ? "No AWS credentials were found: no profile was chosen, there is no default profile and no environment variable has them. Run `aws configure` or `aws configure sso`, or choose a profile."
      : `${capitalised(name)} has no usable credentials. Correct it in the AWS config file (\`aws configure --profile ${caller.profile}\`), or choose another profile.`;
  return new UserError("credentials-missing", message, details);
}

/**
 * IAM and STS call it a wrong signature and tell the reason in words only; S3 has a name for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 */
function isClockSkew({ name, message }: { readonly name: string; readonly message: string }): boolean {
  return (
    ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"].includes(name) ||
    /signature (expired|not yet current)/i.test(message)
  );
}

const accessDenied = new Set(["AccessDenied", "AuthorizationError", "UnauthorizedOperation", "AllAccessDisabled"]);
const invalidKey = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClient",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "InvalidSignature",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "AuthFailure",
  "InvalidToken",
]);

/** Nobody has made a mistake: the same goes well later. */
function unavailable(error: unknown, action: string, { name, status }: AwsErrorFacts): string {
  if (isThrottling(error))
    return `AWS is refusing ${action} for now because of too many requests (${name}), also after several attempts. Wait a minute, then try again.`;
  if (status !== undefined && status >= 500)
    return `AWS failed at ${action} (${name}), also after several attempts. Try again later; https://health.aws.amazon.com shows whether the service has a problem.`;
  return `AWS is refusing ${action} for now (${name}), because what it is about is being changed at this moment or has just been. Wait a minute, then try again.`;
}

const wrongValue = "A name or a value is not as AWS wants it: correct integration.json.";
const quota = "A quota of the account is reached: delete what is not needed, or ask AWS to raise it.";
const wrongDocument = "Correct the document, then plan again.";
const wrongRegion = "The bucket is in another region: correct the region in integration.json.";
const switchedOff = "Switch it on in the AWS console, or choose another one in integration.json.";

/**
 * What to do about the errors of the calls that are made here, by AWS's names.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and the pages of each call of IAM, KMS and STS
 */
const advices: { readonly [awsErrorName: string]: string | undefined } = {
  LimitExceeded: quota,
  TooManyBuckets: quota,
  EntityAlreadyExists: "Somebody made it in the meantime: plan again.",
  NoSuchEntity: "Somebody deleted it in the meantime: plan again.",
  NoSuchBucket: "The bucket does not exist (any more): correct its name.",
  NoSuchKey: "Somebody deleted it in the meantime: try again.",
  NotFound: "It does not exist (any more): correct integration.json, or plan again.",
  MalformedPolicyDocument: wrongDocument,
  MalformedPolicy: wrongDocument,
  MalformedXML: wrongDocument,
  InvalidRequest: "A document or a value is not as AWS wants it: correct it, then plan again.",
  InvalidArgument: "A document or a value is not as AWS wants it: correct it, then plan again.",
  DeleteConflict:
    "Something is still attached to it that Vendor Access did not make: remove that in the AWS console first.",
  BucketNotEmpty: "Something is in the bucket: delete it in the AWS console first, if nobody needs it.",
  UnmodifiableEntity:
    "It belongs to a service of AWS, which alone changes it: choose another name in integration.json.",
  PolicyNotAttachable: "Only services of AWS may have this policy: choose another one.",
  ValidationError: wrongValue,
  Validation: wrongValue,
  InvalidInput: wrongValue,
  InvalidTag: wrongValue,
  InvalidArn: wrongValue,
  InvalidBucketName: "Choose another bucket name.",
  BucketAlreadyExists: "Bucket names are shared by all AWS accounts and somebody has this one: choose another.",
  BucketAlreadyOwnedByYou: "The account has a bucket of this name already: use it, or choose another name.",
  IllegalLocationConstraint: wrongRegion,
  InvalidLocationConstraint: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  PermanentRedirect: wrongRegion,
  RegionDisabled: "The account does not use this region: switch it on in the AWS console, or choose another one.",
  OptInRequired: "The account does not use this service or region: switch it on in the AWS console.",
  KMSInvalidState: `The key is switched off or about to be deleted. ${switchedOff}`,
  Disabled: `The key is switched off. ${switchedOff}`,
  UnsupportedOperation: "AWS can’t do this with it: choose another one in integration.json.",
};

function isExpired(name: string): boolean {
  return ["ExpiredToken", "TokenRefreshRequired", "ExpiredTokenException"].includes(name);
}

function isCredentialsProviderError(error: unknown): boolean {
  return error instanceof Error && ["CredentialsProviderError", "TokenProviderError"].includes(error.name);
}

/**
 * AWS's own words help where it says which policy denies. Of a wrong signature it quotes the signed request, headers and
 * session token included: that is never shown.
 */
function awsSays(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  if (line === "" || /canonical string|string.to.sign|security-token|secretaccesskey|signature=/i.test(line)) return "";
  return ` AWS says: ${line.length > 500 ? `${line.slice(0, 500)}…` : line}`;
}

function callerName({ arn, profile }: CallerFacts): string {
  if (arn === undefined) return capitalised(profileName({ profile }));
  return profile === "environment" ? arn : `${arn} (profile ${profile})`;
}

function profileName({ profile }: Pick<CallerFacts, "profile">): string {
  return profile === "environment" ? "the environment" : `the profile ${profile}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
