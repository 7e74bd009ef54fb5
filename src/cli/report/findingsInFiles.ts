import type { FindingInFile } from "../../integration/blockingFindings";
import type { FileSystem } from "../../integration/integration";
import type { Style } from "../style";
import { type LocatedFinding, locate } from "./locate";
import { prettyReport } from "./pretty";

/** Findings of several files as `--json` prints them: each with its path. */
export function findingsWithPaths(
  findings: readonly FindingInFile[],
  fs: FileSystem,
): readonly ({ readonly path: string } & LocatedFinding)[] {
  return findings.flatMap(({ path, text, finding }) =>
    locate({ text, findings: [finding] }).map((located) => ({ path: fs.display(path), ...located })),
  );
}

/** Findings of several files for a person. */
export function describeFindings(findings: readonly FindingInFile[], fs: FileSystem, style: Style): string {
  const files = findings.map(({ path, text, finding }) => ({ path: fs.display(path), text, findings: [finding] }));
  return prettyReport(files, style).trimEnd();
}
