import type * as vscode from "vscode";
import { manifestName } from "../integration/recogniseManifest";
import type { DocumentKind } from "../policy/policyDocument";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole } from "../vendors/manifest";
import { integrationFolderOf } from "./integrationFolder";
import { type ManifestFacts, manifestFacts } from "./manifestFacts";
import { workspaceFileSystem } from "./workspaceFileSystem";

/** The integration that a document belongs to, and what it is there. */
export interface DocumentIntegration extends ManifestFacts {
  readonly folder: vscode.Uri;
  readonly role: DocumentRole | undefined;
}

/** Undefined outside of every integration. The manifest's unsaved text counts. */
export async function documentIntegration(
  { uri }: vscode.TextDocument,
  vendors: readonly VendorDefinition[],
): Promise<DocumentIntegration | undefined> {
  const folder = integrationFolderOf(uri);
  if (!folder) return undefined;
  const files = workspaceFileSystem(folder);
  const text = await files.read(manifestName).catch(() => undefined);
  if (text === undefined) return undefined;
  const facts = manifestFacts(text, vendors);
  return { ...facts, folder, role: facts.roles.get(uri.path.slice(folder.path.length + 1)) };
}

/** The kind of document that a name promises, as the schemas of package.json are chosen by names. */
export function kindOfName({ path }: vscode.Uri): DocumentKind | undefined {
  const [, name] = /(?:^|[/.])(permissions|trust|assume-role|bucket|key)-policy\.jsonc?$/.exec(path) ?? [];
  switch (name) {
    case "permissions":
    case "bucket":
    case "key":
      return name;
    case "trust":
    case "assume-role":
      return "trust";
    default:
      return undefined;
  }
}

export function kindOfRole(role: DocumentRole | undefined): DocumentKind | undefined {
  return role === "permissions" || role === "trust" ? role : undefined;
}

/** Is this the integration.json of an integration, by its place? */
export function isManifestOf({ uri }: vscode.TextDocument): boolean {
  const folder = integrationFolderOf(uri);
  return folder !== undefined && uri.path === `${folder.path}/${manifestName}`;
}
