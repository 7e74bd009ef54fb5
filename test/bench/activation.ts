import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { packageExtension } from "../sandbox/package-extension.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { installExtension, openWorkbench, runCommand, startServer } from "../sandbox/vscode.mjs";
import type { Figure } from "./figures";

const starts = 5;
const policy = "jfrog-ml-trust.json";
const ourExtension = "vendor-access.vendor-access";
const emptyExtension = "bench.empty";
const jsonExtension = "vscode.json-language-features";

/** In milliseconds, as VS Code reports it: loading the code, calling activate(), and waiting for its promise. */
interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

type Activations = (extension: string) => Activation;

interface Start {
  readonly withoutDocument: Activations;
  /** Milliseconds from the opening of the first policy until everything is loaded, by a stopwatch beside it. */
  readonly loading: number;
  readonly withPolicy: Activations;
}

/**
 * Each start is a window without any editor, in which a policy is then opened, and the same window opened again, with
 * the policy. The yardsticks start at the same time: an extension that does nothing, and VS Code's own for JSON.
 */
export async function measureActivation(): Promise<readonly Figure[]> {
  const folder = temporaryFolder("va-bench-");
  try {
    const vsix = await packageExtension(folder);
    const measured: Start[] = [];
    for (let start = 0; start < starts; start++)
      measured.push(await measureStart(vsix, path.join(folder, String(start))));
    const withPolicy = measured.map((start) => start.withPolicy);
    const withoutDocument = measured.map((start) => start.withoutDocument);
    return [
      {
        what: `activation, median of ${starts}: load + call`,
        measured: milliseconds(withoutDocument.map(loadAndCall(ourExtension))),
        asked: "≤ 15 ms",
      },
      { what: "  load, call, finish of each start", measured: withoutDocument.map(inDetail).join(" ") },
      {
        what: "  an empty extension beside it",
        measured: milliseconds(withoutDocument.map(loadAndCall(emptyExtension))),
      },
      {
        what: "  the rest, when the first policy is opened",
        measured: milliseconds(measured.map(({ loading }) => loading)),
      },
      {
        what: "activation with a policy already open: load + call",
        measured: milliseconds(withPolicy.map(loadAndCall(ourExtension))),
        asked: "≤ 15 ms",
      },
      {
        what: "  with the rest: load + call + finish",
        measured: milliseconds(
          withPolicy.map((times) => loadAndCall(ourExtension)(times) + times(ourExtension).finish),
        ),
      },
      { what: "  load, call, finish of each start", measured: withPolicy.map(inDetail).join(" ") },
      { what: "  an empty extension beside it", measured: milliseconds(withPolicy.map(loadAndCall(emptyExtension))) },
      { what: `  ${jsonExtension}`, measured: milliseconds(withPolicy.map(loadAndCall(jsonExtension))) },
    ];
  } finally {
    removeTemporaryFolder(folder);
  }
}

const loadAndCall =
  (extension: string) =>
  (times: Activations): number =>
    times(extension).load + times(extension).call;

function inDetail(times: Activations): string {
  const { load, call, finish } = times(ourExtension);
  return `${load}+${call}+${finish}`;
}

async function measureStart(vsix: string, folder: string): Promise<Start> {
  const dataFolder = path.join(folder, "vscode");
  const workspace = path.join(folder, "workspace");
  mkdirSync(dataFolder, { recursive: true });
  cpSync("test/sandbox/workspace", workspace, { recursive: true });
  await installExtension(vsix, dataFolder);
  const loadingTime = path.join(folder, "loading-time.txt");
  const extensions = [
    writeExtension(folder, "empty", "onStartupFinished", "exports.activate = () => {};"),
    writeExtension(folder, "stopwatch", "*", stopwatch(loadingTime)),
  ];
  const server = await startServer({ dataFolder, env: { HOME: folder } });
  const { browser, page } = await openWorkbench(server, { folder: workspace, extensions });
  try {
    const withoutDocument = await readActivations(page);
    if (existsSync(loadingTime)) throw new Error("Everything was loaded without a document.");
    await openPolicy(page);
    const loading = await numberIn(loadingTime);
    const file = `vscode-remote://${server.host}${workspace}/from-the-docs/${policy}`;
    const payload = encodeURIComponent(JSON.stringify([["openFile", file]]));
    await page.goto(`${server.url(workspace)}&payload=${payload}`);
    await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    const withPolicy = await readActivations(page);
    return { withoutDocument, loading, withPolicy };
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function openPolicy(page: Page): Promise<void> {
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget input").first();
  await input.fill(policy);
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: policy }).first().click();
  await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
}

/** The rows of VS Code's own table, once it has that of ours. */
async function readActivations(page: Page): Promise<Activations> {
  await page.locator(".statusbar-item").first().waitFor();
  await runCommand(page, "Developer: Startup Performance");
  // Its first lines need not be on the screen: VS Code remembers how far the page was scrolled.
  await page.locator(".editor-group-container.active .view-line", { hasText: "|" }).first().waitFor();
  await page.locator(".editor-group-container.active .monaco-editor").first().click({ force: true });
  await page.keyboard.press("Control+F");
  await page.keyboard.type("| vendor-access");
  await page.keyboard.press("Enter");
  await page.locator(".view-line", { hasText: ourExtension }).first().waitFor({ timeout: 10_000 });
  const rows = await page.locator(".view-line", { hasText: "|" }).allInnerTexts();
  return (extension) => {
    const row = rows.map((text) => text.replaceAll("\u00a0", " ")).find((text) => text.includes(`| ${extension} `));
    // | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
    const [load, call, finish] = (row ?? "")
      .split("|")
      .map((cell) => cell.trim())
      .filter((cell) => /^\d+$/.test(cell))
      .map(Number);
    if (load === undefined || call === undefined || finish === undefined)
      throw new Error(`VS Code tells no times of ${extension}.`);
    return { load, call, finish };
  };
}

/** The number that a file holds, once it is there. */
async function numberIn(file: string): Promise<number> {
  for (const end = Date.now() + 10_000; Date.now() < end; await wait(20))
    if (existsSync(file)) return Number(readFileSync(file, "utf8"));
  throw new Error(`${path.basename(file)} was not written.`);
}

/**
 * Writes an extension for the measurement.
 *
 * @returns its folder
 */
function writeExtension(parent: string, name: string, activationEvent: string, code: string): string {
  const folder = path.join(parent, name);
  const activationEvents = [activationEvent];
  const engines = { vscode: "^1.100.0" };
  const manifest = { publisher: "bench", name, version: "0.0.0", engines, main: "./main.js", activationEvents };
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(path.join(folder, "main.js"), code);
  return folder;
}

/** Writes a file with the milliseconds that loading and starting dist/workbench.js takes. */
function stopwatch(file: string): string {
  return `
    const Module = require("node:module");
    const { writeFileSync } = require("node:fs");
    const load = Module._load;
    exports.activate = () => {
      Module._load = function (request) {
        if (request !== "./workbench.js") return load.apply(this, arguments);
        const start = performance.now();
        const { openWorkbench } = load.apply(this, arguments);
        return {
          openWorkbench(...all) {
            const opened = openWorkbench(...all);
            writeFileSync(${JSON.stringify(file)}, String(performance.now() - start));
            return opened;
          },
        };
      };
    };`;
}

/** The median. */
function milliseconds(numbers: readonly number[]): string {
  const median = [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
  return `${median.toFixed(0)} ms`;
}
