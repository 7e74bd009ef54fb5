import Mocha from "mocha";
import CountingReporter from "../sandbox/mocha-reporter.cjs";

/**
 * Runs the tests inside VS Code's extension host. `run.mjs` bundles this with all test files.
 *
 * @param loadTests loads the test files, which registers their tests
 * @returns a promise that VS Code waits for: it is rejected when a test failed
 */
export function runTests(loadTests: () => void): Promise<void> {
  const { TEST_FILTER } = process.env;
  const mocha = new Mocha({
    ui: "bdd",
    reporter: CountingReporter,
    timeout: 20_000,
    slow: 2_000,
    retries: 1,
    forbidOnly: process.env.CI !== undefined,
    ...(TEST_FILTER ? { grep: TEST_FILTER } : {}),
  });
  // Defines describe, it and so on: the test files are part of the bundle, not files that mocha loads itself.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  loadTests();
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()));
  });
}
