import { promises as disk, existsSync, readFileSync } from "node:fs";
import nodePath from "node:path";
import { applySafeFixes } from "../checks/applyFixes";
import type { Finding } from "../checks/finding";
import { checkFolder } from "../integration/checkFolder";
import { manifestName } from "../integration/recogniseManifest";
import type { CheckKnowledge } from "./checkDocuments";
import type { CheckedFiles } from "./checkFiles";
import { fileError, writeAtomically } from "./nodeFileSystem";

export interface FixedFiles {
  /** Paths of the files that were written. */
  readonly repaired: readonly string[];
  /** How many findings were repaired. */
  readonly fixed: number;
  readonly refused: CheckedFiles["unreadable"];
}

/** Applies the fixes that need no choice, file by file, each file written whole or not at all. */
export async function fixFiles(files: CheckedFiles["files"], knowledge: CheckKnowledge): Promise<FixedFiles> {
  const repaired: string[] = [];
  const refused: { path: string; message: string }[] = [];
  let fixed = 0;
  // The manifest first: what its documents must be depends on it.
  for (const file of [...files].sort((a, b) => Number(isManifestFile(b)) - Number(isManifestFile(a)))) {
    if (!file.findings.some(({ fixes }) => fixes.some(({ safe }) => safe))) continue;
    try {
      const result = applySafeFixes(file.text, (text) => checkAgain(file.absolutePath, text, knowledge));
      if (result.text === file.text) continue;
      // Through a link, so that the link stays one.
      await writeAtomically(await disk.realpath(file.absolutePath), result.text);
      repaired.push(file.path);
      fixed += result.fixed;
    } catch (error) {
      refused.push({ path: file.path, message: fileError("write", file.path, error).message });
    }
  }
  return { repaired, fixed, refused };
}

function isManifestFile({ absolutePath }: { readonly absolutePath: string }): boolean {
  return nodePath.basename(absolutePath) === manifestName;
}

function checkAgain(absolutePath: string, text: string, { vendors, reference }: CheckKnowledge): readonly Finding[] {
  const folder = nodePath.dirname(absolutePath);
  const name = nodePath.basename(absolutePath);
  const manifestPath = nodePath.join(folder, manifestName);
  const texts = new Map([[name, text]]);
  if (name !== manifestName && existsSync(manifestPath)) texts.set(manifestName, readFileSync(manifestPath, "utf8"));
  const findings = checkFolder(texts, vendors, {
    reference,
    folder: folder.split(nodePath.sep).join("/"),
    fileExists: (other) => existsSync(nodePath.join(folder, other)),
  });
  return findings.get(name) ?? [];
}
