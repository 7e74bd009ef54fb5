import type { Test } from "mocha";
import type { Locator, Page } from "playwright-core";
import type { Emulator } from "../sandbox/emulator.mjs";
import type { FaultProxy } from "../sandbox/fault-proxy.mjs";

export interface UiOptions {
  readonly workspace?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly workspaceTrust?: boolean;
  readonly extensions?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** What a person does and sees. */
export interface BrowserUi {
  readonly page: Page;
  interactions(): number;
  runCommand(title: string): Promise<void>;
  pick(text: string | RegExp): Promise<void>;
  choices(): Promise<string[]>;
  fill(text: string, prompt?: string | RegExp): Promise<void>;
  type(text: string, prompt?: string | RegExp): Promise<void>;
  notification(text: string | RegExp, options?: { readonly timeout?: number }): Promise<string>;
  dialog(text: string | RegExp, options?: { readonly timeout?: number }): Promise<string>;
  button(name: string): Promise<void>;
  treeItem(text: string | RegExp, options?: { readonly timeout?: number }): Promise<Locator>;
  openFile(file: string): Promise<void>;
  clipboard(): Promise<string>;
  screenshot(name: string, folder: string): Promise<string>;
  stop(): Promise<void>;
}

export interface Ui extends BrowserUi {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly proxy: FaultProxy;
  readonly kmsKeyArn: string;
  readonly env: Readonly<Record<string, string>>;
  open(place?: string): Promise<void>;
  writeMachineSettings(settings: Readonly<Record<string, unknown>>): void;
  writeAwsFiles(texts: { readonly config?: string; readonly credentials?: string }): () => void;
}

export function startUi(options?: UiOptions): Promise<Ui>;
export function startBrowserUi(): Promise<BrowserUi>;
export function saveFailure(ui: BrowserUi | undefined, test: Test | undefined): Promise<void>;
