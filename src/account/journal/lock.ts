import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { UserError } from "../../policy/userError";
import { type Clock, pause } from "../clock";

export interface Lock {
  /** Somebody else had it, so that what was read before is out of date. */
  readonly waited: boolean;
  release(): Promise<void>;
}

/** Who has a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  /** "applying jfrog" */
  readonly doing: string;
  readonly nonce: string;
}

export interface LockOptions {
  readonly doing: string;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Called when somebody else has it and is waited for. */
  readonly onWait: (who: string) => void;
}

/** Milliseconds: between two signs of life, without one until a lock of an unknown process is void, and of one that runs. */
const heartbeat = 10_000;
const silence = { unknown: 60_000, running: 600_000 };
/** For how long another process is waited for. */
const patience = 10_000;

/**
 * Makes sure that one process at a time works on something. A lock of a process that is gone is void.
 *
 * @throws UserError busy when another process keeps it, cancelled
 */
export async function acquireLock(file: string, { doing, clock, signal, onWait }: LockOptions): Promise<Lock> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const me: Holder = {
    pid: process.pid,
    host: os.hostname(),
    since: new Date().toISOString(),
    doing,
    nonce: randomUUID(),
  };
  const start = clock.now();
  for (let waited = false; ; waited = true) {
    if (await take(file, me)) return held(file, me, waited);
    const other = await readHolder(file);
    if (other === undefined) continue;
    if (await isVoid(file, other)) {
      await removeVoid(file, other);
      continue;
    }
    if (clock.now() - start >= patience) {
      throw new UserError(
        "busy",
        `${describeHolder(other)}. Two at a time would get in each other's way: wait until it has ended, then try again.`,
      );
    }
    onWait(describeHolder(other));
    await pause(clock, 250, signal);
  }
}

/** Whether a process that runs has the lock. */
export async function isLocked(file: string): Promise<boolean> {
  const holder = await readHolder(file);
  return holder !== undefined && !(await isVoid(file, holder)) && (await readHolder(file)) !== undefined;
}

async function take(file: string, me: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(me), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function held(file: string, me: Holder, waited: boolean): Lock {
  const timer = setInterval(() => {
    const now = new Date();
    // A missed sign of life is made good by the next one.
    utimes(file, now, now).catch(() => undefined);
  }, heartbeat);
  timer.unref();
  return {
    waited,
    async release() {
      clearInterval(timer);
      if ((await readHolder(file))?.nonce === me.nonce) await rm(file, { force: true });
    },
  };
}

/** Undefined when there is no lock. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Holder; // only this program writes it
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    // Just being written, or cut off by a crash: time will tell.
    return { pid: 0, host: "", since: "", doing: "working here", nonce: "" };
  }
}

async function isVoid(file: string, { pid, host, since }: Holder): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  // Just released: whoever has it by now is another one.
  if (found === undefined) return false;
  const age = Date.now() - found.mtimeMs;
  if (host !== os.hostname()) return age > silence.unknown;
  const beforeStart = Date.parse(since) < Date.now() - os.uptime() * 1000;
  return beforeStart || !isRunning(pid) || age > silence.running;
}

/** https://nodejs.org/api/process.html#processkillpid-signal: the signal 0 only asks. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** By renaming, which only one of several processes can do; what was not the void lock after all is put back. */
async function removeVoid(file: string, other: Holder): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved?.nonce !== other.nonce && moved !== undefined) await take(file, moved);
  await rm(aside, { force: true });
}

function describeHolder({ pid, host, since, doing }: Holder): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  const where = host === os.hostname() ? "this machine" : host;
  return pid === 0
    ? "Another process works on this integration"
    : `Another process has been ${doing} for ${seconds} s (process ${pid} on ${where})`;
}
