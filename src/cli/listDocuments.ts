import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import nodePath from "node:path";
import { manifestName } from "../integration/recogniseManifest";
import { fileError } from "./nodeFileSystem";

/** Documents of one folder, which are checked together, because a manifest says what the others are. */
export interface FolderOfDocuments {
  /** Absolute. */
  readonly folder: string;
  /** How the person named it, with `/` and without one at the end. */
  readonly shown: string;
  /** In the order of the alphabet. */
  readonly names: readonly string[];
  /** The one that was asked for, where the others only tell what it is. */
  readonly only?: string;
}

export interface UnreadablePath {
  readonly path: string;
  readonly message: string;
}

/**
 * The documents to check: files, and the `.json` files of folders, all the way down except hidden folders and
 * node_modules. A folder comes before those in it, which are in the order of the alphabet.
 *
 * Reads synchronously, one folder after the other: for the thousands of small folders of a repository that is several
 * times faster than promises, and nothing else waits for this process.
 *
 * @param paths as the person named them
 * @param found is called for each folder, with the number of documents so far
 */
export function listDocuments(
  paths: readonly string[],
  currentDirectory: string,
  found: (documents: number) => void = () => {},
): { readonly folders: readonly FolderOfDocuments[]; readonly unreadable: readonly UnreadablePath[] } {
  const folders: FolderOfDocuments[] = [];
  const unreadable: UnreadablePath[] = [];
  let documents = 0;

  const walk = (folder: string, shown: string): void => {
    const names: string[] = [];
    const deeper: string[] = [];
    let entries: Dirent[] = [];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: shown, message: fileError("read", shown, error).message });
    }
    for (const entry of entries) {
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && entry.name !== "node_modules") deeper.push(entry.name);
      } else if (entry.name.endsWith(".json") && (entry.isFile() || leadsToFile(folder, entry))) {
        names.push(entry.name);
      }
    }
    if (names.length > 0) {
      folders.push({ folder, shown, names: names.sort() });
      documents += names.length;
      found(documents);
    }
    for (const name of deeper.sort()) walk(inFolder(folder, name), below(shown, name));
  };
  for (const path of paths) {
    const absolute = nodePath.resolve(currentDirectory, path);
    const shown = nodePath
      .normalize(path)
      .replaceAll(nodePath.sep, "/")
      .replace(/(?<=.)\/$/, "");
    try {
      if (statSync(absolute).isDirectory()) walk(absolute, shown);
      else folders.push(oneDocument(absolute, shown));
    } catch (error) {
      unreadable.push({ path, message: fileError("read", path, error).message });
    }
  }
  return { folders, unreadable };
}

function oneDocument(path: string, shown: string): FolderOfDocuments {
  const [folder, name] = [nodePath.dirname(path), nodePath.basename(path)];
  const hasManifest = name !== manifestName && existsSync(nodePath.join(folder, manifestName));
  return {
    folder,
    shown: shown.includes("/") ? shown.slice(0, shown.lastIndexOf("/")) || "/" : ".",
    names: hasManifest ? [name, manifestName] : [name],
    only: name,
  };
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
export function inFolder(folder: string, name: string): string {
  return folder.endsWith(nodePath.sep) ? folder + name : folder + nodePath.sep + name;
}

/** The same for what is shown. */
export function below(shown: string, name: string): string {
  if (shown === ".") return name;
  return shown.endsWith("/") ? shown + name : `${shown}/${name}`;
}
