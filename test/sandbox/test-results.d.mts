export interface TestResults {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly failures?: readonly string[];
  readonly files?: Readonly<Record<string, Omit<TestResults, "files">>>;
}

export function readTestResults(file: string): TestResults | undefined;
export function filesToRunAgain(results: TestResults): string[];
export function withSecondRun(first: TestResults, second: TestResults): TestResults;
