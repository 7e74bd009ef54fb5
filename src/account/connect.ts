import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { UserError } from "../policy/userError";
import type { AccountSession, ConnectOptions, Identity } from "./account";
import { callAws, createClients, onePatientAttempt } from "./aws";
import type { Clock } from "./clock";
import { credentialProvider, credentialSource } from "./credentials";
import { endpointSettings } from "./endpoints";
import { type CallerFacts, toUserError } from "./errors";
import type { Journal } from "./journal/journal";
import { environmentProfile, signInCommand } from "./profiles";
import { createSession } from "./session";
import { readSharedFiles, type Section } from "./sharedFiles";

/**
 * Turns a profile into a session: credentials from the SDK's own providers, the region of the option, the profile, the
 * environment or us-east-1, and who one is from STS.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 *
 * @throws UserError profile-unknown, credentials-missing, credentials-expired, network, cancelled
 */
export async function connect(options: ConnectOptions, clock: Clock, journal: Journal): Promise<AccountSession> {
  // The SDK's word about coming Node.js versions is for us, not for people at a command line.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const files = await readSharedFiles();
  const source = credentialSource(options.profile, files);
  const profile = source.kind === "profile" ? source.name : undefined;
  const region =
    options.region ||
    files.profiles[profile ?? ""]?.region ||
    process.env.AWS_REGION ||
    process.env.AWS_DEFAULT_REGION ||
    firstRegion(files.profiles[profile ?? ""]);
  const credentials = credentialProvider(source, files, {
    region,
    ...(options.mfaCode && { mfaCode: options.mfaCode }),
  });
  const sts = endpointSettings("STS", profile, files);
  const stranger: CallerFacts = {
    profile: profile ?? environmentProfile,
    arn: undefined,
    account: undefined,
    signIn: profile === undefined ? undefined : signInCommand(profile, files.profiles),
    endpoint: sts.endpoint,
  };
  await orAborted(credentials(), options.signal).catch((error: unknown) => {
    if (options.signal?.aborted) throw new UserError("cancelled", "Cancelled.");
    throw toUserError(
      error,
      files.profiles[profile ?? ""]?.role_arn ? "sts:AssumeRole" : "sts:GetCallerIdentity",
      stranger,
    );
  });

  const client = new STSClient({ ...sts, region, credentials, ...onePatientAttempt(clock) });
  const http = options.signal ? { abortSignal: options.signal } : {};
  const context = { clock, caller: stranger, signal: options.signal, http };
  try {
    const { Account, Arn } = await callAws(context, "sts:GetCallerIdentity", (each) =>
      client.send(new GetCallerIdentityCommand({}), each),
    );
    const identity = { ...parseIdentity(Account, Arn), region, profile: stranger.profile };
    const caller = { ...stranger, arn: identity.arn, account: identity.account };
    return createSession(identity, createClients(profile, files, region, credentials, clock), caller, clock, journal);
  } finally {
    client.destroy();
  }
}

/** Nothing tells the program of a `credential_process` to stop: it is only waited for no longer. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const stop = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true, signal: stop.signal });
  });
  return Promise.race([work, aborted]).finally(() => stop.abort());
}

function parseIdentity(account = "", arn = ""): Pick<Identity, "account" | "arn" | "partition"> {
  const partition = arn.split(":")[1];
  if (partition !== "aws" && partition !== "aws-cn" && partition !== "aws-us-gov") {
    throw new UserError(
      "aws",
      `The partition ${partition} of ${arn} is not supported: only aws, aws-cn and aws-us-gov are.`,
    );
  }
  return { account, arn, partition };
}

/** Where nobody said a region: one of the partition that the profile's role is in, else AWS's first. */
function firstRegion({ role_arn: roleArn = "", sso_region: ssoRegion = "" }: Section = {}): string {
  if (roleArn.startsWith("arn:aws-cn:") || ssoRegion.startsWith("cn-")) return "cn-north-1";
  if (roleArn.startsWith("arn:aws-us-gov:") || ssoRegion.startsWith("us-gov-")) return "us-gov-west-1";
  return "us-east-1";
}
