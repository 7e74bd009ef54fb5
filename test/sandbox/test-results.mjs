import { readFileSync, rmSync } from "node:fs";

/**
 * Reads the counts and the failures that the mocha reporter (`mocha-reporter.cjs`) leaves in a file at the end of a run.
 *
 * @param {string} file
 * @returns {{ passed: number, failed: number, pending: number, failures?: string[] } | undefined} undefined when the run did not get to its end
 */
export function readTestResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    rmSync(file, { force: true });
  }
}
