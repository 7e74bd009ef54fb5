import { loadSharedConfigFiles } from "@smithy/core/config";

/** A section of the shared files: its settings by name. */
export type Section = { readonly [setting: string]: string | undefined };
export type Sections = { readonly [name: string]: Section | undefined };

export interface SharedFiles {
  /** Profiles of both files by name. The credentials file wins where both have a setting, as it does for the AWS CLI. */
  readonly profiles: Sections;
  /** `[services NAME]` sections of the config file by name. */
  readonly services: Sections;
}

/**
 * Reads the shared config and credentials files as the SDK does, `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`
 * included, and anew each time: people edit them while the editor runs. A file that is not there is an empty one.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readSharedFiles(): Promise<SharedFiles> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const profiles: { [name: string]: Section } = {};
  const services: { [name: string]: Section } = {};
  for (const [name, section] of Object.entries(configFile)) {
    if (name.startsWith("services.")) services[name.slice("services.".length)] = section;
    else if (!name.startsWith("sso-session.")) profiles[name] = section;
  }
  for (const [name, section] of Object.entries(credentialsFile)) profiles[name] = { ...profiles[name], ...section };
  return { profiles, services };
}
