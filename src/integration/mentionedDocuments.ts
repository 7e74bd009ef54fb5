import { staysInFolder } from "./documentPath";

/**
 * The documents that a manifest's text names and that lie in its folder. One that does not is never looked at; it is
 * reported as missing.
 */
export function mentionedDocuments(manifestText: string): readonly string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(manifestText);
  } catch {
    return [];
  }
  if (typeof manifest !== "object" || manifest === null || !("documents" in manifest)) return [];
  const { documents } = manifest;
  if (typeof documents !== "object" || documents === null) return [];
  const names = Object.values(documents).filter((name): name is string => typeof name === "string");
  return [...new Set(names)].filter(staysInFolder);
}
