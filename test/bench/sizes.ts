import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { withShared } from "../sandbox/bundles.mjs";
import { packageExtension } from "../sandbox/package-extension.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import type { Figure } from "./figures";

/** What people download and load, in thousands of bytes. */
export async function measureSizes(): Promise<readonly Figure[]> {
  const work = temporaryFolder("va-bench-");
  try {
    const vsix = await packageExtension(path.join(work, "vsix"));
    const commandLine = readdirSync("dist")
      .filter((name) => /^cli(-\w+)?\.js$/.test(name))
      .map((name) => `dist/${name}`);
    return [
      { what: "dist/extension.js (loaded with every window)", measured: size("dist/extension.js") },
      {
        what: "  with dist/workbench.js (loaded when there is a need)",
        measured: size("dist/extension.js", ...withShared("workbench.js")),
        asked: "≤ 300 KB",
      },
      { what: "dist/catalog.js (loaded with it): the vendors", measured: size("dist/catalog.js") },
      { what: "dist/help.js (loaded after it)", measured: size("dist/help.js") },
      { what: "dist/commands.js (loaded with the first command)", measured: size("dist/commands.js") },
      { what: "dist/account.js (loaded with the first AWS call)", measured: size("dist/account.js") },
      { what: "the command line, all of it", measured: size(...commandLine) },
      { what: "VSIX", measured: size(vsix), asked: "≤ 1000 KB" },
    ];
  } finally {
    removeTemporaryFolder(work);
  }
}

function size(...files: readonly string[]): string {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return `${(bytes / 1000).toFixed(0)} KB`;
}
