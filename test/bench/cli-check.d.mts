export interface CliCheckFigures {
  readonly documents: number;
  /** Medians. */
  readonly checkMilliseconds: number;
  readonly parseMilliseconds: number;
  readonly ratio: number;
}

/** Throws when the CLI is not built, or finds what is not there. */
export function measureCliCheck(options?: {
  /** The bundle to measure; `dist/cli.js` when absent. */
  readonly cli?: string;
  readonly documents?: number;
  readonly rounds?: number;
}): CliCheckFigures;
