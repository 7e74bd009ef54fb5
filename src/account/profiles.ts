import { isAccountId, parseArn } from "../policy/arn";
import type { Profile } from "./account";
import { readSharedFiles, type Section, type Sections } from "./sharedFiles";

/** The name under which the credentials of the environment variables are offered, unless a profile is called so. */
export const environmentProfile = "environment";

/** Profiles of the shared files in alphabetical order, `environment` first when its variables are set. */
export async function listProfiles(): Promise<readonly Profile[]> {
  const { profiles } = await readSharedFiles();
  const listed = Object.keys(profiles)
    .sort((a, b) => a.localeCompare(b))
    .map((name) => {
      const profile = profiles[name] ?? {};
      const account = accountOf(profile);
      return { name, region: profile.region, source: describeSource(profile), ...(account && { account }) };
    });
  if (!hasEnvironmentCredentials() || profiles[environmentProfile]) return listed;
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  return [{ name: environmentProfile, region, source: "environment" }, ...listed];
}

/**
 * Where a profile's credentials are for, without a call.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
function accountOf({ role_arn: role, sso_account_id: sso }: Section): string | undefined {
  const account = role === undefined ? sso : parseArn(role)?.account;
  return account !== undefined && isAccountId(account) ? account : undefined;
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html */
export function hasEnvironmentCredentials(): boolean {
  return Boolean(process.env.AWS_ACCESS_KEY_ID && process.env.AWS_SECRET_ACCESS_KEY);
}

/**
 * Where a profile's credentials come from, in words, in the order in which the SDK looks.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
function describeSource(profile: Section): string {
  if (profile.role_arn && profile.web_identity_token_file) return "web identity";
  if (profile.role_arn) return profile.mfa_serial ? "assumes a role, with MFA" : "assumes a role";
  if (profile.aws_access_key_id) return "access key";
  if (profile.credential_process) return "process";
  if (profile.sso_session || profile.sso_start_url) return "SSO";
  if (profile.login_session) return "console sign-in";
  return "no credentials";
}

/**
 * The command that renews a profile's sign-in, following `source_profile`; undefined where there is none.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html
 */
export function signInCommand(name: string, profiles: Sections): string | undefined {
  const seen = new Set<string>();
  for (let current: string | undefined = name; current !== undefined && !seen.has(current); ) {
    seen.add(current);
    const profile: Section = profiles[current] ?? {};
    if (profile.sso_session || profile.sso_start_url) return `aws sso login --profile ${current}`;
    if (profile.login_session) return `aws login --profile ${current}`;
    current = profile.source_profile;
  }
  return undefined;
}
