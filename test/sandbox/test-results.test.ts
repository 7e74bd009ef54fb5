import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";
import { removeTemporaryFolder, temporaryFolder } from "./processes.mjs";
import { filesToRunAgain, readTestResults, type TestResults, withSecondRun } from "./test-results.mjs";

describe("results of tests", () => {
  const folder = temporaryFolder("va-results-");
  after(() => removeTemporaryFolder(folder));

  /** Runs files of tests as the suites do. */
  function run(files: Readonly<Record<string, string>>): TestResults {
    const paths = Object.entries(files).map(([name, text]) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    });
    const results = path.join(folder, "results.json");
    const mocha = path.join(projectFolder, "node_modules/mocha/bin/mocha.js");
    const reporter = path.join(projectFolder, "test/sandbox/mocha-reporter.cjs");
    spawnSync(process.execPath, [mocha, "--reporter", reporter, ...paths], {
      cwd: folder,
      env: { ...process.env, TEST_RESULTS_FILE: results },
    });
    const read = readTestResults(results);
    assert.ok(read, "the run got to its end");
    return read;
  }

  const steady = 'describe("steady", () => { it("a", () => {}); it("b"); });';
  const failing =
    'describe("story", () => { it("starts", () => {}); it("ends", () => { throw new Error("late"); }); });';
  const broken = 'describe("hook", () => { before(() => { throw new Error("no server"); }); it("c", () => {}); });';

  it("are counted by file, hooks included", () => {
    const first = run({ "steady.js": steady, "story.js": failing, "hook.js": broken });
    assert.deepEqual([first.passed, first.failed, first.pending], [2, 2, 1]);
    assert.deepEqual(first.failures, ["story ends: late", 'hook "before all" hook for "c": no server']);
    assert.deepEqual(filesToRunAgain(first).toSorted(), ["hook.js", "story.js"]);
  });

  it("of a second run take the place of the first's, and the others stay", () => {
    const first = run({ "steady.js": steady, "story.js": failing, "hook.js": broken });
    const second = run({ "story.js": failing.replace("throw", "return"), "hook.js": broken });
    const { passed, failed, pending, failures } = withSecondRun(first, second);
    assert.deepEqual([passed, failed, pending], [3, 1, 1]);
    assert.deepEqual(failures, ['hook "before all" hook for "c": no server']);
  });
});
