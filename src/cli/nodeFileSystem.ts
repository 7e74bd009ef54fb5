import { constants, promises as disk } from "node:fs";
import nodePath from "node:path";
import type { FileSystem } from "../integration/integration";
import { UserError } from "../policy/userError";
import { decodeText } from "./decodeText";

/**
 * The machine's file system below one folder. What is written stays there: a path that leads out of the folder is
 * refused, also one that does so through a symbolic link.
 *
 * @param root absolute path of a folder that exists
 * @param currentDirectory paths in messages are relative to it
 */
export function nodeFileSystem(root: string, currentDirectory: string): FileSystem {
  const display = (path: string) => displayPath(nodePath.join(root, path), currentDirectory);

  const locate = (path: string): string => {
    const absolute = nodePath.resolve(root, path);
    if (!isBelow(root, absolute))
      throw new UserError("file", `${path} leads out of ${displayPath(root, currentDirectory)}.`);
    return absolute;
  };

  /** Where a write really goes; refuses when a symbolic link on the way leads out of the root. */
  const locateForWriting = async (path: string): Promise<string> => {
    const absolute = locate(path);
    const real = await realPathOfNearest(absolute);
    if (!isBelow(await disk.realpath(root), real)) {
      throw new UserError(
        "file",
        `${display(path)} is reached through a symbolic link that leads out of ${displayPath(root, currentDirectory)}. Nothing was written. Replace the link by a real folder or file.`,
      );
    }
    return real;
  };

  const attempt = async <T>(doing: string, path: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fileError(doing, display(path), error);
    }
  };

  return {
    display,
    read: (path) =>
      attempt("read", path, async () => {
        const bytes = await disk.readFile(locate(path));
        return decodeText(bytes.toString("utf8"), () => bytes);
      }),
    exists: (path) =>
      attempt("look at", path, async () => {
        try {
          await disk.lstat(locate(path));
          return true;
        } catch (error) {
          if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return false;
          throw error;
        }
      }),
    list: (path) =>
      attempt("list", path, async () => {
        const folder = locate(path);
        const entries = await disk.readdir(folder, { withFileTypes: true });
        return Promise.all(
          entries.map(async (entry) => ({
            name: entry.name,
            directory: entry.isSymbolicLink()
              ? await isDirectory(nodePath.join(folder, entry.name))
              : entry.isDirectory(),
          })),
        );
      }),
    createDirectory: (path) =>
      attempt("make", path, async () => {
        await disk.mkdir(await locateForWriting(path), { recursive: true });
      }),
    write: (path, text) =>
      attempt("write", path, async () => {
        await writeAtomically(await locateForWriting(path), text);
      }),
    rename: (from, to) =>
      attempt("write", to, async () => {
        const [source, target] = [await locateForWriting(from), await locateForWriting(to)];
        if (await disk.lstat(target).catch(() => undefined)) {
          throw new UserError("file", `${display(to)} exists already.`);
        }
        await disk.rename(source, target);
      }),
    remove: (path) =>
      attempt("remove", path, async () => {
        const absolute = locate(path);
        if (absolute === nodePath.resolve(root))
          throw new UserError("file", `${display(path)} is never removed as a whole.`);
        // The link itself goes, not what it leads to; only the way to it must not leave the root.
        const parent = await locateForWriting(nodePath.relative(root, nodePath.dirname(absolute)));
        await disk.rm(nodePath.join(parent, nodePath.basename(absolute)), { recursive: true, force: true });
      }),
  };
}

/**
 * A folder that exists and the rest of the way to `path`, which may not exist yet: the root to give to
 * `nodeFileSystem`, and the path in it.
 */
export async function splitAtExisting(path: string): Promise<{ readonly root: string; readonly rest: string }> {
  let root = nodePath.resolve(path);
  while (!(await isDirectory(root)) && nodePath.dirname(root) !== root) root = nodePath.dirname(root);
  return { root, rest: nodePath.relative(root, nodePath.resolve(path)).split(nodePath.sep).join("/") };
}

/** Never half a text: into a file beside it, which then takes its place. The file's permissions stay. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const before = await disk.stat(path).catch(() => undefined);
  // The folder alone would allow it; a file that somebody has made read-only stays as it is.
  if (before) await disk.access(path, constants.W_OK);
  const partial = nodePath.join(
    nodePath.dirname(path),
    `.${nodePath.basename(path)}.${crypto.randomUUID().slice(0, 8)}.partial`,
  );
  try {
    await disk.writeFile(partial, text, { flag: "wx", ...(before && { mode: before.mode }) });
    await disk.rename(partial, path);
  } catch (error) {
    await disk.rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** As a person would write it: relative when it lies below the current directory. */
export function displayPath(absolute: string, currentDirectory: string): string {
  const relative = nodePath.relative(currentDirectory, absolute);
  if (relative === "") return ".";
  return isBelow(currentDirectory, absolute) ? relative.split(nodePath.sep).join("/") : absolute;
}

/** What the operating system said, for a person. */
export function fileError(doing: string, shown: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const reasons: { readonly [code: string]: string } = {
    ENOENT: "it does not exist",
    EACCES: "permission denied; allow it for your user, or choose another folder",
    EPERM: "permission denied; allow it for your user, or choose another folder",
    EROFS: "the file system is read-only; choose another folder",
    ENOSPC: "the disk is full; make room and try again",
    EPIPE: "nobody reads it any more",
    EDQUOT: "your quota of the disk is used up; make room and try again",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is a file",
    EEXIST: "it exists already",
    ENOTEMPTY: "it exists already",
    ELOOP: "its symbolic links lead in a circle",
    EMFILE: "too many files are open",
    ENAMETOOLONG: "its name is too long",
  };
  const code = codeOf(error);
  const reason = reasons[code ?? ""] ?? (error instanceof Error ? error.message : String(error));
  return new UserError("file", `Can't ${doing} ${shown}: ${reason}.`, { cause: error });
}

function isBelow(folder: string, path: string): boolean {
  const relative = nodePath.relative(folder, path);
  return (
    relative === "" || !(relative === ".." || relative.startsWith(`..${nodePath.sep}`) || nodePath.isAbsolute(relative))
  );
}

/** The real path of what exists of a path, with the rest appended. A dangling link counts as leading where it points. */
async function realPathOfNearest(path: string): Promise<string> {
  try {
    return await disk.realpath(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || nodePath.dirname(path) === path) throw error;
    const link = await disk.lstat(path).catch(() => undefined);
    if (link?.isSymbolicLink()) {
      throw new UserError("file", `${path} is a symbolic link to something that does not exist. Nothing was written.`);
    }
    return nodePath.join(await realPathOfNearest(nodePath.dirname(path)), nodePath.basename(path));
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await disk.stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
