import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const runningGroups = new Set();
const temporaryFolders = new Set();
let cleansUpOnExit = false;

/** Nothing that was started here outlives this process: not after an error, not after Ctrl-C. */
function cleanUpOnExit() {
  if (cleansUpOnExit) return;
  cleansUpOnExit = true;
  process.once("exit", () => {
    for (const groupId of runningGroups) signalGroup(groupId, "SIGKILL");
    for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const [signal, exitCode] of [
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    // Whoever has a handler of their own (mocha, npm start) ends the process by itself.
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(exitCode));
  }
}

/** Sends a signal to a process group. Returns false when the group is gone. */
function signalGroup(groupId, signal) {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch {
    return false;
  }
}

/** A private folder in the system's temporary folder, removed at the end of this process at the latest. */
export function temporaryFolder(prefix) {
  cleanUpOnExit();
  // macOS has a temporary folder of so long a name that sockets in it would pass the limit of some 100 bytes.
  const parent = os.tmpdir().startsWith("/var/folders/") ? "/tmp" : os.tmpdir();
  const folder = mkdtempSync(path.join(parent, prefix));
  temporaryFolders.add(folder);
  return folder;
}

/** Removes a folder made by `temporaryFolder`. */
export function removeTemporaryFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  temporaryFolders.delete(folder);
}

/** A TCP port of 127.0.0.1 that was free a moment ago. With `port`: that one, or an error with code EADDRINUSE. */
export function freePort(port = 0) {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
}

// A server must also end when this process is killed the hard way and can't clean up: the shell that leads the group
// reads from a pipe that this process holds, and kills the group when the pipe closes. On SIGTERM it waits for the
// program, so that whoever waits for the shell knows that the program has ended, too.
const endWithParent = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 &
reader=$!
trap : TERM
wait $program; code=$?
wait $program
kill $reader; wait
exit $code`;

/**
 * Starts a long-running program in a process group of its own.
 *
 * @returns {{ log(): string, exited: Promise<number>, stop(): Promise<void> }} `log` is all that it has printed.
 */
export function startProgram(command, args, { cwd, env, onOutput } = {}) {
  cleanUpOnExit();
  const leader = spawn("/bin/sh", ["-c", endWithParent, "sh", command, ...args], { cwd, env, detached: true });
  const groupId = leader.pid;
  if (groupId !== undefined) runningGroups.add(groupId);
  leader.stdin.on("error", () => {}); // the reader may be gone already
  let log = "";
  for (const stream of [leader.stdout, leader.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      log += text;
      onOutput?.(text);
    });
  }
  const exited = new Promise((resolve) => {
    leader.once("error", (error) => {
      log += String(error);
      resolve(127);
    });
    leader.once("exit", (code) => resolve(code ?? 1));
  });
  return {
    log: () => log,
    exited,
    async stop() {
      if (groupId === undefined || !runningGroups.has(groupId)) return;
      signalGroup(groupId, "SIGTERM");
      await Promise.race([exited, wait(3000, undefined, { ref: false })]);
      signalGroup(groupId, "SIGKILL");
      runningGroups.delete(groupId);
      leader.stdin.destroy();
    },
  };
}

/**
 * Runs a program to its end.
 *
 * @param options quiet: keeps its output for the error message, instead of passing it on
 * @returns {Promise<string>} what it wrote to stdout
 * @throws an error that names the exact command when it can't be started or ends with another code than 0.
 */
export function run(command, args, { cwd = process.cwd(), env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        if (quiet) printed += text;
        else process.stdout.write(text);
      });
    }
    const fail = (reason) => {
      const byHand = `cd ${quote(cwd)} && ${[command, ...args].map(quote).join(" ")}`;
      const said = printed.trim() && `\nIt said:\n${printed.trim()}`;
      reject(new Error(`${reason}\nThe command was:\n  ${byHand}${said}`));
    };
    child.once("error", (error) => fail(`Could not start ${command}: ${error.message}`));
    child.once("close", (code, signal) =>
      code === 0 ? resolve(output) : fail(`${command} ended with ${signal ?? `code ${code}`}.`),
    );
  });
}

function quote(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
