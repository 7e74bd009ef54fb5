/**
 * Runs test/host/**\/*.test.ts inside VS Code's extension host, with the extension as last built (npm run build).
 *
 *   node test/host/run.mjs [part of a test's name] [a window's name]
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
import { startFileServer } from "../sandbox/file-server.mjs";
import { cacheFolder, projectFolder } from "../sandbox/paths.mjs";
import { temporaryFolder } from "../sandbox/processes.mjs";
import { readTestResults } from "../sandbox/test-results.mjs";
import { openWorkbench, startServer } from "../sandbox/vscode.mjs";

const hostFolder = path.join(projectFolder, "test/host");
const webFolder = path.join(hostFolder, "web");
const timeLimit = 300_000;
/** Of the line with which the tests in a browser tell their results. */
const resultsMark = "TEST_RESULTS ";

/** What the workbench and the extension host themselves say on every start. */
const noise = [
  /spdlog|native-watchdog|bindings file|build\/Release\/watchdog|open-vsx|Creating a socket|connection token/,
  /additional builtin|reconnection-grace|Canceled|is not a web extension|NodeVersionSupportWarning/,
  /^\[?(AccountPolicyGate|AgentHost|Service Worker|chat-stt)|^%c|Failed to fetch|package\.nls\.json/,
  /file system provider|No search provider|development extension|additional builtin/i,
];

/**
 * The windows that the tests run in, each with an extension host of its own: one for all that find the extension at
 * work, one for each file of coldStart/, on the folder of the same name or, where there is none, an empty window, and
 * one in which extensions run in a browser's worker, on a folder in memory.
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
    // What these test has no part that needs Node; VS Code's own JSON support is not there.
    { name: "web", files: ["diagnostics.test.ts", "fixes.test.ts", "help.test.ts", ...testFiles("web")] },
  ];
}

/** @returns the extension host's script for one window: runTests and, in the order of their names, all test files. */
async function bundleTests({ name, files }, filter) {
  const { build } = await import("esbuild");
  const isWeb = name === "web";
  const outfile = path.join(cacheFolder, "host-tests", name, "index.js");
  const reporter = isWeb
    ? 'import { LoggingReporter as reporter } from "./web/loggingReporter";'
    : 'import reporter from "../sandbox/mocha-reporter.cjs";';
  const options = JSON.stringify({ filter, forbidOnly: process.env.CI !== undefined });
  await build({
    stdin: {
      contents: `import { runTests } from "./index";
        ${reporter}
        const loadTests = () => { ${files.map((file) => `require(${JSON.stringify(`./${file}`)});`).join(" ")} };
        export const run = () => runTests({ loadTests, reporter, ...${options} });`,
      resolveDir: hostFolder,
      loader: "ts",
    },
    outfile,
    bundle: true,
    format: "cjs",
    logLevel: "warning",
    ...(isWeb
      ? {
          platform: "browser",
          target: "es2023",
          external: ["vscode"],
          // What mocha's build for browsers, a script, would otherwise take for its own: those of the whole bundle.
          define: { module: "undefined", exports: "undefined", define: "undefined" },
          alias: {
            mocha: "mocha/mocha.mjs",
            "node:assert/strict": path.join(webFolder, "assert.ts"),
            "node:timers/promises": path.join(webFolder, "timers.ts"),
          },
        }
      : { platform: "node", target: "node24", external: ["vscode", "mocha"] }), // mocha is found in node_modules, above .cache
  });
  return outfile;
}

/** @returns {Promise<number>} the exit code: 0 when all tests passed */
async function runHostTests(filter, onlyWindow) {
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
    };
    server = await startServer({ env });
    const outcomes = [];
    for (const window of listWindows().filter(({ name }) => onlyWindow === undefined || name === onlyWindow)) {
      const testsPath = await bundleTests(window, filter);
      const run = window.name === "web" ? runWebWindow : runWindow;
      outcomes.push(await run({ server, window, testsPath, runFolder, resultsFile }));
    }
    return judge(outcomes);
  } finally {
    await server?.stop();
    await emulator.stop();
  }
}

/** @returns what the window ended with, and the results of its tests if they got to their end */
async function runWindow({ server, window, testsPath, runFolder, resultsFile }) {
  const folder = window.workspace && path.join(runFolder, window.workspace);
  if (folder) cpSync(path.join(hostFolder, window.workspace), folder, { recursive: true });
  const code = await endOfTests(server, { folder, extensions: [projectFolder], testsPath, onLog: print });
  return { name: window.name, code, results: readTestResults(resultsFile) };
}

/** The same in a browser alone, which takes extensions from a web server. The tests are a part of one of them. */
async function runWebWindow({ server, window, testsPath }) {
  const testsFolder = path.dirname(testsPath);
  cpSync(path.join(webFolder, "memoryFolder"), testsFolder, { recursive: true });
  const files = await startFileServer({ "vendor-access": projectFolder, tests: testsFolder });
  let results;
  const onLog = (type, args) => {
    const [text] = args;
    if (typeof text === "string" && text.startsWith(resultsMark)) results = JSON.parse(text.slice(resultsMark.length));
    else print(type, args);
  };
  try {
    const code = await endOfTests(server, {
      browserOnly: true,
      folder: "memfs:/workspace",
      extensions: [`${files.origin}/vendor-access`, `${files.origin}/tests`],
      testsPath: `${files.origin}/tests/index.js`,
      onLog,
    });
    return { name: window.name, code, results };
  } finally {
    await files.stop();
  }
}

/** @returns what the tests of a workbench ended with: 0 when all is well */
async function endOfTests(server, options) {
  let ended;
  const end = new Promise((resolve) => {
    ended = resolve;
  });
  const workbench = await openWorkbench(server, { ...options, onExit: ended });
  try {
    const code = await Promise.race([end, wait(timeLimit, "timeout", { ref: false })]);
    if (code === "timeout")
      console.error(
        `The tests did not end within ${timeLimit / 1000} s. VS Code's server said:\n${server.log().slice(-2000)}`,
      );
    return code;
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

process.exitCode = await runHostTests(process.argv[2], process.argv[3]);
