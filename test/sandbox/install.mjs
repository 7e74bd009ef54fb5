/**
 * Installs what tests and `npm start` need and the project does not depend on, into `.cache/`, on first use.
 * Plain Node without any package, because it also installs the packages.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cacheFolder, projectFolder } from "./paths.mjs";
import { run } from "./processes.mjs";

const codeServerVersion = "4.139.1"; // bundles VS Code 1.139
const serverNodeVersion = "24.21.0"; // VS Code's server wants Node 24, whatever Node the project's tools run on
const requirementsFile = path.join(projectFolder, "test/sandbox/requirements.txt");

/** Parts of the VS Code server that no test needs: half of its size, and slower to start with. */
const unneededParts = [
  "node_modules/@github",
  "node_modules/@microsoft/mxc-sdk",
  "node_modules/@devcontainers",
  "extensions/copilot",
  "extensions/mermaid-markdown-features",
  "extensions/node_modules",
];

/** The project's own packages, when they are missing or older than the lock file. */
export async function installProject() {
  const lockFile = path.join(projectFolder, "package-lock.json");
  const installed = path.join(projectFolder, "node_modules/.package-lock.json");
  const upToDate = () => existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockFile).mtimeMs;
  if (upToDate()) return;
  await locked("project", async () => {
    if (upToDate()) return; // another run did it while this one waited
    const command = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    say(`installing the project's packages (npm ${command.join(" ")})`);
    await run("npm", command, { cwd: projectFolder, env: npmEnvironment() });
  });
}

/**
 * VS Code's server with its web workbench.
 *
 * @returns {Promise<{ node: string, folder: string }>} the Node that runs it, and its folder (`out/server-main.js`).
 */
export async function installVscode() {
  const folder = path.join(cacheFolder, "vscode");
  const nodePackage = serverNodePackage();
  const packages = [
    `code-server@${codeServerVersion}`,
    ...(nodePackage ? [`${nodePackage}@${serverNodeVersion}`] : []),
  ];
  const server = path.join(folder, "node_modules/code-server/lib/vscode");
  await installOnce("vscode", packages.join(" "), async () => {
    say(`installing VS Code's server (${packages.join(", ")}), about half a minute`);
    writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
    const env = npmEnvironment();
    // No install scripts: they would build native modules that the server can do without.
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await run("npm", ["install", ...options, ...packages], { cwd: folder, env });
    await run("npm", ["install", "--omit=dev", ...options], { cwd: server, env });
    for (const part of unneededParts) rmSync(path.join(server, part), { recursive: true, force: true });
  });
  return {
    node: nodePackage ? path.join(folder, `node_modules/${nodePackage}/bin/node`) : process.execPath,
    folder: server,
  };
}

/** The npm package that holds Node for this machine, or undefined where Node itself is new enough. */
function serverNodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  if (["linux-x64", "linux-arm64"].includes(platform)) return `node-${platform}`;
  if (Number(process.versions.node.split(".")[0]) >= 24) return undefined;
  throw new Error(
    `VS Code's server needs Node 24 and none can be installed for ${platform}. Install Node 24 and run this again with it.`,
  );
}

/**
 * moto, the AWS emulator, in a Python environment of its own.
 *
 * @returns {Promise<{ motoServer: string }>} the program that starts it.
 */
export async function installEmulator() {
  const folder = path.join(cacheFolder, "emulator");
  const python = await pythonVersion();
  await installOnce("emulator", `${python}\n${readFileSync(requirementsFile, "utf8")}`, async () => {
    say(`installing the AWS emulator (${python}), some seconds`);
    await createPythonEnvironment(folder);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirementsFile];
    await run(path.join(folder, "bin/python"), pip, { cwd: projectFolder });
  });
  return { motoServer: path.join(folder, "bin/moto_server") };
}

async function pythonVersion() {
  try {
    return (await run("python3", ["--version"], { quiet: true })).trim();
  } catch {
    await installSystemPackages(["python3", "python3-venv"], "Python 3 (python3) was not found.");
    return (await run("python3", ["--version"], { quiet: true })).trim();
  }
}

