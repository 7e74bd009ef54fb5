import assert from "node:assert/strict";
import Module from "node:module";
import * as vscode from "vscode";
import { extensionId } from "../testWorkspace";

// The function behind every require(), which Node's types leave out.
const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
const load = loader._load;
const asked = { workbench: 0, sideBar: 0 };
loader._load = (request, ...rest) => {
  if (request === "./workbench.js") asked.workbench += 1;
  if (request === "./sideBar.js") asked.sideBar += 1;
  return load.call(loader, request, ...rest);
};

/** How often the product was loaded since the window was opened; what is loaded before this file is not missed. */
export function loads(): number {
  const isLoaded = Object.keys(require.cache).some((file) => /[\\/]dist[\\/]workbench\.js$/.test(file));
  assert.equal(isLoaded, asked.workbench > 0, "this file was loaded first");
  return asked.workbench;
}

/** How often the side bar, with the status bar and what the commands work with, was loaded. */
export function sideBarLoads(): number {
  return asked.sideBar;
}

// A second try would find the window as the first one left it.
beforeEach(function () {
  this.currentTest?.retries(0);
});

/** The extension is active and has not loaded the product. */
export async function coldStart(): Promise<void> {
  await vscode.extensions.getExtension(extensionId)?.activate();
  assert.equal(loads(), 0, "the product is not loaded without a need");
}
