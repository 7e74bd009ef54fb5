import { helpWithChecks } from "./checkTasks";
import { compileLittle } from "./compilerFlags";
import { createContext } from "./createContext";
import { run } from "./run";

if (!helpWithChecks()) {
  // `vendor-access check … | head` closes the pipe early; that is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  compileLittle();
  // No process.exit at the end: what was printed must reach its reader first.
  void run(process.argv.slice(2), createContext(__filename)).then((code) => {
    process.exitCode = code;
  });
}
