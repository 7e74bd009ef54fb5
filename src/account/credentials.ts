import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from "@aws-sdk/client-sts";
import { fromEnv, fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { memoize } from "@smithy/core/config";
import { UserError } from "../policy/userError";
import type { ConnectOptions } from "./account";
import { awsErrorFacts } from "./awsError";
import { endpointSettings } from "./endpoints";
import { environmentProfile, hasEnvironmentCredentials } from "./profiles";
import type { SharedFiles } from "./sharedFiles";

export type Credentials = Awaited<ReturnType<ReturnType<typeof fromIni>>>;

/** profile: one of the shared files. environment: the variables. chain: whatever else the machine has (container, EC2). */
export type CredentialSource =
  | { readonly kind: "profile"; readonly name: string }
  | { readonly kind: "environment" }
  | { readonly kind: "chain" };

/**
 * Which credentials are meant: the profile that was asked for, else what the AWS CLI would take: the environment variables,
 * AWS_PROFILE, the profile `default`, and last what the machine offers. The SDK takes AWS_PROFILE before the variables, and
 * would so be in another account than `aws` in the same terminal.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 *
 * @throws UserError profile-unknown (it lists the known ones), credentials-missing
 */
export function credentialSource(asked: string | undefined, { profiles }: SharedFiles): CredentialSource {
  const name = asked || process.env.AWS_PROFILE;
  if (name) {
    if (profiles[name]) {
      return asked || !hasEnvironmentCredentials() ? { kind: "profile", name } : { kind: "environment" };
    }
    if (name === environmentProfile && asked) return environmentSource();
    throw unknownProfile(name, asked ? "" : ", which AWS_PROFILE names,", Object.keys(profiles));
  }
  if (hasEnvironmentCredentials()) return { kind: "environment" };
  return profiles.default ? { kind: "profile", name: "default" } : { kind: "chain" };
}

function environmentSource(): CredentialSource {
  if (hasEnvironmentCredentials()) return { kind: "environment" };
  throw new UserError(
    "credentials-missing",
    "The environment has no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile.",
  );
}

function unknownProfile(name: string, origin: string, known: readonly string[]): UserError {
  const files = [
    process.env.AWS_CONFIG_FILE ?? "~/.aws/config",
    process.env.AWS_SHARED_CREDENTIALS_FILE ?? "~/.aws/credentials",
  ];
  const advice =
    known.length === 0
      ? "There are no profiles there: run `aws configure sso` or `aws configure`."
      : `Choose one of: ${[...known].sort((a, b) => a.localeCompare(b)).join(", ")}.`;
  return new UserError(
    "profile-unknown",
    `The AWS profile ${name}${origin} is not in ${files.join(" or ")}. ${advice}`,
  );
}

/**
 * The credentials of a source, resolved when first asked for and again five minutes before they expire, once for all
 * clients: nobody is asked for the same MFA code twice.
 */
export function credentialProvider(
  source: CredentialSource,
  files: SharedFiles,
  options: { readonly region: string; readonly mfaCode?: NonNullable<ConnectOptions["mfaCode"]> },
): () => Promise<Credentials> {
  const profile = source.kind === "profile" ? source.name : undefined;
  const { mfaCode } = options;
  const common = {
    ignoreCache: true,
    clientConfig: endpointSettings("SSO", profile, files),
    parentClientConfig: { region: options.region },
    roleAssumer: roleAssumer(profile, files, options),
    ...(mfaCode && { mfaCodeProvider: (serialNumber: string) => mfaCode(serialNumber) }),
  };
  const provider =
    source.kind === "profile"
      ? fromIni({ ...common, profile: source.name })
      : source.kind === "environment"
        ? fromEnv()
        : fromNodeProviderChain(common);
  return memoize(
    () => provider(),
    ({ expiration }) => expiration !== undefined && expiration.getTime() - Date.now() < 300_000,
    ({ expiration }) => expiration !== undefined,
  );
}

/**
 * `role_arn` of a profile. The SDK's own role assumer would ask an STS elsewhere than the profile's `endpoint_url`.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
function roleAssumer(
  profile: string | undefined,
  files: SharedFiles,
  { region, mfaCode }: Parameters<typeof credentialProvider>[2],
) {
  return async (credentials: Credentials, request: AssumeRoleCommandInput): Promise<Credentials> => {
    const client = new STSClient({ ...endpointSettings("STS", profile, files), region, credentials });
    try {
      const { Credentials: assumed } = await withCode(request, mfaCode, (each) =>
        client.send(new AssumeRoleCommand(each)),
      );
      if (!assumed?.AccessKeyId || !assumed.SecretAccessKey || !assumed.SessionToken) {
        throw new UserError(
          "aws",
          `AWS answered without credentials when asked for the role ${request.RoleArn}. Try again.`,
        );
      }
      return {
        accessKeyId: assumed.AccessKeyId,
        secretAccessKey: assumed.SecretAccessKey,
        sessionToken: assumed.SessionToken,
        ...(assumed.Expiration && { expiration: assumed.Expiration }),
      };
    } finally {
      client.destroy();
    }
  };
}

/** A mistyped code is no reason to begin anew; after the third AWS may lock the device. */
const mostCodes = 3;

/** Sends a request with an MFA code, and with another one as long as AWS does not accept it. */
async function withCode<Output>(
  request: AssumeRoleCommandInput,
  mfaCode: ConnectOptions["mfaCode"],
  send: (request: AssumeRoleCommandInput) => Promise<Output>,
): Promise<Output> {
  for (let attempt = 1, current = request; ; attempt++) {
    try {
      return await send(current);
    } catch (error) {
      const { SerialNumber: serialNumber } = request;
      if (!mfaCode || serialNumber === undefined || !isWrongCode(error)) throw error;
      if (attempt === mostCodes) {
        throw new UserError(
          "credentials-missing",
          `AWS did not accept ${mostCodes} codes of the MFA device ${serialNumber}. Is it the right device, and is its clock right? Try again with a new code.`,
        );
      }
      const problem = "AWS did not accept that code. Each code works once: wait for the next one.";
      current = { ...request, TokenCode: await mfaCode(serialNumber, problem) };
    }
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html says AccessDenied for every reason. */
function isWrongCode(error: unknown): boolean {
  const { name, message } = awsErrorFacts(error);
  return name === "AccessDenied" && /MultiFactorAuthentication failed/.test(message);
}
