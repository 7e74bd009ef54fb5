/**
 * `npm test`: installs what is needed, then runs all suites, or those named: `npm test -- unit account`.
 * Plain Node without any package: it starts on a machine that has nothing but Node and Python.
 */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { installChromium, installEmulator, installProject, installVscode } from "./sandbox/install.mjs";
import { cacheFolder, projectFolder } from "./sandbox/paths.mjs";
import { startProgram, temporaryFolder } from "./sandbox/processes.mjs";
import { filesToRunAgain, readTestResults, withSecondRun } from "./sandbox/test-results.mjs";

const timeLimitMinutes = 15;
/** The suites' temporary folder: what a stopped suite could not remove goes with it. */
const runFolder = temporaryFolder("va-");
const resultsFolder = path.join(cacheFolder, "test-results");

const bin = (name) => path.join(projectFolder, "node_modules/.bin", name);
const node = (...args) => [process.execPath, ...args];
const mocha = (...args) => [
  bin("mocha"),
  ...[
    "--require",
    "tsx/cjs",
    "--require",
    "test/sandbox/assert-messages.cjs",
    "--reporter",
    "test/sandbox/mocha-reporter.cjs",
  ],
  ...(process.env.CI ? ["--forbid-only"] : []),
  ...args,
];

/**
 * In the order of the report.
 *
 * - lane: suites of one lane run one after the other, the lanes beside each other. Two browsers would only slow each
 *   other down, so those share a lane.
 * - needs: installed or run before, once for all.
 * - counts: the suite leaves its counts in TEST_RESULTS_FILE. One that does not is a single test.
 * - files: those of its tests, as the last words of its command. Each in which something fails is run once more, from
 *   its start: a browser, a server and an extension host on a busy machine. The first failures are told.
 */
const suites = [
  { name: "build", lane: "first", needs: [], command: node("esbuild.mjs") },
  { name: "generated", lane: "code", needs: [], command: [bin("tsx"), "generate.ts", "--check"] },
  { name: "types", lane: "code", needs: [], command: [bin("tsc"), "--noEmit", "-p", "."] },
  { name: "lint", lane: "code", needs: [], command: [bin("biome"), "ci", "."] },
  { name: "unused", lane: "code", needs: [], command: [bin("knip")] },
  { name: "packages", lane: "code", needs: ["build"], counts: true, command: node("test/sandbox/budgets.mjs") },
  {
    name: "unit",
    lane: "code",
    needs: ["build"],
    counts: true,
    command: mocha("--timeout", "60000", "test/unit/**/*.test.ts"),
  },
  {
    name: "oracle",
    lane: "code",
    needs: [],
    counts: true,
    command: mocha("--timeout", "300000", "test/oracle/**/*.test.ts"),
  },
  {
    name: "sandbox",
    lane: "code",
    needs: ["emulator"],
    counts: true,
    command: mocha("--timeout", "30000", "test/sandbox/**/*.test.ts"),
  },
  {
    name: "account",
    lane: "code",
    needs: ["build", "emulator"],
    counts: true,
    command: mocha("--timeout", "60000", "test/account/**/*.test.ts"),
  },
  {
    name: "start",
    lane: "code",
    needs: ["build", "emulator", "vscode"],
    command: node("test/sandbox/start.mjs", "--check", "--no-build"),
  },
  {
    name: "host",
    lane: "workbench",
    needs: ["build", "emulator", "vscode", "chromium"],
    counts: true,
    command: node("test/host/run.mjs"),
  },
  {
    name: "ui",
    lane: "workbench",
    needs: ["build", "emulator", "vscode", "chromium"],
    counts: true,
    command: mocha("--timeout", "120000"),
    files: ["test/ui/**/*.test.ts"],
  },
];

const installers = { emulator: installEmulator, vscode: installVscode, chromium: installChromium };

/** The suites that were asked for, and those that they need. */
function chosenSuites(names) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`No suite is called ${unknown.join(", ")}. There are: ${suites.map(({ name }) => name).join(", ")}.`);
    process.exit(2);
  }
  if (names.length === 0) return suites;
  const asked = suites.filter(({ name }) => names.includes(name));
  return suites.filter((suite) => asked.includes(suite) || asked.some(({ needs }) => needs.includes(suite.name)));
}

/** Installs what the suites need. @returns the reasons why something could not be installed, by its name */
async function install(chosen) {
  await installProject();
  const needed = Object.keys(installers).filter((name) => chosen.some(({ needs }) => needs.includes(name)));
  const problems = new Map();
  await Promise.all(
    needed.map((name) =>
      installers[name]().catch((error) => {
        problems.set(name, error.message);
      }),
    ),
  );
  return problems;
}

