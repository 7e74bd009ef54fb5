/**
 * Checks what would be published: sizes, what is in the packages, and that the packed command line runs.
 * `npm run build` goes before.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { bundlesOf, shared, withShared } from "./bundles.mjs";
import { packageExtension } from "./package-extension.mjs";
import { projectFolder } from "./paths.mjs";
import { run, temporaryFolder } from "./processes.mjs";

/** What every window loads at its start, and that with what the first document or command loads. */
const startLimit = 20_000;
const extensionLimit = 300_000;
const serviceReferenceLimit = 200_000;
const vsixLimit = 1_000_000;
const vendors = ["activeloop-deep-lake", "dataloop", "jfrog-ml"];

const bundles = [
  "extension",
  "workbench",
  "sideBar",
  "catalog",
  "definitions",
  "commands",
  "grants",
  "help",
  "paste",
  "account",
  "serviceReference",
  "web",
];
/** Of the command line, which is a package of its own. */
const programs = ["cli"];
/** The others are loaded by a browser, too. */
const needNode = ["account"];

/** Every file of the VSIX matches one of these, and each of these is there. */
const intendedFiles = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package\.json$/,
  /^extension\/readme\.md$/i,
  /^extension\/changelog\.md$/i,
  /^extension\/LICENSE(\.txt|\.md)?$/i,
  ...bundles.map((name) => new RegExp(`^extension/dist/${name}\\.js$`)),
  /^extension\/dist\/shared-\w+\.js$/,
  /^extension\/dist\/THIRD_PARTY_NOTICES\.txt$/,
  /^extension\/schemas\/[\w.-]+\.json$/,
  /^extension\/snippets\/[\w.-]+\.code-snippets$/,
  /^extension\/docs\/checks\.md$/,
  /^extension\/docs\/vendors\.md$/,
  /^extension\/media\/[\w.-]+\.svg$/,
  /^extension\/media\/icon\.png$/,
  /^extension\/media\/importPage\/importPage\.(js|css)$/,
];
const optionalFiles = [/^extension\/media\/walkthrough\//];

const work = temporaryFolder("va-package-");
let vsix;

const checks = {
  async "the bundles are built"() {
    const missing = [...bundles, ...programs]
      .map((name) => `dist/${name}.js`)
      .filter((file) => !existsSync(inProject(file)));
    if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);
  },
  [`what every window starts is at most ${kilobytes(startLimit)}`]: () =>
    limit(startLimit, inProject("dist/extension.js")),
  [`with the workbench it is at most ${kilobytes(extensionLimit)}`]: () =>
    limit(extensionLimit, inProject("dist/extension.js"), ...withShared("workbench.js")),
  async "what a browser loads needs nothing of Node"() {
    const names = bundles.filter((bundle) => !needNode.includes(bundle)).map((bundle) => `${bundle}.js`);
    for (const name of [...names, ...readdirSync(inProject("dist")).filter((file) => shared.test(file))]) {
      const code = readFileSync(inProject(`dist/${name}`), "utf8");
      const foreign = Array.from(code.matchAll(/\brequire\(["']([^"']+)["']\)/g), ([, id]) => id).filter(
        (id) => id !== "vscode" && !/^\.\/[\w-]+\.js$/.test(id),
      );
      if (foreign.length > 0) throw new Error(`${name} needs ${foreign.join(", ")}`);
    }
  },
  async [`the service reference is at most ${kilobytes(serviceReferenceLimit)} compressed`]() {
    const { length } = gzipSync(readFileSync(inProject("dist/serviceReference.js")));
    if (length > serviceReferenceLimit) throw new Error(`${kilobytes(length)} is more`);
    return kilobytes(length);
  },
  async [`the VSIX is at most ${kilobytes(vsixLimit)}`]() {
    vsix = await packageExtension(work);
    return limit(vsixLimit, vsix);
  },
  async "the VSIX holds what it should, and nothing else"() {
    const files = namesInZip(readFileSync(vsix));
    const unintended = files.filter(
      (file) => ![...intendedFiles, ...optionalFiles].some((pattern) => pattern.test(file)),
    );
    const missing = intendedFiles.filter((pattern) => !files.some((file) => pattern.test(file)));
    if (unintended.length + missing.length > 0) {
      throw new Error(`unintended: ${unintended.join(", ") || "none"}; missing: ${missing.join(", ") || "none"}`);
    }
    return `${files.length} files`;
  },
  async "the packed command line runs"() {
    // Without the build that goes before a real pack: it would pull the bundles from under suites that run beside.
    const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", work], {
      cwd: projectFolder,
      quiet: true,
    });
    const tarball = path.join(work, JSON.parse(packed)[0].filename);
    const options = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", work];
    await run("npm", ["install", ...options, tarball], { cwd: work, quiet: true });
    const command = path.join(work, "node_modules/.bin/vendor-access");
    const listed = await run(command, ["vendors", "--json"], { cwd: work, quiet: true });
    const text = JSON.stringify(JSON.parse(listed));
    const absent = vendors.filter((vendor) => !text.includes(`"${vendor}"`));
    if (absent.length > 0) throw new Error(`vendor-access vendors --json does not name ${absent.join(", ")}`);
    // Whatever a command loads when it is first needed must be there, too.
    const dist = path.join(work, "node_modules/vendor-access/dist");
    const packedFiles = readdirSync(dist).filter((name) => name.endsWith(".js"));
    const lost = packedFiles.flatMap((name) =>
      bundlesOf(path.join(dist, name)).filter((chunk) => !packedFiles.includes(chunk)),
    );
    if (lost.length > 0) throw new Error(`the package lacks ${[...new Set(lost)].join(", ")}`);
    return kilobytes(statSync(tarball).size);
  },
};

function limit(bytes, ...files) {
  const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
  if (size > bytes) throw new Error(`${kilobytes(size)} is more than ${kilobytes(bytes)}`);
  return kilobytes(size);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
}

function inProject(file) {
  return path.join(projectFolder, file);
}

/** The names in a ZIP archive, from its central directory (APPNOTE 4.3.12, 4.3.16). */
function namesInZip(zip) {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06"));
  const names = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString("utf8", at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}

const counts = { passed: 0, failed: 0, pending: 0 };
for (const [name, check] of Object.entries(checks)) {
  try {
    const detail = await check();
    counts.passed += 1;
    console.log(`  ✔ ${name}${detail ? ` (${detail})` : ""}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`  ✘ ${name}\n      ${error.message.replaceAll("\n", "\n      ")}`);
  }
}
const { TEST_RESULTS_FILE } = process.env;
if (TEST_RESULTS_FILE) writeFileSync(TEST_RESULTS_FILE, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
