import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withAwsEnvironment, writeAwsProfiles } from "../sandbox/aws-profiles.mjs";
import { seedAccount, startEmulator } from "../sandbox/emulator.mjs";
import { startProxy } from "../sandbox/fault-proxy.mjs";
import { startFileServer } from "../sandbox/file-server.mjs";
import { cacheFolder, projectFolder } from "../sandbox/paths.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { openWorkbench, runCommand, startServer } from "../sandbox/vscode.mjs";

/** Where a failed test leaves what was on the screen. */
const failuresFolder = path.join(cacheFolder, "ui-failures");

/**
 * Starts everything that a person would have before them: VS Code with the extension as last built, on a workspace of
 * its own, with a seeded account behind the profiles `default` and `sandbox`.
 *
 * Between VS Code and the emulator stands a fault proxy: `ui.proxy` records the calls and lets them fail.
 *
 * @param options workspace: a folder to start from (default: an empty one); settings: user settings; machineSettings:
 *   those of the machine that VS Code's server runs on, where machine-scoped ones count; env: more environment;
 *   workspaceTrust: true asks for trust as on a desktop; extensions: others than this project
 */
export async function startUi({
  workspace,
  settings,
  machineSettings,
  env = {},
  workspaceTrust,
  extensions = [projectFolder],
  viewport,
} = {}) {
  const undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const emulator = await startEmulator();
    undo.push(() => emulator.stop());
    const { kmsKeyArn } = await seedAccount(emulator.endpoint);
    const proxy = await startProxy(emulator.endpoint);
    undo.push(() => proxy.stop());
    const profiles = writeAwsProfiles(proxy.endpoint);
    undo.push(() => profiles.remove());

    const home = temporaryFolder("va-ui-");
    undo.push(() => removeTemporaryFolder(home));
    const folder = path.join(home, "workspace");
    mkdirSync(folder);
    if (workspace) cpSync(workspace, folder, { recursive: true });

    const dataFolder = path.join(home, "vscode");
    const machineSettingsFile = path.join(dataFolder, "user/Machine/settings.json");
    writeSettings(machineSettingsFile, machineSettings);

    const server = await startServer({
      settings,
      dataFolder,
      workspaceTrust,
      env: { ...withAwsEnvironment(profiles.env), HOME: home, ...env },
    });
    undo.push(() => server.stop());
    const { browser, page } = await openWorkbench(server, { folder, extensions, viewport });
    undo.push(() => browser.close());
    return {
      ...person(page),
      page,
      folder,
      emulator,
      proxy,
      kmsKeyArn,
      env: profiles.env,
      /** Opens another workspace in the same window; without one: none. A file of type .code-workspace is one, too. */
      async open(place) {
        const kind = place?.endsWith(".code-workspace") ? "workspace" : "folder";
        const address = `${server.origin}/?${place ? `${kind}=${encodeURIComponent(place)}` : "ew=true"}`;
        for (let attempt = 1; ; attempt++) {
          await page.goto(address);
          await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
          if (kind === "folder") return;
          // In a browser VS Code at times reads the workspace's file too early, and then has no folder.
          const folders = page.locator(".explorer-folders-view .monaco-list-row").first();
          const found = await folders.waitFor({ timeout: 2500 }).then(
            () => true,
            () => false,
          );
          if (found) return;
          if (attempt === 5) throw new Error(`VS Code opens no folder of ${place}.`);
        }
      },
      /** The machine's settings from now on. */
      writeMachineSettings: (changed) => writeSettings(machineSettingsFile, changed),
      /** Puts other texts into the AWS shared files. @returns {() => void} puts back what was there */
      writeAwsFiles(texts) {
        const files = [profiles.env.AWS_CONFIG_FILE, profiles.env.AWS_SHARED_CREDENTIALS_FILE];
        const before = files.map((file) => readFileSync(file, "utf8"));
        const write = (all) => {
          for (const [index, file] of files.entries()) writeFileSync(file, all[index]);
        };
        write([texts.config ?? before[0], texts.credentials ?? before[1]]);
        return () => write(before);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Opens VS Code as a browser has it without any machine behind it, as in vscode.dev: extensions run in a worker of the
 * page, the workspace is a folder in memory, there is no AWS account and nothing to find one with.
 */
export async function startBrowserUi() {
  const files = await startFileServer({
    "vendor-access": projectFolder,
    "memory-folder": path.join(projectFolder, "test/host/web/memoryFolder"),
  });
  const server = await startServer();
  const stopServers = () => Promise.all([server.stop(), files.stop()]);
  try {
    const extensions = [`${files.origin}/vendor-access`, `${files.origin}/memory-folder`];
    const { browser, page } = await openWorkbench(server, {
      browserOnly: true,
      folder: "memfs:/workspace",
      extensions,
    });
    const stop = async () => {
      await browser.close();
      await stopServers();
    };
    return { ...person(page), page, stop };
  } catch (error) {
    await stopServers();
    throw error;
  }
}

function writeSettings(file, settings = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/** The text as it is on the screen, with its line breaks and without what is hidden. */
function visibleText(locator) {
  return locator.innerText();
}

/** What a person does and sees. `interactions()` counts what they did: a command, a choice, a text, a button. */
function person(page) {
  let interactions = 0;
  const quickInput = page.locator(".quick-input-widget");
  const dialogBox = page.locator(".monaco-dialog-box");
  const toasts = page.locator(".notification-toast");
  /** Waits for a text or placeholder in the open quick input. */
  async function shown(prompt) {
    if (!prompt) return;
    const asking = quickInput.filter({ hasText: prompt }).or(page.getByPlaceholder(prompt));
    await asking.first().waitFor({ timeout: 30_000 });
  }
  const label = (name) => new RegExp(`^\\s*${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);

  return {
    interactions: () => interactions,

    /** Runs a command of the palette by its title, with its category: "Vendor Access: New Integration…". */
    async runCommand(title) {
      interactions += 1;
      await runCommand(page, title);
    },

    /** Chooses the first entry with this text in the open quick pick. */
    async pick(text) {
      interactions += 1;
      const row = quickInput.locator(".monaco-list-row", { hasText: text }).first();
      await row.waitFor({ timeout: 30_000 });
      await row.click();
    },

    /** The texts of the entries of the open quick pick, once there is one. */
    async choices() {
      await quickInput.locator(".monaco-list-row").first().waitFor({ timeout: 30_000 });
      return quickInput.locator(".monaco-list-row").allInnerTexts();
    },

    /** Fills the filter of the open quick pick; what is then picked counts as one interaction with it. */
    async fill(text, prompt) {
      await shown(prompt);
      await quickInput.locator(".quick-input-filter input").first().fill(text);
    },

    /** Fills the open input box (or the filter of a quick pick) and accepts with Enter. `prompt`: waits for this text or placeholder. */
    async type(text, prompt) {
      interactions += 1;
      await shown(prompt);
      const input = quickInput.locator(".quick-input-filter input").first();
      await input.waitFor({ timeout: 30_000 });
      await input.fill(text);
      await page.keyboard.press("Enter");
    },

    /** Waits for a notification. @returns its whole text */
    async notification(text, { timeout = 20_000 } = {}) {
      const toast = toasts.filter({ hasText: text }).first();
      await toast.waitFor({ timeout });
      return visibleText(toast);
    },

    /** Waits for a modal dialog. @returns its whole text */
    async dialog(text, { timeout = 20_000 } = {}) {
      const dialog = dialogBox.filter({ hasText: text }).first();
      await dialog.waitFor({ timeout });
      return visibleText(dialog);
    },

    /** Presses a button of the open dialog, or else of a notification. */
    async button(name) {
      interactions += 1;
      const buttons = page.locator(".monaco-dialog-box .monaco-button, .notification-toast .monaco-button");
      const button = buttons.filter({ hasText: label(name) }).first();
      await button.waitFor({ timeout: 30_000 });
      await button.click();
    },

    /** Waits for an entry of a tree view of the side bar. @returns its locator */
    async treeItem(text, { timeout = 30_000 } = {}) {
      const item = page.locator(".sidebar .monaco-list-row", { hasText: text }).first();
      await item.waitFor({ timeout });
      return item;
    },

    /** Opens a file of the workspace by its path there. */
    async openFile(file) {
      await page.keyboard.press("Control+P");
      await quickInput.locator("input").first().fill(file);
      await quickInput
        .locator(".monaco-list-row.focused", { hasText: path.basename(file) })
        .waitFor({ timeout: 30_000 });
      await page.keyboard.press("Enter");
      const tab = page.locator(".tab.active", { hasText: path.basename(file) });
      await tab.waitFor({ timeout: 30_000 });
    },

    clipboard: () => page.evaluate(() => globalThis.navigator.clipboard.readText()),

    /** Saves what is on the screen as `<folder>/<name>.png`. */
    async screenshot(name, folder) {
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
  };
}

/**
 * For a mocha `afterEach(function () { return saveFailure(ui, this.currentTest); })`: what was on the screen when a
 * test failed, as picture and as text.
 */
export async function saveFailure(ui, test) {
  if (!ui || test?.state !== "failed") return;
  const name = test
    .fullTitle()
    .replace(/[^\w]+/g, "-")
    .slice(0, 100);
  try {
    const file = await ui.screenshot(name, failuresFolder);
    const text = await visibleText(ui.page.locator("body"));
    const calls = (ui.proxy?.calls ?? []).map(
      ({ service, action, status }) => `${service}:${action} ${status ?? "no answer"}`,
    );
    writeFileSync(path.join(failuresFolder, `${name}.txt`), `${text}\n\nAWS calls:\n${calls.join("\n")}\n`);
    console.log(`      the screen at the failure: ${path.relative(projectFolder, file)}`);
  } catch (error) {
    console.log(`      the screen at the failure could not be saved: ${error.message}`);
  }
}
