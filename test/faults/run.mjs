/**
 * `npm run test:faults`: every call of every flow meets every fault, and the program is killed at every line of its journal.
 * Prints the matrix: of how many cells how many survived. `-- --all` tries also what differs only in the vendor; `-- --jobs N`
 * runs N processes beside each other.
 */
import os from "node:os";
import path from "node:path";
import { installEmulator, installProject } from "../sandbox/install.mjs";
import { projectFolder } from "../sandbox/paths.mjs";
import { startProgram } from "../sandbox/processes.mjs";

const flags = process.argv.slice(2);
const asked = flags[flags.indexOf("--jobs") + 1];
const jobs = flags.includes("--jobs") ? Number(asked) : Math.max(1, Math.floor(os.cpus().length / 2));

await installProject();
await installEmulator();

const startedAt = performance.now();
const outcomes = [];
let errors = 0;

/** Shows how far it is, where somebody looks, and what did not survive as soon as that is known. */
function take(line) {
  const outcome = JSON.parse(line);
  outcomes.push(outcome);
  if (outcome.why !== undefined) console.log(`✘ ${outcome.name}\n    ${outcome.why.slice(0, 2000)}`);
  if (process.stdout.isTTY) process.stdout.write(`\r${outcomes.length} cells, ${outcome.flow}`.padEnd(60));
  else if (outcomes.length % 250 === 0) console.log(`${outcomes.length} cells`);
}

async function job(number) {
  let rest = "";
  const tsx = path.join(projectFolder, "node_modules/.bin/tsx");
  const words = ["test/faults/run.ts", String(number), String(jobs), ...flags.filter((flag) => flag === "--all")];
  const program = startProgram(tsx, words, {
    cwd: projectFolder,
    env: process.env,
    onOutput(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("{")) take(line);
        else if (line.trim() !== "") console.error(line);
      }
    },
  });
  if ((await program.exited) !== 0) errors += 1;
}

await Promise.all(Array.from({ length: jobs }, (_, number) => job(number)));

const columns = [...new Set(outcomes.map(({ meets }) => meets))];
const rows = [...new Set(outcomes.map(({ flow }) => flow))];
const cell = (cells) =>
  cells.length === 0 ? "" : `${cells.filter(({ why }) => why === undefined).length}/${cells.length}`;
const line = (title, cells) => console.log(title.padEnd(22) + cells.map((text) => text.padStart(15)).join(""));
console.log("\nsurvived / tried\n");
line("", [...columns, "all"]);
for (const flow of rows) {
  const ofFlow = outcomes.filter((outcome) => outcome.flow === flow);
  line(flow, [...columns.map((meets) => cell(ofFlow.filter((outcome) => outcome.meets === meets))), cell(ofFlow)]);
}
line("all", [...columns.map((meets) => cell(outcomes.filter((outcome) => outcome.meets === meets))), cell(outcomes)]);

const died = outcomes.filter(({ why }) => why !== undefined).length;
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
if (errors > 0) console.log(`\n${errors} of ${jobs} processes ended before they had tried all of their cells`);
console.log(`\n${outcomes.length} cells tried, ${outcomes.length - died} survived, in ${minutes} minutes`);
if (died > 0 || errors > 0 || outcomes.length < 600) process.exitCode = 1;