async function createPythonEnvironment(folder) {
  const create = () => run("python3", ["-m", "venv", folder], { quiet: true });
  try {
    await create();
  } catch (error) {
    // Debian and Ubuntu ship Python without the module that makes environments.
    await installSystemPackages(["python3-venv"], error.message);
    await create();
  }
}

const chromiumNames = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium-browser",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** @returns {Promise<string>} the path of a Chromium or Chrome that runs. `CHROME_PATH` names another one. */
export async function installChromium() {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) {
    if (await answersVersion(CHROME_PATH)) return CHROME_PATH;
    throw new Error(`CHROME_PATH names ${CHROME_PATH}, which does not run. Correct it, or unset it to have one found.`);
  }
  return (
    (await findChromium()) ??
    (await locked("chromium", async () => {
      const found = await findChromium();
      if (found) return found;
      await installSystemPackages(["chromium"], "No Chromium or Chrome was found.");
      const installed = await findChromium();
      if (!installed) throw new Error("Chromium was installed but does not run. Name a browser in CHROME_PATH.");
      return installed;
    }))
  );
}

async function findChromium() {
  for (const name of chromiumNames) if (existsSync(name) && (await answersVersion(name))) return name;
  return undefined;
}

/** Ubuntu's `chromium-browser` may be a stub that only says "install the snap": being there is not enough. */
async function answersVersion(program) {
  try {
    return /\d+\.\d+/.test(await run(program, ["--version"], { quiet: true }));
  } catch {
    return false;
  }
}

async function installSystemPackages(packages, reason) {
  const becomeRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const byHand = `sudo apt-get update && sudo apt-get install -y ${packages.join(" ")}`;
  say(`${reason} Installing ${packages.join(", ")} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await locked("apt-get", async () => {
      for (const step of [["update"], ["install", "-y", ...packages]]) {
        const [command, ...args] = [...becomeRoot, "apt-get", ...step];
        await run(command, args, { env, quiet: true });
      }
    });
  } catch (error) {
    throw new Error(
      `${reason} It could not be installed from here. Install it by hand:\n  ${byHand}\n${error.message}`,
    );
  }
}

/** Installs into `.cache/<name>/`. What was left half finished, or belongs to other versions, is made anew. */
async function installOnce(name, version, install) {
  const folder = path.join(cacheFolder, name);
  const stampFile = path.join(folder, "installed.json");
  // The place belongs to the key: a Python environment holds absolute paths and does not survive a move.
  const stamp = `${JSON.stringify({ version, folder, platform: `${process.platform}-${process.arch}` })}\n`;
  const installed = () => existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (installed()) return;
  await locked(name, async () => {
    if (installed()) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await install();
    writeFileSync(stampFile, stamp); // last: without it the next run begins again
  });
}

/** Lets one process at a time install a thing. The lock of a process that died is taken over. */
async function locked(name, work) {
  const folder = path.join(cacheFolder, `${name}.lock`);
  const ownerFile = path.join(folder, "pid");
  mkdirSync(cacheFolder, { recursive: true });
  for (let end = Date.now() + 600_000, said = false; ; said = true) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAbandoned(folder, ownerFile)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!said) say(`waiting: another run is installing (${path.relative(projectFolder, folder)})`);
    if (Date.now() > end)
      throw new Error(`Waited 10 minutes for another run. If there is none, remove it:\n  rm -r ${folder}`);
    await wait(250);
  }
  try {
    writeFileSync(ownerFile, String(process.pid));
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAbandoned(folder, ownerFile) {
  try {
    process.kill(Number(readFileSync(ownerFile, "utf8")), 0);
    return false;
  } catch (error) {
    if (error.code === "EPERM") return false; // alive, of another user
    if (error.code !== "ENOENT") return true;
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > 5000; // no owner yet: between its two steps, or died there
  } catch {
    return false; // released just now
  }
}

/** npm sets variables for the scripts it runs that would send an inner npm back to the outer project. */
function npmEnvironment() {
  const inherited = /^npm_(config_(local_prefix|prefix|omit|global)|package_|lifecycle_|command$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !inherited.test(key) && key !== "NODE_ENV"));
}

function say(text) {
  console.log(`[install] ${text}`);
}
