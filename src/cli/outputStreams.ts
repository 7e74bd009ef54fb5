import { fileError } from "./nodeFileSystem";

/** What became of what was written. */
export interface OutputStreams {
  /** What has been printed since is kept nowhere else: a reader that went away early did not want just the beginning of it. */
  needed(): void;
  /**
   * Waits until everything is out.
   *
   * @returns why standard output did not take it; undefined when it did, or when its reader had enough (`… | head`)
   */
  flushed(): Promise<string | undefined>;
}

/**
 * Takes the errors of standard output and standard error away from the process: what is under way in AWS comes to its end, whoever
 * has stopped to read.
 */
export function watchOutputStreams(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): OutputStreams {
  let failure: NodeJS.ErrnoException | undefined;
  let isNeeded = false;
  stdout.on("error", (error) => {
    failure ??= error;
  });
  stderr.on("error", () => {}); // there is nowhere left to say it
  const written = (stream: NodeJS.WriteStream) => new Promise((resolve) => stream.write("", resolve));
  return {
    needed: () => {
      isNeeded = true;
    },
    async flushed() {
      await Promise.all([written(stdout), written(stderr)]);
      if (failure === undefined || (failure.code === "EPIPE" && !isNeeded)) return undefined;
      return fileError("write", "standard output", failure).message;
    },
  };
}
