import Mocha from "mocha";

/** A browser has no file for the counts: they are a line of the log that begins with this. */
const resultsMark = "TEST_RESULTS ";

/** Mocha's own "spec" report, and at its end the counts and what failed as JSON. */
export class LoggingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const failures: string[] = [];
    runner.on("fail", (test, error) => failures.push(`${test.fullTitle()}: ${error.message}`));
    runner.on("retry", (test, error) => console.log(`tried again: ${test.fullTitle()}: ${error.stack}`));
    runner.once("end", () => {
      const { passes, failures: failed, pending } = this.stats;
      console.log(resultsMark + JSON.stringify({ passed: passes, failed, pending, failures }));
    });
  }
}
