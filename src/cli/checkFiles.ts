import { type CheckedDocuments, type CheckKnowledge, checkDocuments } from "./checkDocuments";
import { type CheckHelper, callHelper, clean } from "./checkHelper";
import { compileLittle } from "./compilerFlags";
import { below, type FolderOfDocuments, inFolder, listDocuments, type UnreadablePath } from "./listDocuments";
import type { CheckedFile } from "./report/locate";

export interface FileOnDisk extends CheckedFile {
  readonly absolutePath: string;
}

export interface CheckedFiles {
  readonly files: readonly FileOnDisk[];
  readonly unreadable: readonly UnreadablePath[];
}

export interface CheckFilesOptions extends CheckKnowledge {
  readonly currentDirectory: string;
  /** The script of a worker that helps with many documents; absent: none does. */
  readonly workerScript: string | undefined;
}

/** So many documents pay for starting a thread. */
const documentsWorthHelp = 600;

/**
 * Checks files, and the `.json` files of folders. Where there are many, a worker starts while the rest are being listed.
 *
 * @param paths as the person named them; what is found is reported under these names, each file once
 */
export async function checkFiles(
  paths: readonly string[],
  { currentDirectory, vendors, reference, workerScript }: CheckFilesOptions,
): Promise<CheckedFiles> {
  let helper: CheckHelper | undefined;
  const { folders, unreadable } = listDocuments(paths, currentDirectory, (documents) => {
    if (documents >= documentsWorthHelp && workerScript !== undefined) helper ??= callHelper(workerScript);
  });
  compileLittle();
  const checked = await checkAll(folders, { vendors, reference }, helper);
  return {
    files: filesOf(folders, checked, paths),
    unreadable: [...unreadable, ...checked.flatMap((result) => result.unreadable)],
  };
}

/** In this thread and, with a helper, in the worker beside it. */
async function checkAll(
  folders: readonly FolderOfDocuments[],
  knowledge: CheckKnowledge,
  helper: CheckHelper | undefined,
): Promise<readonly CheckedDocuments[]> {
  if (helper === undefined) return folders.map((folder) => checkDocuments(folder, knowledge));
  helper.start({ folders, vendors: knowledge.vendors });
  const own = new Map<FolderOfDocuments, CheckedDocuments>();
  for (let folder = folders[helper.take()]; folder !== undefined; folder = folders[helper.take()]) {
    own.set(folder, checkDocuments(folder, knowledge));
  }
  // A helper that came too late to take anything is not waited for.
  const helped = own.size < folders.length ? await helper.results : undefined;
  helper.release();
  return folders.map((folder, number) => {
    // What a worker took and did not finish, because it could not start or ran out of memory, is done here.
    const missing = () => (helped === undefined ? checkDocuments(folder, knowledge) : clean(folder));
    return own.get(folder) ?? helped?.get(number) ?? missing();
  });
}

function filesOf(
  folders: readonly FolderOfDocuments[],
  checked: readonly CheckedDocuments[],
  paths: readonly string[],
): readonly FileOnDisk[] {
  // Of one path the only ones to be there twice are those that a manifest has in a folder below its own.
  let mayRepeat = paths.length > 1;
  const files: FileOnDisk[] = [];
  for (const [number, { folder, shown }] of folders.entries()) {
    for (const { name, text, findings } of checked[number]?.documents ?? []) {
      mayRepeat ||= name.includes("/");
      files.push({ path: below(shown, name), absolutePath: inFolder(folder, name), text, findings });
    }
  }
  return mayRepeat ? eachOnce(files) : files;
}

function eachOnce(files: readonly FileOnDisk[]): readonly FileOnDisk[] {
  const seen = new Set<string>();
  return files.filter(({ absolutePath }) => seen.size < seen.add(absolutePath).size);
}
