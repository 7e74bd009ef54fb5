const { writeFileSync } = require("node:fs");
const path = require("node:path");
const { reporters, Runner } = require("mocha");

/**
 * Mocha's own "spec" report; and what passed and failed, in all and by file, as JSON in the file that TEST_RESULTS_FILE
 * names. Only a run that gets to its end leaves it: an exit code of 0 alone proves nothing (a process can end early
 * with 0).
 */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const resultsOf = ({ file = "" }) => {
      const name = path.relative("", file);
      files[name] ??= { passed: 0, failed: 0, pending: 0, failures: [] };
      return files[name];
    };
    runner.on(Runner.constants.EVENT_TEST_PASS, (test) => {
      resultsOf(test).passed += 1;
    });
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => {
      resultsOf(test).pending += 1;
    });
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      const results = resultsOf(test);
      results.failed += 1;
      results.failures.push(`${test.fullTitle()}: ${error?.message ?? error}`);
    });
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      console.log(`tried again: ${test.fullTitle()}: ${error?.stack ?? error}`);
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const file = process.env.TEST_RESULTS_FILE;
      if (file) writeFileSync(file, JSON.stringify({ files }));
    });
  }
};
