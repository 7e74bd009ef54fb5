import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import nodePath from "node:path";
import { checkFolder } from "../integration/checkFolder";
import { manifestName } from "../integration/recogniseManifest";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import { fileError } from "./nodeFileSystem";
import type { CheckedFile } from "./report/locate";

/** A piece of the work of `check`. `shown` is how the person named it, without a slash at the end. */
export interface CheckTask {
  /** file: one file. folder: the files of one folder. tree: those of the folders in it as well. */
  readonly kind: "file" | "folder" | "tree";
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
}

/** What documents are checked with. */
export interface CheckKnowledge {
  readonly vendors: readonly VendorDefinition[];
  readonly reference: ServiceReference;
}

export interface FileOnDisk extends CheckedFile {
  readonly absolutePath: string;
}

export interface CheckedFiles {
  readonly files: readonly FileOnDisk[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** One object for all files: given the word alone, Node.js makes one for each. */
const asText = { encoding: "utf8", flag: "r" } as const;

/**
 * Does one task. Reads synchronously, one file after the other: for the thousands of small files of a repository that
 * is several times faster than promises, and nothing else waits for this process.
 */
export function checkTask(task: CheckTask, { vendors, reference }: CheckKnowledge): CheckedFiles {
  const files: FileOnDisk[] = [];
  const unreadable: { path: string; message: string }[] = [];

  const readText = (absolutePath: string, shown: string): string | undefined => {
    try {
      return readFileSync(absolutePath, asText);
    } catch (error) {
      unreadable.push({ path: shown, message: fileError("read", shown, error).message });
      return undefined;
    }
  };

  /** Files of one folder are checked together, because a manifest says what the others are. */
  const checkTogether = (folder: string, shown: string, names: readonly string[], only?: string): void => {
    const prefix = inFolder(folder, "");
    const texts = new Map<string, string>();
    const readInto = (name: string): string | undefined => {
      const text = readText(prefix + name, below(shown, name));
      if (text !== undefined) texts.set(name, text);
      return text;
    };
    for (const name of names) readInto(name);
    const findings = checkFolder(texts, vendors, {
      reference,
      folder: nodePath.sep === "/" ? folder : folder.replaceAll(nodePath.sep, "/"),
      fileExists: (name) => existsSync(prefix + name),
      read: (name) => (only === undefined && existsSync(prefix + name) ? readInto(name) : undefined),
    });
    for (const [name, found] of findings) {
      if (only !== undefined && name !== only) continue;
      files.push({
        path: below(shown, name),
        absolutePath: prefix + name,
        // Most documents have no findings; keeping all texts would cost more than reading them.
        text: found.length > 0 ? (texts.get(name) ?? "") : "",
        findings: found,
      });
    }
  };

  const walk = (folder: string, shown: string): void => {
    const { documents, folders } = readFolder(folder, shown, unreadable);
    if (documents.length > 0) checkTogether(folder, shown, documents);
    if (task.kind === "folder") return;
    for (const name of folders) walk(inFolder(folder, name), below(shown, name));
  };

  if (task.kind === "file") {
    const [folder, name] = [nodePath.dirname(task.path), nodePath.basename(task.path)];
    const hasManifest = name !== manifestName && existsSync(nodePath.join(folder, manifestName));
    const shown = task.shown.includes("/") ? task.shown.slice(0, task.shown.lastIndexOf("/")) || "/" : ".";
    checkTogether(folder, shown, hasManifest ? [name, manifestName] : [name], name);
  } else {
    walk(task.path, task.shown);
  }
  return { files, unreadable };
}

/**
 * The folder's own files and each folder in it, as tasks of their own.
 *
 * @returns undefined when it can't be read: then doing the task reports that
 */
export function splitTree({ path, shown }: CheckTask): readonly CheckTask[] | undefined {
  const unreadable: { path: string; message: string }[] = [];
  const { folders } = readFolder(path, shown, unreadable);
  if (unreadable.length > 0) return undefined;
  return [
    { kind: "folder", path, shown },
    ...folders.map((name): CheckTask => ({ kind: "tree", path: inFolder(path, name), shown: below(shown, name) })),
  ];
}

/** What is to be checked in a folder, in the order of the alphabet: `.json` files, and folders to go down into. */
function readFolder(
  folder: string,
  shown: string,
  unreadable: { path: string; message: string }[],
): { readonly documents: readonly string[]; readonly folders: readonly string[] } {
  const documents: string[] = [];
  const folders: string[] = [];
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    unreadable.push({ path: shown, message: fileError("read", shown, error).message });
  }
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && entry.name !== "node_modules") folders.push(entry.name);
    } else if (entry.name.endsWith(".json") && (entry.isFile() || leadsToFile(folder, entry))) {
      documents.push(entry.name);
    }
  }
  return { documents: documents.sort(), folders: folders.sort() };
}

/** A link to a file is read; a link to a folder is not followed, because it may lead round in a circle. */
function leadsToFile(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(nodePath.join(folder, entry.name)).isFile();
  } catch {
    return true; // a link to nothing: reading it says so
  }
}

/** As `nodePath.join`, which would look at each of the thousands of paths again that are normal already. */
function inFolder(folder: string, name: string): string {
  return folder.endsWith(nodePath.sep) ? folder + name : folder + nodePath.sep + name;
}

function below(shown: string, name: string): string {
  if (shown === ".") return name;
  return shown.endsWith("/") ? shown + name : `${shown}/${name}`;
}
