import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import { formatJson } from "../../src/policy/formatJson";
import { manifest, permissions, trust } from "../host/documents";
import { projectFolder } from "../sandbox/paths.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { openWorkbench, startServer } from "../sandbox/vscode.mjs";
import type { Figure } from "./figures";
import type { TypingTimes } from "./inHost/typing";

const keystrokes = 40;
const timeLimit = 180_000;

/** What typing costs in VS Code's extension host: until the findings follow, and in JSON that is not ours. */
export async function measureTyping(): Promise<readonly Figure[]> {
  const { alone, inIntegration, large } = await timesInHost();
  return [
    {
      what: `keystroke to findings, above the debounce, median of ${keystrokes}`,
      measured: spread(alone),
      asked: "≤ 40 ms",
    },
    { what: "  in a document of an integration", measured: spread(inIntegration), asked: "≤ 40 ms" },
    ...large.flatMap(({ what, openings, keystrokes: each }) => [
      { what: `${what}: opened, time in our code`, measured: `${median(openings).toFixed(2)} ms`, asked: "< 5 ms" },
      {
        what: "  a keystroke in it",
        measured: `${median(each).toFixed(2)} ms`,
        asked: "< 5 ms",
      },
    ]),
  ];
}

async function timesInHost(): Promise<TypingTimes> {
  const folder = temporaryFolder("va-bench-");
  const timesFile = path.join(folder, "times.json");
  const workspace = path.join(folder, "workspace");
  writeWorkspace(workspace);
  const outfile = path.join(folder, "typing/index.js");
  await build({
    entryPoints: [path.join(projectFolder, "test/bench/inHost/typing.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    define: { timesFile: JSON.stringify(timesFile), keystrokes: String(keystrokes) },
  });
  const server = await startServer({ env: { HOME: folder } });
  try {
    let ended = (_code: number): void => undefined;
    const end = new Promise<number>((resolve) => {
      ended = resolve;
    });
    const { browser } = await openWorkbench(server, {
      folder: workspace,
      extensions: [writeStopwatch(folder), projectFolder],
      testsPath: outfile,
      onLog: (type, args) => {
        if (type === "error" && /typing|Error: The/.test(String(args[0]))) console.error(...args);
      },
      onExit: ended,
    });
    try {
      const code = await Promise.race([end, wait(timeLimit, "timeout", { ref: false })]);
      if (code !== 0) throw new Error(`The measurement in the extension host ended with ${code}.`);
      return JSON.parse(readFileSync(timesFile, "utf8"));
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    removeTemporaryFolder(folder);
  }
}

function writeWorkspace(folder: string): void {
  const integration = path.join(folder, "vendor-access/lake");
  mkdirSync(integration, { recursive: true });
  const principal = "arn:aws:iam::597713067985:role/activeloop_backend";
  writeFileSync(path.join(folder, "trust-policy.json"), trust(principal));
  writeFileSync(path.join(integration, "integration.json"), manifest("training-data"));
  writeFileSync(path.join(integration, "permissions-policy.json"), permissions("training-data"));
  writeFileSync(path.join(integration, "trust-policy.json"), trust(principal));
}

/** @returns the folder of an extension that starts before ours */
function writeStopwatch(parent: string): string {
  const folder = path.join(parent, "stopwatch");
  mkdirSync(folder);
  const identity = { publisher: "bench", name: "stopwatch", version: "0.0.0", engines: { vscode: "^1.100.0" } };
  const manifestText = formatJson({ ...identity, main: "./main.js", activationEvents: ["*"] });
  writeFileSync(path.join(folder, "package.json"), manifestText);
  copyFileSync(path.join(projectFolder, "test/bench/inHost/stopwatch.cjs"), path.join(folder, "main.js"));
  return folder;
}

/** The median, and the slowest. */
function spread(times: readonly number[]): string {
  return `${median(times).toFixed(0)} ms (slowest ${Math.max(...times).toFixed(0)} ms)`;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? Number.NaN;
}
