#!/usr/bin/env node
import { helpWithChecks, isHelper } from "./checkHelper";
import { compileLittle } from "./compilerFlags";
import { createContext } from "./createContext";
import { run } from "./run";

if (isHelper) {
  void helpWithChecks();
} else {
  // `vendor-access check … | head` closes the pipe early; that is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  compileLittle();
  void createContext(__filename)
    .then((context) => run(process.argv.slice(2), context, async () => (await import("./commands")).commands))
    .then((code) => {
      process.exitCode = code;
      // What was printed must reach its reader first; all else, such as a worker's memory, is not worth waiting for.
      if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
    });
}
