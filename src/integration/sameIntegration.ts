import type { Integration } from "./integration";

/** Whether an integration is still what it was when it was read before: its manifest and documents, to the byte. */
export function unchanged(before: Integration, after: Integration): boolean {
  return (
    before.manifestText === after.manifestText &&
    before.documents.length === after.documents.length &&
    before.documents.every(({ path, text }, index) => {
      const other = after.documents[index];
      return other?.path === path && other.text === text;
    })
  );
}
