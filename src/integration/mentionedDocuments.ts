import { type DocumentRole, documentRoles as knownRoles } from "../vendors/manifest";
import { staysInFolder } from "./documentPath";

/**
 * The documents that a manifest's text names and that lie in its folder. One that does not is never looked at; it is
 * reported as missing.
 */
export function mentionedDocuments(manifestText: string): readonly string[] {
  return [...new Set(namesByRole(manifestText).map(([, name]) => name))].filter(staysInFolder);
}

/** What each of these documents is there, by its name. */
export function documentRoles(manifestText: string): ReadonlyMap<string, DocumentRole> {
  return new Map(
    namesByRole(manifestText).flatMap(([written, name]) => {
      const role = knownRoles.find((known) => known === written);
      return role === undefined ? [] : [[name, role] as const];
    }),
  );
}

function namesByRole(manifestText: string): readonly (readonly [role: string, name: string])[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(manifestText);
  } catch {
    return [];
  }
  if (typeof manifest !== "object" || manifest === null || !("documents" in manifest)) return [];
  const { documents } = manifest;
  if (typeof documents !== "object" || documents === null) return [];
  return Object.entries(documents).flatMap(([role, name]: [string, unknown]) =>
    typeof name === "string" ? [[role, name] as const] : [],
  );
}
