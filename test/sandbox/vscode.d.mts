import type { Browser, BrowserContext, Page } from "playwright-core";

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  url(folder?: string): string;
  readonly exited: Promise<number>;
  log(): string;
  stop(): Promise<void>;
}

export interface Workbench {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
}

export function startServer(options?: {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly workspaceTrust?: boolean;
  readonly dataFolder?: string;
  readonly port?: number;
  readonly args?: readonly string[];
}): Promise<Server>;

export function openWorkbench(
  server: Server,
  options: {
    readonly folder?: string;
    readonly extensions?: readonly string[];
    readonly testsPath?: string;
    readonly onLog?: (type: string, args: unknown[]) => void;
    readonly onExit?: (code: number) => void;
    readonly browserOnly?: boolean;
    readonly viewport?: { readonly width: number; readonly height: number };
  },
): Promise<Workbench>;

export function runCommand(page: Page, title: string, options?: { readonly timeout?: number }): Promise<void>;

export function installExtension(vsix: string, dataFolder: string): Promise<void>;
