import { existsSync, readFileSync } from "node:fs";
import nodePath from "node:path";
import type { Finding } from "../checks/finding";
import { checkFolder } from "../integration/checkFolder";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import { decodeText } from "./decodeText";
import { below, type FolderOfDocuments, inFolder, type UnreadablePath } from "./listDocuments";
import { fileError } from "./nodeFileSystem";

/** What documents are checked with. */
export interface CheckKnowledge {
  readonly vendors: readonly VendorDefinition[];
  readonly reference: ServiceReference;
}

/** What was found in the documents of a folder. */
export interface CheckedDocuments {
  readonly documents: readonly CheckedDocument[];
  readonly unreadable: readonly UnreadablePath[];
}

export interface CheckedDocument {
  /** In the folder; of a document that the manifest has below it with `/`. */
  readonly name: string;
  /** Empty when nothing was found: to keep all texts would cost more than to read them. */
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** One object for all files: given the word alone, Node.js makes one for each. */
const asText = { encoding: "utf8", flag: "r" } as const;

/** Reads the documents and checks them, in this thread, with nothing waiting. */
export function checkDocuments(
  { folder, shown, names, only }: FolderOfDocuments,
  { vendors, reference }: CheckKnowledge,
): CheckedDocuments {
  const unreadable: UnreadablePath[] = [];
  const texts = new Map<string, string>();
  const read = (name: string): string | undefined => {
    try {
      const path = inFolder(folder, name);
      const text = decodeText(readFileSync(path, asText), () => readFileSync(path));
      texts.set(name, text);
      return text;
    } catch (error) {
      const path = below(shown, name);
      unreadable.push({ path, message: fileError("read", path, error).message });
      return undefined;
    }
  };
  for (const name of names) read(name);
  const exists = (name: string) => existsSync(inFolder(folder, name));
  const found = checkFolder(texts, vendors, {
    reference,
    folder: nodePath.sep === "/" ? folder : folder.replaceAll(nodePath.sep, "/"),
    fileExists: exists,
    read: (name) => (only === undefined && exists(name) ? read(name) : undefined),
  });
  const documents: CheckedDocument[] = [];
  for (const [name, findings] of found) {
    if (only !== undefined && name !== only) continue;
    documents.push({ name, text: findings.length > 0 ? (texts.get(name) ?? "") : "", findings });
  }
  return { documents, unreadable };
}
