import { readdir, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isUserError } from "../policy/userError";
import { type Clock, pause } from "./clock";

/** Milliseconds between two looks at the files. */
const interval = 2_000;

/**
 * Resolves when a profile has credentials again: somebody has signed in, in whatever window or terminal. It is tried only
 * when one of the files that signing in writes has changed.
 *
 * @param connect with the profile, asking nobody anything
 * @throws UserError cancelled
 */
export async function untilSignedIn(
  connect: () => Promise<unknown>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let before = await signInFiles(); ; ) {
    await pause(clock, interval, signal);
    const now = await signInFiles();
    if (now === before) continue;
    before = now;
    try {
      await connect();
      return;
    } catch (error) {
      if (!isUserError(error) || error.code === "cancelled") throw error;
      // What else is lacking is for the next command to say.
      if (error.code !== "credentials-expired") return;
    }
  }
}

/**
 * What tells that somebody has signed in or got new credentials: the names, sizes and times of the files that are written then.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html
 */
async function signInFiles(): Promise<string> {
  const folder = path.join(os.homedir(), ".aws");
  const {
    AWS_CONFIG_FILE = path.join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE = path.join(folder, "credentials"),
    AWS_LOGIN_CACHE_DIRECTORY = path.join(folder, "login/cache"),
  } = process.env;
  const listed = await Promise.all([filesIn(path.join(folder, "sso/cache")), filesIn(AWS_LOGIN_CACHE_DIRECTORY)]);
  const files = [AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, ...listed.flat()];
  const facts = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return JSON.stringify(facts.map((each, index) => [files[index], each?.size, each?.mtimeMs]));
}

/** None where there is no such folder. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name));
}
