import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { commands } from "../../../src/cli/commands";
import type { CliContext } from "../../../src/cli/context";
import { nodeFileSystem } from "../../../src/cli/nodeFileSystem";
import { run } from "../../../src/cli/run";
import { plainStyle } from "../../../src/cli/style";
import { readOwnDefinitions } from "../../../src/integration/ownDefinitions";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { UserError } from "../../../src/policy/userError";
import { catalog } from "../../../src/vendors/catalog";

/** A folder of the test's own, under its real name. */
export function makeFolder(): string {
  return realpathSync(mkdtempSync(path.join(os.tmpdir(), "va-cli-")));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Writes files by their paths below a folder. */
export function writeFiles(folder: string, files: { readonly [name: string]: string }): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** Every file below a folder with its text, also hidden ones. */
export function readFiles(folder: string): { readonly [name: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file).split(path.sep).join("/"), readFileSync(file, "utf8")]),
  );
}

export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly messages: string;
  /** What was asked. */
  readonly questions: readonly string[];
}

/** Runs the program in a folder. Whoever can be asked gives `answers`, in order. */
export async function runIn(
  folder: string,
  words: readonly string[],
  changes: Partial<CliContext> & { readonly answers?: readonly string[]; readonly input?: string } = {},
): Promise<Outcome> {
  let output = "";
  let messages = "";
  const questions: string[] = [];
  const { answers, input, ...others } = changes;
  const remaining = [...(answers ?? [])];
  const context: CliContext = {
    version: "1.2.3",
    vendors: catalog,
    readVendors: async (files) => readOwnDefinitions(files, catalog),
    reference: await loadServiceReference(),
    currentDirectory: folder,
    print: (text) => {
      output += text;
    },
    say: (message) => {
      messages += `${message}\n`;
    },
    style: { output: plainStyle, messages: plainStyle },
    interactive: answers !== undefined,
    ask: async (question) => {
      questions.push(question);
      const answer = remaining.shift();
      if (answer === undefined) throw new UserError("cancelled", "Cancelled.");
      return answer;
    },
    fileSystem: (root) => nodeFileSystem(root, folder),
    readStandardInput: async () => input ?? "",
    loadAccount: async () => {
      throw new Error("this test must not reach AWS");
    },
    workerScript: undefined,
    signal: new AbortController().signal,
    ...others,
  };
  const code = await run(words, context, async () => commands);
  return { code, output, messages, questions };
}

/** The one JSON value that a command printed. */
export function parsed(outcome: Outcome): Record<string, unknown> {
  const value: unknown = JSON.parse(outcome.output);
  if (typeof value !== "object" || value === null) throw new Error(`no object: ${outcome.output}`);
  return { ...value };
}
