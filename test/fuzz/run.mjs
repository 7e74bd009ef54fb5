/** `npm run fuzz`: bundles the fuzzer as the product is bundled, which makes it four times as fast, and runs it. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { build } from "esbuild";
import { projectFolder } from "../sandbox/paths.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";

const folder = temporaryFolder("va-fuzz-");
try {
  const outfile = path.join(folder, "fuzz.js");
  await build({
    entryPoints: [path.join(projectFolder, "test/fuzz/main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minifySyntax: true,
    sourcemap: "inline",
    mainFields: ["module", "main"],
  });
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...process.argv.slice(2)], {
    cwd: projectFolder,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  removeTemporaryFolder(folder);
}
