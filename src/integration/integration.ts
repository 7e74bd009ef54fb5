import type { Finding } from "../checks/finding";
import type { JsonValue } from "../policy/json";
import type { VendorDefinition } from "../vendors/definition";
import type { DocumentRole, Manifest } from "../vendors/manifest";

/** A file system below one root. Paths are relative to the root, with `/`. Errors are UserErrors of code `file`. */
export interface FileSystem {
  /** For messages: how a person would write the path. */
  display(path: string): string;
  read(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  list(path: string): Promise<readonly { readonly name: string; readonly directory: boolean }[]>;
  createDirectory(path: string): Promise<void>;
  write(path: string, text: string): Promise<void>;
  /** Refuses to overwrite. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export interface IntegrationDocument {
  readonly role: DocumentRole;
  /** Relative to the file system's root. */
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Absent when the text is not JSON. */
  readonly value: JsonValue | undefined;
}

/** An integration as it is on disk. */
export interface Integration {
  /** The folder's name: what people call the integration. */
  readonly name: string;
  /** Relative to the file system's root. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly manifestText: string;
  readonly manifestFindings: readonly Finding[];
  readonly definition: VendorDefinition;
  readonly documents: readonly IntegrationDocument[];
}

/** A folder with an integration.json that can't be used as it is; the findings say why. */
export interface BrokenIntegration {
  readonly name: string;
  readonly folder: string;
  readonly manifestText: string;
  readonly manifestFindings: readonly Finding[];
  readonly broken: true;
}
