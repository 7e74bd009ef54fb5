import type { AccountRoom } from "../account/account";
import type { FileSystem } from "../integration/integration";
import type { OwnDefinitions } from "../integration/ownDefinitions";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import type { Style } from "./style";

/** Everything that a command has from the world around it, so that a test can give it another world. */
export interface CliContext {
  readonly version: string;
  readonly vendors: readonly VendorDefinition[];
  /** The vendors that the files of a folder define, besides the catalog. Loaded when it is asked for. */
  readonly readVendors: (files: ReadonlyMap<string, string>) => Promise<OwnDefinitions>;
  readonly reference: ServiceReference;
  readonly currentDirectory: string;
  /** Data, on standard output. The text ends with its own line end. `secret`: it holds one, which is told only once. */
  print(text: string, options?: { readonly secret?: boolean }): void;
  /** One message for a person, on standard error. */
  say(message: string): void;
  readonly style: { readonly output: Style; readonly messages: Style };
  /** Whether somebody can be asked: standard input is a terminal. */
  readonly interactive: boolean;
  /** Asks on standard error. Throws UserError `cancelled` when the input ends. */
  ask(question: string): Promise<string>;
  /** The file system below an absolute path. */
  fileSystem(root: string): FileSystem;
  readStandardInput(): Promise<string>;
  loadAccount(): Promise<AccountRoom>;
  /** A script that helps with large checks in a thread of its own; absent: everything is done in this one. */
  readonly workerScript: string | undefined;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}
