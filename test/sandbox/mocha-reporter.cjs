const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

/**
 * Mocha's own "spec" report, and the counts and what failed as JSON in the file that TEST_RESULTS_FILE names. Only a run that gets to
 * its end leaves the file: an exit code of 0 alone proves nothing (a process can end early with 0).
 */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failures.push(`${test.fullTitle()}: ${error?.message ?? error}`);
    });
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      console.log(`tried again: ${test.fullTitle()}: ${error?.stack ?? error}`);
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const file = process.env.TEST_RESULTS_FILE;
      const { passes, failures: failed, pending } = runner.stats;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed, pending, failures }));
    });
  }
};
