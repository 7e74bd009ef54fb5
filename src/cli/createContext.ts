import { isatty } from "node:tty";
import { version } from "../../package.json";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { UserError } from "../policy/userError";
import type { CliContext } from "./context";
import { decodeText } from "./decodeText";
import { loadAccount } from "./loadAccount";
import { fileError, nodeFileSystem } from "./nodeFileSystem";
import type { OutputStreams } from "./outputStreams";
import { forTerminal, styleFor } from "./style";

/** The world of a real process. */
export async function createContext(
  workerScript: string | undefined,
  streams: Pick<OutputStreams, "needed">,
): Promise<CliContext> {
  const { stdout, stderr, env } = process;
  const say = (message: string) => void stderr.write(`${forTerminal(message)}\n`);
  const reference = await loadServiceReference();
  const { catalog } = await import("../vendors/catalog");
  let controller: AbortController | undefined;
  let directory: string | undefined;
  // Not before it is needed: somebody may have deleted it.
  const currentDirectory = () => (directory ??= existingDirectory());
  return {
    version,
    vendors: catalog,
    async readVendors(files) {
      const { readOwnDefinitions } = await import("../integration/ownDefinitions");
      return readOwnDefinitions(files, catalog);
    },
    reference,
    get currentDirectory() {
      return currentDirectory();
    },
    print(text, { secret = false } = {}) {
      if (secret) streams.needed();
      stdout.write(stdout.isTTY ? forTerminal(text) : text); // a program gets it as it is
    },
    say,
    style: { output: styleFor(stdout, env), messages: styleFor(stderr, env) },
    get interactive() {
      return isatty(0);
    },
    ask,
    fileSystem: (root) => nodeFileSystem(root, currentDirectory()),
    readStandardInput: () => readStandardInput(controller?.signal),
    loadAccount,
    workerScript,
    // Only who can stop in between takes Ctrl-C away from the process.
    get signal() {
      controller ??= abortOnInterrupt(say);
      return controller.signal;
    },
  };
}

function existingDirectory(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw fileError("use", "the current folder", error);
  }
}

/** The first Ctrl-C (or a closed terminal) asks to stop after the running step, the second one ends the process. */
function abortOnInterrupt(say: (message: string) => void): AbortController {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      say("Stopping after the running step. Press Ctrl-C again to end at once.");
      controller.abort(new UserError("cancelled", "Cancelled."));
    });
  }
  return controller;
}

/** Not at one go: what writes it may take its time, and Ctrl-C must be heard meanwhile. */
async function readStandardInput(signal: AbortSignal | undefined): Promise<string> {
  const { addAbortSignal } = await import("node:stream");
  const input = signal ? addAbortSignal(signal, process.stdin) : process.stdin;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of input) chunks.push(Buffer.from(chunk));
  } catch (error) {
    throw fileError("read", "standard input", signal?.aborted ? signal.reason : error);
  }
  const bytes = Buffer.concat(chunks);
  return decodeText(bytes.toString("utf8"), () => bytes);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline");
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise<string>((resolve, reject) => {
    let answered = false;
    reader.once("SIGINT", () => reader.close());
    reader.once("close", () => {
      if (answered) return;
      process.stderr.write("\n");
      reject(new UserError("cancelled", "Cancelled. Nothing was changed."));
    });
    reader.question(forTerminal(question), (answer) => {
      answered = true;
      resolve(answer);
    });
  }).finally(() => reader.close());
}
