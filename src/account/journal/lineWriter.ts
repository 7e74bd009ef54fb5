import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";

/** Appends lines to a file; each is on the disk when its promise resolves. */
export interface LineWriter {
  append(line: object): Promise<void>;
  /** Waits until all lines so far are on the disk, or could not be written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file for appending, as its user's alone, and makes it if there is none. */
export async function openLines(file: string): Promise<LineWriter> {
  const handle = await open(file, "a+", 0o600);
  const { size } = await handle.stat();
  // A line that a crash cut off ends here, so that the next one is whole.
  let waiting = size > 0 && (await lastByte(handle, size)) !== "\n" ? "\n" : "";
  if (size === 0) await syncFolder(path.dirname(file));
  let writing: Promise<void> | undefined;

  /** Lines that come while another is written share the next write: parallel steps don't wait for each other's. */
  const writeWaiting = async (): Promise<void> => {
    const text = waiting;
    waiting = "";
    try {
      await handle.appendFile(text);
      await handle.datasync();
    } catch (error) {
      // Half of it may be there. Who else waits for a line of it tries again; the same line twice does no harm.
      waiting = `\n${text}${waiting}`;
      throw error;
    }
  };
  return {
    append(line) {
      waiting += `${JSON.stringify(line)}\n`;
      // So do lines of the same turn: the end of a step, and the start of the one that waited for it.
      const next = (writing ?? Promise.resolve())
        .then(() => turn())
        .then(() => (waiting === "" ? undefined : writeWaiting()));
      // A failed write is told to who waits for it; the next one is tried all the same.
      writing = next.catch(() => undefined);
      return next;
    },
    async flush() {
      await writing;
    },
    async close() {
      await writing;
      await handle.close();
    },
  };
}

async function lastByte(handle: FileHandle, size: number): Promise<string> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString();
}

/** So that a new name is on the disk, too. Not every system can do that for a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
