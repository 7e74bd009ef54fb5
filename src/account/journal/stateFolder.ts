import os from "node:os";
import path from "node:path";

/**
 * Where this user's programs keep what has to outlive them: the same for windows and the command line, so that one goes on
 * with what the other began. XDG_STATE_HOME wins everywhere.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function userStateFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = env;
  if (XDG_STATE_HOME && path.isAbsolute(XDG_STATE_HOME)) return path.join(XDG_STATE_HOME, "vendor-access");
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "vendor-access");
  if (platform === "win32") return path.join(LOCALAPPDATA || path.join(home, "AppData", "Local"), "vendor-access");
  return path.join(home, ".local", "state", "vendor-access");
}
