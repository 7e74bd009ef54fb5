/** Joins a folder and a name with `/`. The empty folder is the file system's root. */
export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/**
 * Whether a path stays below the folder that it is relative to, on every operating system.
 *
 * A manifest comes from a repository that somebody else may have written: a document that it names must never be a
 * reason to read or to write anything outside the integration's own folder.
 */
export function staysInFolder(path: string): boolean {
  if (/^\w[\w.-]*$/.test(path)) return true; // what nearly every path is: a plain name
  // A backslash and a colon are ordinary letters here and separators on Windows; control characters are never meant.
  if (/[\\:\p{Cc}]/u.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
