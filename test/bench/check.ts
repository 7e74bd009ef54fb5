import { execFileSync } from "node:child_process";
import path from "node:path";
import { build } from "esbuild";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import type { Figure } from "./figures";

/**
 * The check of one document, warm, against the least that reading it takes and against VS Code's own validation. All of
 * it bundled like what ships (esbuild.mjs): run from its sources by tsx, which gives every function its name when it is
 * made, the parser alone takes four times as long.
 */
export async function measureCheck(): Promise<readonly Figure[]> {
  const folder = temporaryFolder("va-bench-");
  try {
    const outfile = path.join(folder, "checkTimes.js");
    await build({
      entryPoints: [require.resolve("./checkTimes.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      minify: true,
      mainFields: ["module", "main"],
    });
    return JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" })) as readonly Figure[]; // its output
  } finally {
    removeTemporaryFolder(folder);
  }
}
