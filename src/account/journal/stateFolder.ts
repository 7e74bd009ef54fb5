import os from "node:os";
import path from "node:path";
import { UserError } from "../../policy/userError";

/**
 * Where this user's programs keep what has to outlive them: the same for windows and the command line, so that one goes on
 * with what the other began. XDG_STATE_HOME wins everywhere.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 *
 * @throws UserError `file` where there is no home folder, as in a container whose user is in no list
 */
export function userStateFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  homeFolder: () => string = os.homedir,
): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = env;
  if (XDG_STATE_HOME && path.isAbsolute(XDG_STATE_HOME)) return path.join(XDG_STATE_HOME, "vendor-access");
  const home = existingHome(homeFolder);
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "vendor-access");
  if (platform === "win32") return path.join(LOCALAPPDATA || path.join(home, "AppData", "Local"), "vendor-access");
  return path.join(home, ".local", "state", "vendor-access");
}

function existingHome(homeFolder: () => string): string {
  try {
    return homeFolder();
  } catch (cause) {
    throw new UserError(
      "file",
      "There is no home folder for the journal of what is changed in AWS: set HOME, or XDG_STATE_HOME, to a folder that stays.",
      { cause },
    );
  }
}
