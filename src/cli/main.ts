#!/usr/bin/env node
import { helpWithChecks, isHelper } from "./checkHelper";
import { exitCode } from "./command";
import { compileLittle } from "./compilerFlags";
import { createContext } from "./createContext";
import { watchOutputStreams } from "./outputStreams";
import { run } from "./run";

if (isHelper) {
  void helpWithChecks();
} else {
  const streams = watchOutputStreams(process.stdout, process.stderr);
  compileLittle();
  void createContext(__filename, streams)
    .then(async (context) => {
      const code = await run(process.argv.slice(2), context, async () => (await import("./commands")).commands);
      const problem = await streams.flushed();
      if (problem === undefined) return code;
      context.say(context.style.messages.error(problem));
      await streams.flushed();
      return exitCode.error;
    })
    // All else, such as a worker's memory, is not worth waiting for.
    .then((code) => process.exit(code));
}
