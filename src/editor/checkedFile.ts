import { checkDocument } from "../checks/checkDocument";
import type { BucketFacts, Finding } from "../checks/finding";
import { type SeveritySettings, withSeverities } from "../checks/severities";
import { checkFolder } from "../integration/checkFolder";
import type { FileSystem } from "../integration/integration";
import { documentRoles } from "../integration/mentionedDocuments";
import { manifestName } from "../integration/recogniseManifest";
import type { KnownKind } from "../policy/policyDocument";
import { mayBePolicy } from "../policy/readPolicy";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole } from "../vendors/manifest";

/** A text that was checked, with a way to check it again after a fix. */
export interface CheckedFile {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly check: (text: string) => readonly Finding[];
  /** What it is in its integration, whose manifest can accept findings for it. */
  readonly documentRole?: DocumentRole;
}

/** The same file with its findings as the settings want them shown. */
export function shownFile(file: CheckedFile, settings: SeveritySettings): CheckedFile {
  return {
    ...file,
    findings: withSeverities(file.findings, settings),
    check: (text) => withSeverities(file.check(text), settings),
  };
}

export interface CheckOptions {
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: readonly BucketFacts[];
  /** Absent until it is loaded. */
  readonly reference?: ServiceReference;
  /** What the person said that a file outside of integrations is. */
  readonly kind?: KnownKind;
}

/** A file outside every integration; undefined when it can't be an IAM policy document. */
export function checkText(text: string, options: CheckOptions): CheckedFile | undefined {
  if (!mayBePolicy(text)) return undefined;
  const check = (changed: string): readonly Finding[] => checkDocument(changed, options);
  return { text, findings: check(text), check };
}

/**
 * The JSON files of one integration's folder, by their names in it, so that a changed manifest shows in its documents
 * at once.
 *
 * @param files a file system whose root is the integration's folder
 * @param folder the path of that folder, as much as is known
 */
export async function checkIntegration(
  files: FileSystem,
  folder: string,
  options: CheckOptions,
): Promise<ReadonlyMap<string, CheckedFile>> {
  const names = await jsonFiles(files, "");
  const texts = new Map(await Promise.all(names.map(async (name) => [name, await files.read(name)] as const)));
  const check = (changed: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Finding[]> =>
    checkFolder(changed, options.vendors, { folder, ...options });
  const roles = documentRoles(texts.get(manifestName) ?? "");
  return new Map(
    [...check(texts)].map(([name, findings]) => {
      const documentRole = roles.get(name);
      return [
        name,
        {
          text: texts.get(name) ?? "",
          findings,
          check: (text: string) => check(new Map([...texts, [name, text]])).get(name) ?? [],
          ...(documentRole !== undefined && { documentRole }),
        },
      ];
    }),
  );
}

/** A manifest may name documents in folders below its own. */
async function jsonFiles(files: FileSystem, folder: string): Promise<readonly string[]> {
  const entries = await files.list(folder).catch(async (error: unknown) => {
    // Asked only now: each question takes a way to the window and back, in the time after a keystroke.
    if (await files.exists(folder)) throw error;
    return [];
  });
  const found = entries.map(async ({ name, directory }) => {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (directory) return name.startsWith(".") || name === "node_modules" ? [] : jsonFiles(files, path);
    return name.endsWith(".json") ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}
