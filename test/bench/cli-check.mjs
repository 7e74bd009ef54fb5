import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../sandbox/paths.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";

// `vendor-access check` of a large tree against the least that any checker must do: read the same files and parse them.

const bucketOfTemplate = "template-bucket";

/** The whole baseline, as a program of its own, so that both sides pay for the start of Node.js. */
const readAndParse = `
const { readdirSync, readFileSync } = require("node:fs");
let documents = 0;
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = folder + "/" + entry.name;
    if (entry.isDirectory()) walk(path);
    else { JSON.parse(readFileSync(path, "utf8")); documents++; }
  }
};
walk(process.argv[1]);
console.log(documents);
`;

/**
 * @param {{ cli?: string, documents?: number, rounds?: number }} options
 * @returns the medians in milliseconds, and their ratio
 */
export function measureCliCheck({
  cli = path.join(projectFolder, "dist/cli.js"),
  documents = 10_000,
  rounds = 5,
} = {}) {
  if (!existsSync(cli)) throw new Error(`There is no ${path.relative(projectFolder, cli)}. Run npm run build first.`);
  const folder = temporaryFolder("va-bench-");
  try {
    const tree = path.join(folder, "tree");
    writeTree(tree, templatesFrom(cli, folder), documents);
    const check = () => {
      const { milliseconds, output } = timed([cli, "check", tree, "--format", "json"]);
      const { files, errors } = JSON.parse(output);
      if (files.length !== documents || errors !== 0) {
        throw new Error(`Checked ${files.length} documents with ${errors} errors instead of ${documents} with none.`);
      }
      return milliseconds;
    };
    const parse = () => {
      const { milliseconds, output } = timed(["-e", readAndParse, tree]);
      if (Number(output) !== documents) throw new Error(`Parsed ${output} documents instead of ${documents}.`);
      return milliseconds;
    };
    parse(); // the first read fills the cache of the file system, for both
    const checks = [];
    const parses = [];
    for (let round = 0; round < rounds; round++) {
      parses.push(parse());
      checks.push(check());
    }
    const [checkMilliseconds, parseMilliseconds] = [median(checks), median(parses)];
    return { documents, checkMilliseconds, parseMilliseconds, ratio: checkMilliseconds / parseMilliseconds };
  } finally {
    removeTemporaryFolder(folder);
  }
}

/** One integration of each vendor, as the CLI itself writes them: the files of each by their names. */
function templatesFrom(cli, folder) {
  const key = "arn:aws:kms:us-east-1:314159265358:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const vendors = [
    ["activeloop-deep-lake", "--set", `kmsKeyArn=${key}`],
    ["jfrog-ml"],
    ["dataloop", "--set", "accountId=314159265358"],
  ];
  return vendors.map(([vendor, ...settings]) => {
    const words = ["new", vendor, "--name", vendor, "--set", `bucket=${bucketOfTemplate}`, ...settings];
    const { status, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`vendor-access ${words.join(" ")} ended with ${status}: ${stderr}`);
    const written = path.join(folder, "vendor-access", vendor);
    return {
      vendor,
      files: readdirSync(written).map((name) => [name, readFileSync(path.join(written, name), "utf8")]),
    };
  });
}

/** Integrations of all vendors, and policies that belong to none, each about another bucket. */
function writeTree(tree, templates, documents) {
  let written = 0;
  for (let number = 0; written < documents; number++) {
    const { vendor, files } = templates[number % templates.length];
    const bucket = `bucket-${number}`;
    const isLoose = number % 10 === 9 || documents - written < files.length;
    const folder = path.join(tree, `team-${number % 40}`, isLoose ? "policies" : `vendor-access/${vendor}-${number}`);
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) {
      if (written === documents || (isLoose && name === "integration.json")) continue;
      const fileName = isLoose ? `${bucket}.${name}` : name;
      writeFileSync(path.join(folder, fileName), text.replaceAll(bucketOfTemplate, bucket));
      written++;
    }
  }
}

function timed(words) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(`node ${words.slice(0, 2).join(" ")} … ended with ${status}: ${stderr}`);
  return { milliseconds, output: stdout };
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [cli] = process.argv.slice(2);
  const { documents, checkMilliseconds, parseMilliseconds, ratio } = measureCliCheck(cli ? { cli } : {});
  console.log(`check of ${documents} documents: ${checkMilliseconds.toFixed(0)} ms`);
  console.log(`read and JSON.parse of the same: ${parseMilliseconds.toFixed(0)} ms`);
  console.log(`ratio: ${ratio.toFixed(2)} (to reach: 3 or less)`);
}
