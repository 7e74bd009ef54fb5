import * as vscode from "vscode";
import type { FileSystem } from "../integration/integration";
import { UserError } from "../policy/userError";

/**
 * The files below `root` as the person sees them: unsaved text of an open editor comes before the file on disk.
 * Writes go to disk. Works on every kind of folder that VS Code can open (local, remote, virtual).
 */
export function workspaceFileSystem(root: vscode.Uri): FileSystem {
  const at = (path: string): vscode.Uri => (path === "" ? root : vscode.Uri.joinPath(root, ...path.split("/")));
  // An integration is written into a hidden folder, which then gets its name: that name is the one people know.
  const display = (path: string): string =>
    vscode.workspace.asRelativePath(at(path.replace(/(^|\/)\.([^/]+)\.[0-9a-f]{8}\.partial(?=\/|$)/, "$1$2")));

  async function attempt<Result>(what: string, path: string, run: (uri: vscode.Uri) => Thenable<Result>) {
    try {
      return await run(at(path));
    } catch (error) {
      throw new UserError("file", `${what} ${display(path)}: ${reason(error)}`, { cause: error });
    }
  }

  return {
    display,
    async read(path) {
      const open = openDocument(at(path));
      // A document without unsaved text can lag behind the file; the file is then what counts.
      if (open?.isDirty) return open.getText();
      return readText(await attempt("Can’t read", path, (uri) => vscode.workspace.fs.readFile(uri)), at(path));
    },
    async exists(path) {
      try {
        await vscode.workspace.fs.stat(at(path));
        return true;
      } catch (error) {
        if (isNotFound(error)) return false;
        throw new UserError("file", `Can’t read ${display(path)}: ${reason(error)}`, { cause: error });
      }
    },
    async list(path) {
      const entries = await attempt("Can’t list the folder", path, (uri) => vscode.workspace.fs.readDirectory(uri));
      return entries.map(([name, type]) => ({ name, directory: (type & vscode.FileType.Directory) !== 0 }));
    },
    createDirectory: (path) =>
      attempt("Can’t create the folder", path, (uri) => vscode.workspace.fs.createDirectory(uri)),
    write: (path, text) =>
      attempt("Can’t write", path, (uri) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))),
    rename: (from, to) =>
      attempt("Can’t create", to, (uri) => vscode.workspace.fs.rename(at(from), uri, { overwrite: false })),
    remove: (path) =>
      attempt("Can’t remove", path, (uri) => vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false })),
  };
}

/** In the encoding that VS Code reads the file in, so that an editor has the same text. */
export async function readText(bytes: Uint8Array, uri: vscode.Uri): Promise<string> {
  return vscode.workspace.decode(bytes, { uri });
}

/** The document of an open editor (or one that VS Code still holds in memory). */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}

function isNotFound(error: unknown): boolean {
  // A path through a file ("integration.json/x") is "not a directory" on some systems: nothing is there either.
  return error instanceof vscode.FileSystemError && ["FileNotFound", "FileNotADirectory"].includes(error.code);
}

const noPermission = "you have no permission. Change the folder’s permissions or open another folder.";
const notAFolder = "a part of its path is a file. Move that file away, or name another folder in vendorAccess.folder.";

function reason(error: unknown): string {
  if (!(error instanceof vscode.FileSystemError)) return error instanceof Error ? error.message : String(error);
  switch (error.code) {
    case "FileNotFound":
      return "it does not exist.";
    case "FileExists":
      return "it exists already.";
    case "FileNotADirectory":
      return notAFolder;
    case "NoPermissions":
      return noPermission;
    default:
      if (/EACCES|EPERM|EROFS/.test(error.message)) return noPermission;
      return error.message.includes("ENOTDIR") ? notAFolder : error.message;
  }
}
