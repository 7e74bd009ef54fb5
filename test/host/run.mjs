/**
 * Runs test/host/**\/*.test.ts inside VS Code's extension host, with the extension as last built (npm run build).
 *
 *   node test/host/run.mjs [part of a test's name]
 *
 * The tests find a seeded, emulated account behind the profiles `default` and `sandbox`.
 */
import { cpSync, readdirSync, writeFileSync } from "node:fs";
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

/** @returns the extension host's script: runTests and, in the order of their names, all test files. */
async function bundleTests() {
  const { build } = await import("esbuild");
  const files = readdirSync(hostFolder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".test.ts"))
    .sort();
  const outfile = path.join(cacheFolder, "host-tests/index.js");
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
  const testsPath = await bundleTests();
  const emulator = await startEmulator();
  let server;
  let workbench;
  try {
    await seedAccount(emulator.endpoint);
    const runFolder = temporaryFolder("va-host-");
    const folder = path.join(runFolder, "workspace");
    cpSync(path.join(hostFolder, "workspace"), folder, { recursive: true });
    const resultsFile = path.join(runFolder, "results.json");
    const env = {
      ...withAwsEnvironment(emulator.env),
      HOME: runFolder, // nothing of the person at the keyboard: no ~/.aws, no shell settings
      TEST_RESULTS_FILE: resultsFile,
      FORCE_COLOR: process.stdout.isTTY ? "1" : "0",
      ...(filter ? { TEST_FILTER: filter } : {}),
    };
    server = await startServer({ env });
    let ended;
    const end = new Promise((resolve) => {
      ended = resolve;
    });
    workbench = await openWorkbench(server, {
      folder,
      extensions: [projectFolder],
      testsPath,
      onLog: print,
      onExit: ended,
    });
    const code = await Promise.race([end, wait(timeLimit, "timeout", { ref: false })]);
    if (code === "timeout") {
      console.error(
        `The tests did not end within ${timeLimit / 1000} s. VS Code's server said:\n${server.log().slice(-2000)}`,
      );
      return 1;
    }
    return judge(code, readTestResults(resultsFile));
  } finally {
    await workbench?.browser.close();
    await server?.stop();
    await emulator.stop();
  }
}

/** The workbench also reports 0 when the extension host dies in the middle: only counts prove a success. */
function judge(code, results) {
  if (!results) {
    console.error(`The extension host ended (${code}) before the tests did. VERBOSE=1 shows all that it says.`);
    return 1;
  }
  const { passed, failed, pending } = results;
  const { TEST_RESULTS_FILE } = process.env;
  if (TEST_RESULTS_FILE) {
    writeFileSync(TEST_RESULTS_FILE, JSON.stringify(results));
  }
  console.log(`extension host: ${passed} passed, ${failed} failed, ${pending} pending`);
  if (passed + failed === 0) console.error("No test ran.");
  return code === 0 && failed === 0 && passed > 0 ? 0 : 1;
}

function print(type, args) {
  const text = format(...args);
  if (!process.env.VERBOSE && noise.some((pattern) => pattern.test(text))) return;
  process[type === "error" || type === "warn" ? "stderr" : "stdout"].write(`${text}\n`);
}

process.exitCode = await runHostTests(process.argv[2]);
