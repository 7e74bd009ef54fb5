import { readFileSync, rmSync } from "node:fs";

/**
 * Reads the counts and the failures that a suite leaves in a file at its end; of mocha's, by test file
 * (`mocha-reporter.cjs`).
 *
 * @param {string} file
 * @returns {{ passed: number, failed: number, pending: number, failures?: string[], files?: Record<string, object> } | undefined}
 *   undefined when the run did not get to its end
 */
export function readTestResults(file) {
  try {
    const results = JSON.parse(readFileSync(file, "utf8"));
    return results.files ? sumOf(results.files) : results;
  } catch (error) {
    if (error.code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    rmSync(file, { force: true });
  }
}

/** The files of a run in which something failed. */
export function filesToRunAgain({ files }) {
  return Object.keys(files).filter((file) => files[file].failed > 0);
}

/** What a run and a second one of some of its files come to: of those the second counts. */
export function withSecondRun(first, second) {
  return sumOf({ ...first.files, ...second.files });
}

function sumOf(files) {
  const all = Object.values(files);
  const sum = (key) => all.reduce((total, results) => total + results[key], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    pending: sum("pending"),
    failures: all.flatMap(({ failures }) => failures),
    files,
  };
}
