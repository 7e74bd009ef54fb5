/** `npm run bench`: installs and builds what is needed, then prints the measured figures. */
import path from "node:path";
import { installChromium, installEmulator, installProject, installVscode } from "../sandbox/install.mjs";
import { projectFolder } from "../sandbox/paths.mjs";
import { run } from "../sandbox/processes.mjs";

await installProject();
await installEmulator();
await installVscode();
await installChromium();
await run(process.execPath, ["esbuild.mjs"], { cwd: projectFolder });
await run(path.join(projectFolder, "node_modules/.bin/tsx"), ["test/bench/figures.ts", ...process.argv.slice(2)], {
  cwd: projectFolder,
});
