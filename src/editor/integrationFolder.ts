import * as vscode from "vscode";

/** The setting `vendorAccess.folder`, as a relative path with `/`. A path out of the workspace is not obeyed. */
export function integrationsFolder(scope?: vscode.Uri): string {
  const configured = vscode.workspace.getConfiguration("vendorAccess", scope).get<string>("folder", "");
  const segments = configured.split(/[\\/]+/).filter((segment) => segment !== "" && segment !== ".");
  return segments.length === 0 || segments.includes("..") ? "vendor-access" : segments.join("/");
}

/**
 * The folder of the integration that a JSON file belongs to by its place: `…/vendor-access/<name>/<file>.json`.
 * Hidden folders are not integrations: one that is being written has such a name until it is whole.
 */
export function integrationFolderOf(uri: vscode.Uri): vscode.Uri | undefined {
  if (!uri.path.endsWith(".json")) return undefined;
  const parent = `/${integrationsFolder(uri)}/`;
  const start = uri.path.lastIndexOf(parent);
  const [name, ...rest] = start < 0 ? [] : uri.path.slice(start + parent.length).split("/");
  if (!name || name.startsWith(".") || rest.length === 0) return undefined;
  return uri.with({ path: uri.path.slice(0, start + parent.length) + name });
}
