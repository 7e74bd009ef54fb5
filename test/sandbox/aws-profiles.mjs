import { writeFileSync } from "node:fs";
import path from "node:path";
import { removeTemporaryFolder, temporaryFolder } from "./processes.mjs";

/** The account that the emulator plays. Not 123456789012: that one stands for "forgot to fill it in". */
export const sandboxAccountId = "210987654321";

/**
 * Writes AWS shared files for this run alone; `~/.aws` is neither read nor written.
 *
 * Profiles: `default` and `sandbox` work, `expired` signs in through an SSO session that does not exist (any more).
 *
 * @param {string} endpoint base address of the emulator, or of a proxy in front of it
 * @returns {{ folder: string, env: Record<string, string>, remove(): void }} `env` makes an AWS SDK use the files
 */
export function writeAwsProfiles(endpoint) {
  const folder = temporaryFolder("va-aws-");
  const env = {
    AWS_CONFIG_FILE: path.join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const place = `region = us-east-1\nendpoint_url = ${endpoint}\n`;
  writeFileSync(
    env.AWS_CONFIG_FILE,
    `[default]
${place}
[profile sandbox]
${place}
[profile expired]
sso_session = company
sso_account_id = ${sandboxAccountId}
sso_role_name = DataEngineer
${place}
[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`,
  );
  const keys = "aws_access_key_id = AKIASANDBOX000000000\naws_secret_access_key = sandbox/not/a/secret\n";
  writeFileSync(env.AWS_SHARED_CREDENTIALS_FILE, `[default]\n${keys}\n[sandbox]\n${keys}`, { mode: 0o600 });
  return { folder, env, remove: () => removeTemporaryFolder(folder) };
}

/** This process's environment with `env` instead of whatever AWS settings the person at the keyboard has. */
export function withAwsEnvironment(env) {
  const others = Object.entries(process.env).filter(([key]) => !key.startsWith("AWS_"));
  return { ...Object.fromEntries(others), ...env };
}

/** Makes this very process use `env`. @returns {() => void} puts back what was there */
export function useAwsEnvironment(env) {
  const before = Object.entries(process.env).filter(([key]) => key.startsWith("AWS_"));
  const replace = (entries) => {
    for (const key of Object.keys(process.env)) if (key.startsWith("AWS_")) delete process.env[key];
    Object.assign(process.env, Object.fromEntries(entries));
  };
  replace(Object.entries(env));
  return () => replace(before);
}
