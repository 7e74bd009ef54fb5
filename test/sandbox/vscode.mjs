import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { installChromium, installVscode } from "./install.mjs";
import { freePort, removeTemporaryFolder, startProgram, temporaryFolder } from "./processes.mjs";

/** A quiet workbench: nothing on it that is not ours, nothing that goes to the network. */
const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.editor.useModal": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "files.simpleDialog.enable": true,
};

/** Settings of a Node that runs this, which must not reach the server's own Node. */
const foreignVariables = ["NODE_OPTIONS", "NODE_PATH", "VSCODE_IPC_HOOK_CLI", "ELECTRON_RUN_AS_NODE"];

/**
 * Starts VS Code's server on 127.0.0.1.
 *
 * @param options settings: user settings on top of the quiet ones; env: the server's and so the extensions'
 *   environment; workspaceTrust: true asks for trust in a folder as on a desktop; dataFolder: keeps user data and
 *   extensions there (default: a private folder that goes with the server); port; args: more for the server.
 */
export async function startServer({
  settings = {},
  env = process.env,
  workspaceTrust = false,
  dataFolder,
  port,
  args = [],
} = {}) {
  const { node, folder: serverFolder } = await installVscode();
  // Short, and in the system's temporary folder: the paths of the server's sockets have a limit of some 100 bytes.
  const runFolder = temporaryFolder("va-vs-");
  const data = dataFolder ?? runFolder;
  const userData = path.join(data, "user");
  mkdirSync(path.join(userData, "User"), { recursive: true });
  const settingsFile = path.join(userData, "User/settings.json");
  if (!existsSync(settingsFile)) {
    const userSettings = { "security.workspace.trust.enabled": workspaceTrust, ...quietSettings, ...settings };
    writeFileSync(settingsFile, `${JSON.stringify(userSettings, null, 2)}\n`);
  }

  const serverPort = port ?? (await freePort());
  const token = randomUUID(); // without it any page open in a browser of this machine could speak to the server
  const folders = ["--server-data-dir", data, "--user-data-dir", userData, "--extensions-dir", extensionsFolder(data)];
  const program = startProgram(
    node,
    [
      path.join(serverFolder, "out/server-main.js"),
      ...["--host", "127.0.0.1", "--port", String(serverPort), "--connection-token", token],
      ...["--accept-server-license-terms", "--disable-telemetry"],
      ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
      ...folders,
      ...args,
    ],
    { cwd: serverFolder, env: serverEnvironment(env, runFolder) },
  );
  const stop = async () => {
    await program.stop();
    removeTemporaryFolder(runFolder);
  };
  try {
    await listening(program);
  } catch (error) {
    await stop();
    throw error;
  }
  const host = `127.0.0.1:${serverPort}`;
  return {
    host,
    port: serverPort,
    origin: `http://${host}`,
    /** The address of the workbench with a folder open; without one, of an empty window. */
    url: (folder) => `http://${host}/?tkn=${token}&${folder ? `folder=${encodeURIComponent(folder)}` : "ew=true"}`,
    exited: program.exited,
    log: program.log,
    stop,
  };
}

/** Installs a packaged extension for a server that is started with the same `dataFolder`. */
export async function installExtension(vsix, dataFolder) {
  const { output } = await serverCommand(dataFolder, ["--install-extension", vsix, "--force"]);
  return output;
}

/** @returns {Promise<string[]>} the extensions installed in `dataFolder`, like `publisher.name@1.2.3` */
export async function installedExtensions(dataFolder) {
  const { output } = await serverCommand(dataFolder, ["--list-extensions", "--show-versions"]);
  return output.split("\n").filter((line) => /^[\w-]+\.[\w-]+@/.test(line));
}

async function serverCommand(dataFolder, args) {
  const { node, folder } = await installVscode();
  const runFolder = temporaryFolder("va-vs-");
  const program = startProgram(
    node,
    [
      path.join(folder, "out/server-main.js"),
      ...["--accept-server-license-terms", "--server-data-dir", dataFolder],
      ...["--extensions-dir", extensionsFolder(dataFolder), ...args],
    ],
    { cwd: folder, env: serverEnvironment(process.env, runFolder) },
  );
  try {
    const code = await Promise.race([program.exited, wait(60_000, "no end after 60 s", { ref: false })]);
    const output = program.log();
    if (code !== 0) throw new Error(`VS Code's server ${args.join(" ")}: ${code}\n${output}`);
    return { output };
  } finally {
    await program.stop();
    removeTemporaryFolder(runFolder);
  }
}

const extensionsFolder = (dataFolder) => path.join(dataFolder, "extensions");

function serverEnvironment(env, runFolder) {
  const kept = Object.entries(env).filter(([key]) => !foreignVariables.includes(key) && !key.startsWith("npm_"));
  return { ...Object.fromEntries(kept), TMPDIR: runFolder, XDG_RUNTIME_DIR: runFolder };
}

