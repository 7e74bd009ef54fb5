import Mocha from "mocha";

export interface TestOptions {
  /** Registers the tests: they are part of the bundle, not files that mocha loads itself. */
  readonly loadTests: () => void;
  readonly reporter: Mocha.ReporterConstructor;
  /** A part of the names of the tests that are to run. */
  readonly filter: string | undefined;
  readonly forbidOnly: boolean;
}

/**
 * Runs the tests inside VS Code's extension host. `run.mjs` bundles this with all test files.
 *
 * @returns a promise that VS Code waits for: it is rejected when a test failed
 */
export function runTests({ loadTests, reporter, filter, forbidOnly }: TestOptions): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    reporter,
    timeout: 20_000,
    slow: 2_000,
    retries: 1,
    forbidOnly,
    ...(filter ? { grep: filter } : {}),
  });
  // Defines describe, it and so on.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  loadTests();
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()));
  });
}
