import { parseArgs } from "node:util";
import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { fuzz, millisecondsAllowed } from "./fuzz";

/** `npm run fuzz -- [--documents N] [--seed N] [--first N]`: exits with 1 when a document breaks something or takes too long. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { documents: { type: "string" }, seed: { type: "string" }, first: { type: "string" } },
  });
  const documents = Number(values.documents ?? 200_000);
  const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
  const first = Number(values.first ?? 0);
  if (![documents, seed, first].every(Number.isSafeInteger))
    throw new Error("--documents, --seed and --first are whole numbers");
  console.log(`${documents} mutated documents, seed ${seed}`);
  const started = performance.now();
  const { failures, slowest } = fuzz({
    documents,
    seed,
    first,
    reference: await loadServiceReference(),
    onProgress: (done) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${done}`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  for (const { number, source, text, error } of failures.slice(0, 10)) {
    console.log(
      `\ndocument ${number} of ${source} (--seed ${seed} --first ${number} --documents 1):\n${text}\n`,
      error,
    );
  }
  console.log(`${failures.length} failed, in ${seconds.toFixed(0)} s`);
  if (slowest !== undefined) {
    console.log(
      `slowest: document ${slowest.number} of ${slowest.source}, ${slowest.text.length} characters, ${slowest.milliseconds.toFixed(1)} ms`,
    );
    if (slowest.milliseconds > millisecondsAllowed) console.log(slowest.text.slice(0, 2000));
  }
  if (failures.length > 0 || (slowest?.milliseconds ?? 0) > millisecondsAllowed) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
