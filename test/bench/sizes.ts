import { statSync } from "node:fs";
import path from "node:path";
import { packageExtension } from "../sandbox/package-extension.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import type { Figure } from "./figures";

/** What people download and load, in thousands of bytes. */
export async function measureSizes(): Promise<readonly Figure[]> {
  const work = temporaryFolder("va-bench-");
  try {
    const vsix = await packageExtension(path.join(work, "vsix"));
    return [
      { what: "dist/extension.js", measured: size("dist/extension.js"), asked: "≤ 250 KB" },
      { what: "dist/account.js (loaded with the first AWS call)", measured: size("dist/account.js") },
      { what: "dist/cli.js", measured: size("dist/cli.js") },
      { what: "VSIX", measured: size(vsix), asked: "≤ 1000 KB" },
    ];
  } finally {
    removeTemporaryFolder(work);
  }
}

function size(file: string): string {
  return `${(statSync(file).size / 1000).toFixed(0)} KB`;
}
