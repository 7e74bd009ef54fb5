/**
 * `npm start`: VS Code in the browser with this extension installed, a sample workspace and an emulated AWS account.
 *
 *   --no-open   only prints the address
 *   --port N    serves on this port (default: 8377, or a free one when that is taken)
 *   --no-build  takes the bundles that are in dist/
 *   --check     starts everything in temporary folders, checks that it is there, and stops
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { sandboxAccountId, withAwsEnvironment } from "./aws-profiles.mjs";
import { seedAccount, startEmulator } from "./emulator.mjs";
import { installEmulator, installProject, installVscode } from "./install.mjs";
import { packageExtension } from "./package-extension.mjs";
import { cacheFolder, projectFolder } from "./paths.mjs";
import { freePort, run, temporaryFolder } from "./processes.mjs";
import { installExtension, installedExtensions, startServer } from "./vscode.mjs";

const usualPort = 8377;
const sampleWorkspace = path.join(projectFolder, "test/sandbox/workspace");

async function start({ open, build, port, check }) {
  await installProject();
  await installVscode();
  await installEmulator();
  const folder = check ? temporaryFolder("va-start-") : path.join(cacheFolder, "start");
  const dataFolder = path.join(folder, "vscode");
  const workspace = path.join(folder, "workspace");

  say(build ? "building and packing the extension" : "packing the extension");
  if (build) await run("npm", ["run", "--silent", "build"], { cwd: projectFolder, quiet: true });
  const vsix = await packageExtension(folder);
  say("installing it into VS Code");
  mkdirSync(dataFolder, { recursive: true });
  await installExtension(vsix, dataFolder);
  copySampleWorkspace(workspace);

  say("starting the emulated AWS account and VS Code");
  const emulator = await startEmulator({ awsPolicies: true });
  await seedAccount(emulator.endpoint);
  const server = await startServer({
    env: withAwsEnvironment(emulator.env),
    dataFolder,
    port: await choosePort(port),
    settings: { "workbench.startupEditor": "readme" },
  });
  const stop = async () => {
    await server.stop();
    await emulator.stop();
  };
  const url = server.url(workspace);
  if (check) {
    try {
      await checkStarted(url, dataFolder);
    } finally {
      await stop();
    }
    return;
  }

  console.log(`
  VS Code with Vendor Access:  ${url}

  Press F1 there and run "Vendor Access: New Integration…"; README.md says what else to try.
  Workspace:    ${workspace} (yours: it is kept)
  AWS account:  ${sandboxAccountId}, emulated at ${emulator.endpoint}, new with every start

  For the command line:
    export AWS_CONFIG_FILE=${emulator.env.AWS_CONFIG_FILE} AWS_SHARED_CREDENTIALS_FILE=${emulator.env.AWS_SHARED_CREDENTIALS_FILE}

  Ctrl-C stops everything.
`);
  if (open) openBrowser(url);
  const reason = await Promise.race([interrupted(), server.exited]);
  if (typeof reason === "number") {
    process.exitCode = 1;
    console.error(`VS Code's server ended by itself (code ${reason}):\n${server.log().slice(-2000)}`);
  }
  say("stopping");
  await stop();
}

/** What a user did in the workspace survives a restart. */
function copySampleWorkspace(workspace) {
  if (existsSync(workspace) && readdirSync(workspace).length > 0) return;
  cpSync(sampleWorkspace, workspace, { recursive: true });
}

/** The same port each time, so that the browser finds its state again. One that was asked for is taken or refused. */
async function choosePort(asked) {
  try {
    return await freePort(asked ?? usualPort);
  } catch (error) {
    if (asked !== undefined)
      throw new Error(`Port ${asked} can't be used (${error.code}). Try another one with --port.`);
    return freePort();
  }
}

async function checkStarted(url, dataFolder) {
  // The first answer puts the address's token into a cookie.
  const first = await fetch(url, { redirect: "manual" });
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const page = await fetch(new URL(first.headers.get("location") ?? url, url), { headers: { cookie } });
  const html = await page.text();
  if (!page.ok || !html.includes("vscode-workbench-web-configuration")) {
    throw new Error(`The workbench's page does not answer: ${page.status}\n${html.slice(0, 500)}`);
  }
  const extensions = await installedExtensions(dataFolder);
  if (!extensions.some((id) => id.startsWith("vendor-access.vendor-access@"))) {
    throw new Error(`The extension is not installed, only: ${extensions.join(", ") || "none"}`);
  }
  say(`everything is there: the page answers, and VS Code has ${extensions.join(", ")}`);
}

function openBrowser(url) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const opener = process.platform === "darwin" ? "open" : DISPLAY || WAYLAND_DISPLAY ? "xdg-open" : undefined;
  if (!opener) return;
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.once("error", () => say(`could not open a browser with ${opener}: open the address above`));
  child.unref();
}

/** Waits for Ctrl-C or a signal to end. A second one ends at once. */
function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.removeAllListeners(signal);
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve(signal);
      });
    }
  });
}

function say(text) {
  console.log(`[start] ${text}`);
}

function options() {
  const { values } = parseArgs({
    options: {
      "no-open": { type: "boolean" },
      "no-build": { type: "boolean" },
      port: { type: "string" },
      check: { type: "boolean" },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port wants a number from 1 to 65535, not ${values.port}.`);
  }
  return { open: !values["no-open"], build: !values["no-build"], port, check: values.check ?? false };
}

try {
  await start(options());
} catch (error) {
  console.error(`[start] ${error.message}`);
  process.exit(1);
}
