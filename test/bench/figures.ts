import { measureActivation } from "./activation";
import { measureCheck } from "./check";
import { measureCliCheck } from "./cli-check.mjs";
import { measureFindings } from "./corpus";
import { measureEvaluation } from "./evaluation";
import { measureImport } from "./importPages";
import { measureRefresh } from "./refresh";
import { measureRoundTrips } from "./roundTrips";
import { measureSizes } from "./sizes";
import { measureTyping } from "./typing";

/** One line of the table: what was measured, and what is asked of it where something is. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly asked?: string;
}

const sections: readonly (readonly [string, () => Promise<readonly Figure[]> | readonly Figure[]])[] = [
  ["check", measureCheck],
  ["corpus", measureFindings],
  ["evaluation", measureEvaluation],
  ["import", measureImport],
  ["cli", cliFigures],
  ["activation", measureActivation],
  ["typing", measureTyping],
  ["sizes", measureSizes],
  ["calls", measureRoundTrips],
  ["refresh", measureRefresh],
];

function cliFigures(): readonly Figure[] {
  const { documents, checkMilliseconds, parseMilliseconds, ratio } = measureCliCheck();
  return [
    { what: `CLI: check of ${documents} documents, start-up included`, measured: `${checkMilliseconds.toFixed(0)} ms` },
    { what: "  reading and JSON.parse of the same files", measured: `${parseMilliseconds.toFixed(0)} ms` },
    { what: "  ratio", measured: ratio.toFixed(2), asked: "≤ 3" },
  ];
}

function print(figures: readonly Figure[]): void {
  for (const { what, measured, asked } of figures) {
    console.log(`${what.padEnd(62)}${measured.padStart(14)}   ${asked ?? ""}`.trimEnd());
  }
}

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  console.log(`${"figure".padEnd(62)}${"measured".padStart(14)}   asked`);
  for (const [name, measure] of sections) {
    if (names.length === 0 || names.includes(name)) print(await measure());
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
