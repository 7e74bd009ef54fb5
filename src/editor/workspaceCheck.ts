import * as vscode from "vscode";
import type { Diagnostics } from "./diagnostics";

export interface WorkspaceCheckResult {
  /** Files that are IAM policy documents or belong to an integration. */
  readonly documents: number;
  readonly errors: number;
  readonly warnings: number;
  /** Files that could not be read, with the reason. */
  readonly unreadable: readonly { readonly uri: vscode.Uri; readonly reason: string }[];
  readonly cancelled: boolean;
}

/** As many reads at once as keep a slow disk or a remote busy without filling the memory. */
const readsAtOnce = 16;

/** Checks every JSON file of the workspace that can be an IAM policy document; VS Code's own `files.exclude` holds. */
export async function checkWorkspace(
  diagnostics: Diagnostics,
  onProgress: (done: number, total: number) => void,
  token: vscode.CancellationToken,
): Promise<WorkspaceCheckResult> {
  const uris = await jsonFiles(token);
  const unreadable: { uri: vscode.Uri; reason: string }[] = [];
  let [documents, errors, warnings, done] = [0, 0, 0, 0];
  const waiting = uris.values();

  async function work(): Promise<void> {
    for (const uri of waiting) {
      if (token.isCancellationRequested) return;
      try {
        const file = await diagnostics.checkClosedFile(uri);
        if (file) documents++;
        for (const { severity } of file?.findings ?? []) {
          if (severity === "error") errors++;
          if (severity === "warning") warnings++;
        }
      } catch (error) {
        unreadable.push({ uri, reason: error instanceof Error ? error.message : String(error) });
      }
      onProgress(++done, uris.length);
    }
  }

  await Promise.all(Array.from({ length: readsAtOnce }, work));
  return { documents, errors, warnings, unreadable, cancelled: token.isCancellationRequested };
}

/** Schemes that VS Code itself searches. For another one `findFiles` waits for an extension that does, maybe for ever. */
const searched = ["file", "vscode-remote"];

async function jsonFiles(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(async ({ uri }) => {
    if (!searched.includes(uri.scheme)) return jsonFilesBelow(uri, token);
    const pattern = new vscode.RelativePattern(uri, "**/*.json");
    return vscode.workspace.findFiles(pattern, "**/{node_modules,.git}/**", undefined, token);
  });
  // One folder of the workspace can lie in another.
  return [...new Map((await Promise.all(folders)).flat().map((uri) => [uri.toString(), uri])).values()];
}

/** A link to a folder may lead around in a circle: it is not followed. */
async function jsonFilesBelow(folder: vscode.Uri, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  if (token.isCancellationRequested) return [];
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const found = entries.map(async ([name, type]) => {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory)
      return name === "node_modules" || name === ".git" ? [] : jsonFilesBelow(uri, token);
    return type & vscode.FileType.File && name.endsWith(".json") ? [uri] : [];
  });
  return (await Promise.all(found)).flat();
}