/** Lets one suite write at a time: it live, the others' output waits until it is their turn. */
function createOutput() {
  const waiting = [];
  let live;
  const next = () => {
    live = waiting.shift();
    if (!live) return;
    process.stdout.write(live.text);
    live.text = "";
    if (live.ended) next();
  };
  return {
    open(name) {
      const stream = { text: `\n── ${name} ${"─".repeat(Math.max(2, 72 - name.length))}\n`, ended: false };
      waiting.push(stream);
      if (!live) next();
      return {
        write(text) {
          if (stream === live) process.stdout.write(text);
          else stream.text += text;
        },
        end() {
          stream.ended = true;
          if (stream === live) next();
        },
      };
    },
  };
}

/** @returns {Promise<{ name: string, passed: number, failed: number, pending: number, seconds: number, failures?: string[] }>} */
async function runSuite(suite, output, problems) {
  const stream = output.open(suite.name);
  const startedAt = performance.now();
  const outcome = (counts) => {
    stream.end();
    return { name: suite.name, pending: 0, ...counts, seconds: (performance.now() - startedAt) / 1000 };
  };
  const problem = suite.needs.find((need) => problems.has(need));
  if (problem) {
    stream.write(`not run: ${problem}: ${problems.get(problem)}\n`);
    return outcome({ passed: 0, failed: 1 });
  }

  const { files = [] } = suite;
  const first = await runProgram(suite, files, stream);
  const again = first.files && files.length > 0 ? filesToRunAgain(first) : [];
  if (again.length === 0) return outcome(first);
  stream.write(`\nonce more, from the start: ${again.join(", ")}\n`);
  const second = await runProgram(suite, again, stream);
  return outcome(second.files ? withSecondRun(first, second) : second);
}

/** @returns the counts; a run without a complete result is one failure */
async function runProgram(suite, files, stream) {
  const resultsFile = path.join(resultsFolder, `${suite.name}.json`);
  rmSync(resultsFile, { force: true });
  const [command, ...args] = [...suite.command, ...files];
  const program = startProgram(command, args, {
    cwd: projectFolder,
    env: {
      ...process.env,
      TMPDIR: runFolder,
      TEST_RESULTS_FILE: suite.counts ? resultsFile : "",
      ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { FORCE_COLOR: "0", NO_COLOR: "1" }),
    },
    onOutput: stream.write,
  });
  const code = await Promise.race([program.exited, wait(timeLimitMinutes * 60_000, "timeout", { ref: false })]);
  await program.stop();
  if (code === "timeout") stream.write(`stopped: it did not end within ${timeLimitMinutes} minutes\n`);
  if (!suite.counts) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

  const counts = readTestResults(resultsFile);
  if (!counts) {
    stream.write(`it ended (${code}) without a complete result\n`);
    return { passed: 0, failed: 1 };
  }
  if (counts.passed + counts.failed === 0) {
    stream.write("no test ran\n");
    return { ...counts, files: undefined, failed: 1 };
  }
  // An error outside of any test: mocha counts none, the exit code tells.
  if (code !== 0 && counts.failed === 0) {
    stream.write(`all tests passed, and yet it ended with ${code}\n`);
    return { ...counts, files: undefined, failed: 1 };
  }
  return counts;
}

async function runLane(lane, output, problems) {
  const outcomes = [];
  for (const suite of lane) outcomes.push(await runSuite(suite, output, problems));
  return outcomes;
}

function report(outcomes) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const row = (name, passed, failed, pending, seconds) =>
    `  ${name.padEnd(12)}${[passed, failed, pending].map((text) => String(text).padStart(9)).join("")}${seconds.padStart(10)}`;
  console.log(`\n── summary ${"─".repeat(65)}\n${row("suite", "passed", "failed", "pending", "time")}`);
  for (const { name, passed, failed, pending, seconds } of outcomes) {
    console.log(`${row(name, passed, failed, pending || "", `${seconds.toFixed(1)} s`)}${failed > 0 ? "  ✘" : ""}`);
  }
  // Once more, where nobody has to look for them.
  for (const { name, failures = [] } of outcomes)
    for (const failure of failures) console.log(`\n✘ ${name}: ${failure.slice(0, 2000)}`);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0 && sum("passed") > 0;
}

async function main() {
  const chosen = chosenSuites(process.argv.slice(2));
  const problems = await install(chosen);
  mkdirSync(resultsFolder, { recursive: true });
  const output = createOutput();
  const lane = (name) => chosen.filter((suite) => suite.lane === name);
  const first = await runLane(lane("first"), output, problems);
  for (const { name, failed } of first) if (failed > 0) problems.set(name, "failed");
  const lanes = await Promise.all(["code", "workbench"].map((name) => runLane(lane(name), output, problems)));
  if (!report([...first, ...lanes.flat()])) process.exitCode = 1;
}

main().catch((error) => {
  console.error(`\n${error.message}\n\n0 passed, 1 failed`);
  process.exitCode = 1;
});
