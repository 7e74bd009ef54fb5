import { statSync } from "node:fs";
import nodePath from "node:path";
import { type CheckedFiles, type CheckKnowledge, type CheckTask, type FileOnDisk, splitTree } from "./checkTask";
import { checkTasks } from "./checkTasks";
import { fileError } from "./nodeFileSystem";

export interface CheckFilesOptions extends CheckKnowledge {
  readonly currentDirectory: string;
  /** The script of a worker that helps with large trees; absent: none does. */
  readonly workerScript: string | undefined;
}

/** As many pieces as let two threads share the work evenly, whichever folders are the large ones. */
const enoughTasks = 64;

/**
 * Checks files, and the `.json` files of folders, all the way down except hidden folders and node_modules.
 *
 * @param paths as the person named them; what is found is reported under these names, each file once
 */
export async function checkFiles(
  paths: readonly string[],
  { currentDirectory, vendors, reference, workerScript }: CheckFilesOptions,
): Promise<CheckedFiles> {
  const unreadable: { path: string; message: string }[] = [];
  const tasks = paths.flatMap((path): CheckTask[] => {
    const absolute = nodePath.resolve(currentDirectory, path);
    const shown = nodePath
      .normalize(path)
      .replaceAll(nodePath.sep, "/")
      .replace(/(?<=.)\/$/, "");
    try {
      return [{ kind: statSync(absolute).isDirectory() ? "tree" : "file", path: absolute, shown }];
    } catch (error) {
      unreadable.push({ path, message: fileError("read", path, error).message });
      return [];
    }
  });
  const checked = await checkTasks(split(tasks), { vendors, reference }, workerScript);
  return {
    files: eachOnce(checked.flatMap(({ files }) => files)),
    unreadable: [...unreadable, ...checked.flatMap((result) => result.unreadable)],
  };
}

/** Splits trees into smaller ones, level by level, in the order in which they are reported. */
function split(tasks: readonly CheckTask[]): readonly CheckTask[] {
  let pieces = tasks;
  while (pieces.length < enoughTasks) {
    const next = pieces.flatMap((task) => (task.kind === "tree" ? (splitTree(task) ?? [task]) : [task]));
    if (next.length === pieces.length) break;
    pieces = next;
  }
  return pieces;
}

/** The same file can be named twice, and a manifest can name a document in a folder below its own. */
function eachOnce(files: readonly FileOnDisk[]): readonly FileOnDisk[] {
  const seen = new Set<string>();
  return files.filter(({ absolutePath }) => {
    const isNew = !seen.has(absolutePath);
    seen.add(absolutePath);
    return isNew;
  });
}
