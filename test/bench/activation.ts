import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { packageExtension } from "../sandbox/package-extension.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { installExtension, openWorkbench, runCommand, startServer } from "../sandbox/vscode.mjs";
import type { Figure } from "./figures";

const starts = 5;
const jsonExtension = "vscode.json-language-features";

interface Activation {
  readonly load: number;
  readonly call: number;
}

/**
 * What VS Code itself reports for the installed extension, started by opening a policy: loading its code and calling
 * activate(). Each start is a new window; VS Code's own JSON extension, which starts at the same time, is the yardstick.
 */
export async function measureActivation(): Promise<readonly Figure[]> {
  const folder = temporaryFolder("va-bench-");
  try {
    const vsix = await packageExtension(folder);
    const ours: Activation[] = [];
    const json: Activation[] = [];
    for (let start = 0; start < starts; start++) {
      const times = await activationTimes(vsix, path.join(folder, String(start)));
      ours.push(times("vendor-access.vendor-access"));
      json.push(times(jsonExtension));
    }
    const total = (activations: readonly Activation[]) => median(activations.map(({ load, call }) => load + call));
    return [
      { what: `activation, median of ${starts}: load + call`, measured: `${total(ours)} ms`, asked: "≤ 15 ms" },
      { what: "  load, call of each start", measured: ours.map(({ load, call }) => `${load}+${call}`).join(" ") },
      { what: `  ${jsonExtension} beside it: load + call`, measured: `${total(json)} ms` },
    ];
  } finally {
    removeTemporaryFolder(folder);
  }
}

async function activationTimes(vsix: string, folder: string): Promise<(extension: string) => Activation> {
  const dataFolder = path.join(folder, "vscode");
  const workspace = path.join(folder, "workspace");
  mkdirSync(dataFolder, { recursive: true });
  cpSync("test/sandbox/workspace", workspace, { recursive: true });
  await installExtension(vsix, dataFolder);
  const server = await startServer({ dataFolder, env: { HOME: folder } });
  const { browser, page } = await openWorkbench(server, { folder: workspace, extensions: [] });
  try {
    await page.keyboard.press("Control+P");
    const input = page.locator(".quick-input-widget input").first();
    await input.fill("jfrog-ml-trust.json");
    await page.locator(".quick-input-widget .monaco-list-row", { hasText: "jfrog-ml-trust.json" }).first().click();
    await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    await runCommand(page, "Developer: Startup Performance");
    await page.locator(".view-line", { hasText: "System Info" }).first().click();
    await page.keyboard.press("Control+F");
    await page.keyboard.type("| vendor-access");
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "vendor-access.vendor-access" }).first().waitFor({ timeout: 10_000 });
    const rows = await page.locator(".view-line", { hasText: "|" }).allInnerTexts();
    return (extension) => {
      const row = rows.map((text) => text.replaceAll("\u00a0", " ")).find((text) => text.includes(`| ${extension} `));
      // | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
      const [load, call] = (row ?? "")
        .split("|")
        .map((cell) => cell.trim())
        .filter((cell) => /^\d+$/.test(cell))
        .map(Number);
      if (load === undefined || call === undefined) throw new Error(`VS Code tells no times of ${extension}.`);
      return { load, call };
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
