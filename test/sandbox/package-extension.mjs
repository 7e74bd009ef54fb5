import { mkdirSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";
import { run } from "./processes.mjs";

/**
 * Packs the extension as last built into a VSIX.
 *
 * @param {string} folder where to put it
 * @returns {Promise<string>} the VSIX's path
 */
export async function packageExtension(folder) {
  const vsix = path.join(folder, "vendor-access.vsix");
  mkdirSync(folder, { recursive: true });
  const vsce = path.join(projectFolder, "node_modules/@vscode/vsce/vsce");
  // Everything is bundled. The links of the README stay relative: a checkout does not know the repository's address.
  const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  await run(process.execPath, [vsce, "package", ...options, "--out", vsix], { cwd: projectFolder, quiet: true });
  return vsix;
}