async function listening(program) {
  let exitCode;
  program.exited.then((code) => {
    exitCode = code;
  });
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(25)) {
    if (program.log().includes("Extension host agent listening on")) return;
    if (exitCode !== undefined) throw new Error(`VS Code's server ended with code ${exitCode}:\n${program.log()}`);
  }
  throw new Error(`VS Code's server did not start within 60 s:\n${program.log()}`);
}

const browserArguments = [
  "--no-sandbox", // a container's root can't have one; the only page is our own
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens the workbench in a headless browser.
 *
 * @param server what `startServer` returned
 * @param options folder: the workspace, an empty window without; extensions: folders of extensions under development; testsPath: the script
 *   that the extension host runs as its tests; onLog(type, args): the tests' console; onExit(code): their end;
 *   browserOnly: the server gives only the page, and extensions run in a worker of the browser, as in vscode.dev. The
 *   folder is then a URI, extensions and testsPath are addresses of a web server that lets other origins read.
 */
export async function openWorkbench(
  server,
  { folder, extensions = [], testsPath, onLog, onExit, browserOnly = false, viewport = { width: 1280, height: 800 } },
) {
  const { chromium } = await import("playwright-core");
  const executablePath = await installChromium();
  const browser = await chromium.launch({ executablePath, headless: true, args: browserArguments });
  try {
    // The page's own policy keeps it to this one server.
    const context = await browser.newContext({ viewport, bypassCSP: browserOnly });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
    const page = await context.newPage();
    if (onLog) await page.exposeFunction("codeAutomationLog", onLog);
    if (onExit) await page.exposeFunction("codeAutomationExit", onExit);
    const place = (file) => {
      if (!browserOnly) return { $mid: 1, scheme: "vscode-remote", authority: server.host, path: file };
      const { protocol, host, pathname } = new URL(file);
      return { $mid: 1, scheme: protocol.slice(0, -1), authority: host, path: pathname };
    };
    const developmentOptions = {
      extensions: extensions.map(place),
      ...(testsPath ? { extensionTestsPath: place(testsPath) } : {}),
    };
    // The server's settings are those of a remote machine.
    const settings = browserOnly ? { configurationDefaults: quietSettings } : {};
    await page.addInitScript(addOptions, { developmentOptions, ...settings });
    if (browserOnly) {
      await page.route("**/workbench/workbench.js", withoutRemote);
      // VS Code's own extensions come without their form for browsers: instead of an error each does nothing.
      await page.route("**/static/extensions/**/*.js", (route) => route.fulfill({ body: "" }));
    }
    await page.goto(server.url(folder));
    await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    return { browser, context, page };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** What code-server changed in the workbench, which takes its server for a remote machine that runs extensions. */
const remoteParts = [
  [/remoteAuthority:location\.host/, "remoteAuthority:undefined"],
  [/\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.vscodeRemote\}\)/, '.from({scheme:"vscode-userdata",path:"/"})'],
];

async function withoutRemote(route) {
  const response = await route.fetch();
  const body = remoteParts.reduce(
    (script, [part, replacement]) => {
      if (!part.test(script)) throw new Error(`The workbench’s script has no ${part} any more.`);
      return script.replace(part, replacement);
    },
    await response.text(),
  );
  await route.fulfill({ response, body });
}

/**
 * Runs in the page. The workbench reads its options from an attribute of a `meta` element: it gets ours added. (The
 * page itself can't be changed on its way: Chromium then takes it for a foreign one and blocks its web socket.)
 */
function addOptions(options) {
  const { Element, window } = globalThis;
  if (window.top !== window) return;
  const getAttribute = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    if (this.id !== "vscode-workbench-web-configuration" || name !== "data-settings") return value;
    const configuration = JSON.parse(value);
    return JSON.stringify({ ...configuration, ...options });
  };
}

/**
 * Runs a command of the palette by its title.
 *
 * The palette's list is made when it opens and does not learn of commands that arrive later, as those of an extension
 * that is just starting: it is opened again until the command is there.
 */
export async function runCommand(page, title, { timeout = 30_000 } = {}) {
  const palette = page.locator(".quick-input-widget");
  const input = palette.locator("input").first();
  for (const end = Date.now() + timeout; ; ) {
    await page.keyboard.press("F1");
    try {
      await input.waitFor({ timeout: 2000 });
      // What takes the focus meanwhile, a terminal that opens or closes for example, closes the palette.
      await input.fill(`>${title}`, { timeout: 1500 });
      await palette.locator(".monaco-list-row.focused", { hasText: title }).waitFor({ timeout: 1500 });
      break;
    } catch (error) {
      if (Date.now() > end) throw new Error(`The palette has no command "${title}".`, { cause: error });
      await page.keyboard.press("Escape");
    }
  }
  await page.keyboard.press("Enter");
  // The command itself may open a quick pick at once, in the same widget: only the palette's text must be gone.
  await page.waitForFunction((text) => {
    const widget = globalThis.document.querySelector(".quick-input-widget");
    return !widget || widget.style.display === "none" || widget.querySelector("input")?.value !== text;
  }, `>${title}`);
}
