import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import type { Identity } from "./account";
import { awsErrorFacts, isThrottling, temporary } from "./awsError";
import { backoff, type Clock, pause } from "./clock";
import type { Credentials } from "./credentials";
import { endpointSettings, type Service } from "./endpoints";
import { type CallerFacts, toUserError } from "./errors";
import type { SharedFiles } from "./sharedFiles";
import { createPolicyValidator, type ValidatePolicy } from "./verify/accessAnalyzer";

/** The clients of one session. Retrying is done by `callAws`, not by the SDK: one place, one clock. */
export interface Clients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  s3(region: string): S3Client;
  kms(region: string): KMSClient;
  readonly validatePolicy: ValidatePolicy;
  /** The same for somebody else: the owner of an access key, a role that was assumed. */
  as(credentials: Credentials): Clients;
}

export type HttpOptions = { readonly abortSignal?: AbortSignal };

/** What every function that calls AWS gets. */
export interface Aws extends Clients {
  readonly identity: Identity;
  readonly clock: Clock;
  /**
   * Makes one call. Temporary errors are retried; any other is thrown as a UserError with AWS's name for it.
   *
   * @param action the permission that the call needs, as a policy names it: `iam:CreateRole`
   */
  call<Output>(
    action: string,
    send: (options: HttpOptions) => Promise<Output>,
    options?: CallOptions<Output>,
  ): Promise<Output>;
}

export interface CallOptions<Output> {
  /**
   * For a call that must not be made twice: asked when an answer was lost, so that the call may have done its work or not.
   * Answers what the call would have answered, or undefined when it is to be made again.
   */
  readonly lost?: () => Promise<Output | undefined>;
}

export function createClients(
  profile: string | undefined,
  files: SharedFiles,
  region: string,
  credentials: () => Promise<Credentials>,
  clock: Clock,
): Clients {
  const settings = (service: Service, inRegion: string) => ({
    ...endpointSettings(service, profile, files),
    region: inRegion,
    credentials,
    ...onePatientAttempt(clock),
  });
  return {
    iam: new IAMClient(settings("IAM", region)),
    s3: remembered((inRegion) => {
      const s3 = settings("S3", inRegion);
      // An endpoint of one's own seldom has a host name for each bucket.
      const forcePathStyle = s3.endpoint !== undefined && !/\.amazonaws\.com/.test(s3.endpoint);
      // A bucket of another region answers with a redirect that names its region.
      return new S3Client({ ...s3, forcePathStyle, followRegionRedirects: true });
    }),
    kms: remembered((inRegion) => new KMSClient(settings("KMS", inRegion))),
    sts: new STSClient(settings("STS", region)),
    validatePolicy: createPolicyValidator({ ...settings("ACCESSANALYZER", region), patience: clock.patience }),
    as: (others) => createClients(profile, files, region, async () => others, clock),
  };
}

/** Part of a client's configuration: a call is made once and fails when its answer does not come. */
export function onePatientAttempt({ patience }: Clock) {
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: patience, throwOnRequestTimeout: true };
  return { maxAttempts: 1, requestHandler };
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const value = values.get(key) ?? make(key);
    values.set(key, value);
    return value;
  };
}

const attempts = { throttling: 8, other: 4 };

export interface CallContext {
  readonly clock: Clock;
  readonly caller: CallerFacts;
  /** Ends the waiting between two attempts. */
  readonly signal: AbortSignal | undefined;
  /** For reading: ends the call itself. A write is never cut off, because nobody would know whether it was done. */
  readonly http: HttpOptions;
}

/**
 * Makes a call until it succeeds, fails for good, or has failed too often.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export async function callAws<Output>(
  { clock, caller, signal, http }: CallContext,
  action: string,
  send: (options: HttpOptions) => Promise<Output>,
  { lost }: CallOptions<Output> = {},
): Promise<Output> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(http);
    } catch (error) {
      const kind = temporary(error);
      const most = isThrottling(error) ? attempts.throttling : attempts.other;
      if (kind === "no" || attempt >= most) throw toUserError(error, action, caller);
      await pause(clock, backoff(clock, attempt), signal);
      const found = kind === "unknown" ? await lost?.() : undefined;
      if (found !== undefined) return found;
    }
  }
}

/** For a call that is made again when its answer was lost, and must know whether that happened. */
export function lostAnswers(): { readonly options: CallOptions<never>; any(): boolean } {
  let count = 0;
  return {
    options: {
      async lost() {
        count += 1;
        return undefined;
      },
    },
    any: () => count > 0,
  };
}

/** Undefined instead of an error of one of these names. */
export async function unless<Output>(names: readonly string[], call: Promise<Output>): Promise<Output | undefined> {
  try {
    return await call;
  } catch (error) {
    if (names.includes(errorName(error))) return undefined;
    throw error;
  }
}

/** A deletion: fine as well when there is nothing (any more). */
export async function gone(aws: Aws, action: string, send: (options: HttpOptions) => Promise<unknown>): Promise<void> {
  await unless(absent, aws.call(action, send));
}

/** How the services say that there is nothing of that name. */
export const absent = ["NoSuchEntity", "NoSuchBucket", "NotFound"];

/** AWS's name of an error that `call` threw. */
export function errorName(error: unknown): string {
  const { awsErrorName } = error as { awsErrorName?: string };
  return awsErrorName ?? awsErrorFacts(error).name;
}
