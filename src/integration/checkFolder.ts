import { checkDocument } from "../checks/checkDocument";
import { checkManifest } from "../checks/checkManifest";
import type { BucketFacts, CheckContext, Finding } from "../checks/finding";
import { mayBePolicy } from "../policy/readPolicy";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import { documentNames } from "./buildIntegration";
import { staysInFolder } from "./documentPath";
import { isManifest, manifestName } from "./recogniseManifest";

export interface CheckFolderOptions {
  /** The folder's path with `/`, as much as is known: tells whether an integration.json is ours. */
  readonly folder?: string;
  readonly buckets?: readonly BucketFacts[];
  readonly reference?: ServiceReference;
  /** Whether the folder holds a file that is not in `files`. */
  readonly fileExists?: (name: string) => boolean;
  /** Reads a document that the manifest names and that is not in `files`, to check it, too. */
  readonly read?: (name: string) => string | undefined;
}

/**
 * Checks the JSON texts of one folder: an integration's documents as such, everything else as what it is.
 *
 * @param files texts by their names; names that lie deeper hold `/`
 * @returns what was checked, by name: the manifest, its documents, and every text that may be a policy document. Other
 * JSON is not in it.
 */
export function checkFolder(
  files: ReadonlyMap<string, string>,
  vendors: readonly VendorDefinition[],
  options: CheckFolderOptions = {},
): ReadonlyMap<string, readonly Finding[]> {
  const { folder = "", buckets, reference, fileExists = () => false, read = () => undefined } = options;
  const plainContext: CheckContext = { vendors, buckets, reference };
  const findings = new Map<string, readonly Finding[]>();
  const contexts = new Map<string, CheckContext>();
  const manifestText = files.get(manifestName);
  if (manifestText !== undefined && isManifest(folder, manifestText)) {
    const checked = checkManifest(manifestText, {
      vendors,
      fileExists: (name) => staysInFolder(name) && (files.has(name) || fileExists(name)),
    });
    findings.set(manifestName, checked.findings);
    const { manifest, definition } = checked;
    if (manifest && definition) {
      for (const { role, name } of documentNames(manifest)) {
        contexts.set(name, { vendors, buckets, reference, integration: { manifest, definition, documentRole: role } });
      }
    }
  }
  for (const [name, text] of files) {
    if (findings.has(name)) continue;
    const context = contexts.get(name);
    if (context) findings.set(name, checkDocument(text, context));
    else if (mayBePolicy(text)) findings.set(name, checkDocument(text, plainContext));
  }
  for (const [name, context] of contexts) {
    const text = findings.has(name) || !staysInFolder(name) ? undefined : read(name);
    if (text !== undefined) findings.set(name, checkDocument(text, context));
  }
  return findings;
}
