/**
 * Runs test/host/**\/*.test.ts inside VS Code's extension host, with the extension as last built (npm run build).
 *
 *   node test/host/run.mjs [part of a test's name]
 *
 * Each start of the extension that a test wants for itself has a window of its own: see listWindows.
 * The tests find a seeded, emulated account behind the profiles `default` and `sandbox`.
 */
import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { format } from "node:util";
import { withAwsEnvironment } from "../sandbox/aws-profiles.mjs";
import { seedAccount, startEmulator } from "../sandbox/emulator.mjs";
import { cacheFolder, projectFolder } from "../sandbox/paths.mjs";
import { temporaryFolder } from "../sandbox/processes.mjs";
import { readTestResults } from "../sandbox/test-results.mjs";
import { openWorkbench, startServer } from "../sandbox/vscode.mjs";

const hostFolder = path.join(projectFolder, "test/host");
const timeLimit = 300_000;

/** What the workbench and the extension host themselves say on every start. */
const noise = [
  /spdlog|native-watchdog|bindings file|build\/Release\/watchdog|open-vsx|Creating a socket|connection token/,
  /additional builtin|reconnection-grace|Canceled|is not a web extension|NodeVersionSupportWarning/,
  /^\[?(AccountPolicyGate|AgentHost|Service Worker)|^%c/,
];

/**
 * The windows that the tests run in, each with an extension host of its own: one for all that find the extension at
 * work, and one for each file of coldStart/, on the folder of the same name or, where there is none, an empty window.
 */
function listWindows() {
  const testFiles = (folder) =>
    readdirSync(path.join(hostFolder, folder))
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => path.join(folder, name))
      .sort();
  const workspaceOf = (name) => (existsSync(path.join(hostFolder, name)) ? name : undefined);
  return [
    { name: "workspace", workspace: "workspace", files: testFiles(".") },
    ...testFiles("coldStart").map((file) => {
      const name = file.replace(/\.test\.ts$/, "");
      return { name, workspace: workspaceOf(name), files: [file] };
    }),
  ];
}

/** @returns the extension host's script for one window: runTests and, in the order of their names, all test files. */
async function bundleTests({ name, files }) {
  const { build } = await import("esbuild");
  const outfile = path.join(cacheFolder, "host-tests", name, "index.js");
  await build({
    stdin: {
      contents: `import { runTests } from "./index";
        export const run = () => runTests(() => { ${files.map((file) => `require(${JSON.stringify(`./${file}`)});`).join(" ")} });`,
      resolveDir: hostFolder,
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node24",
    external: ["vscode", "mocha"], // mocha is found in node_modules, above .cache
    logLevel: "warning",
  });
  return outfile;
}

/** @returns {Promise<number>} the exit code: 0 when all tests passed */
async function runHostTests(filter) {
  const emulator = await startEmulator();
  const runFolder = temporaryFolder("va-host-");
  let server;
  try {
    await seedAccount(emulator.endpoint);
    const resultsFile = path.join(runFolder, "results.json");
    const env = {
      ...withAwsEnvironment(emulator.env),
      HOME: runFolder, // nothing of the person at the keyboard: no ~/.aws, no shell settings
      TEST_RESULTS_FILE: resultsFile,
      FORCE_COLOR: process.stdout.isTTY ? "1" : "0",
      ...(filter ? { TEST_FILTER: filter } : {}),
    };
    server = await startServer({ env });
    const outcomes = [];
    for (const window of listWindows()) outcomes.push(await runWindow(server, window, runFolder, resultsFile));
    return judge(outcomes);
  } finally {
    await server?.stop();
    await emulator.stop();
  }
}

/** @returns what the window ended with, and the results of its tests if they got to their end */
async function runWindow(server, window, runFolder, resultsFile) {
  const testsPath = await bundleTests(window);
  const folder = window.workspace && path.join(runFolder, window.workspace);
  if (folder) cpSync(path.join(hostFolder, window.workspace), folder, { recursive: true });
  let ended;
  const end = new Promise((resolve) => {
    ended = resolve;
  });
  const extensions = [projectFolder];
  const workbench = await openWorkbench(server, { folder, extensions, testsPath, onLog: print, onExit: ended });
  try {
    const code = await Promise.race([end, wait(timeLimit, "timeout", { ref: false })]);
    if (code === "timeout")
      console.error(
        `The tests did not end within ${timeLimit / 1000} s. VS Code's server said:\n${server.log().slice(-2000)}`,
      );
    return { name: window.name, code, results: readTestResults(resultsFile) };
  } finally {
    await workbench.browser.close();
  }
}

/** The workbench also reports 0 when the extension host dies in the middle: only counts prove a success. */
function judge(outcomes) {
  for (const { name, code, results } of outcomes) {
    if (results) continue;
    console.error(
      `${name}: the extension host ended (${code}) before the tests did. VERBOSE=1 shows all that it says.`,
    );
  }
  if (outcomes.some(({ results }) => !results)) return 1;
  const sum = (key) => outcomes.reduce((total, { results }) => total + results[key], 0);
  const counts = { passed: sum("passed"), failed: sum("failed"), pending: sum("pending") };
  const failures = outcomes.flatMap(({ results }) => results.failures ?? []);
  const { TEST_RESULTS_FILE } = process.env;
  if (TEST_RESULTS_FILE) writeFileSync(TEST_RESULTS_FILE, JSON.stringify({ ...counts, failures }));
  console.log(`extension host: ${counts.passed} passed, ${counts.failed} failed, ${counts.pending} pending`);
  if (counts.passed + counts.failed === 0) console.error("No test ran.");
  const isGood = outcomes.every(({ code }) => code === 0) && counts.failed === 0 && counts.passed > 0;
  return isGood ? 0 : 1;
}

function print(type, args) {
  const text = format(...args);
  if (!process.env.VERBOSE && noise.some((pattern) => pattern.test(text))) return;
  process[type === "error" || type === "warn" ? "stderr" : "stdout"].write(`${text}\n`);
}

process.exitCode = await runHostTests(process.argv[2]);
