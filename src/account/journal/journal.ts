import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isUserError, UserError } from "../../policy/userError";
import type { Identity, Plan, UnfinishedRun } from "../account";
import { type JournalLine, parseLines } from "./journalLine";
import { openLines } from "./lineWriter";
import { acquireLock, isLocked, type Lock, type LockOptions } from "./lock";
import { unfinishedRun } from "./runRecord";

/** A line without the time, which the journal knows. */
type Told<Line = JournalLine> = Line extends JournalLine ? Omit<Line, "at"> : never;

/** One run at work. */
export interface RunWriter {
  /** On the disk when it resolves. */
  write(line: Told): Promise<void>;
  /** @returns what can be continued or rolled back, if anything */
  end(status: "done" | "failed" | "cancelled"): Promise<UnfinishedRun | undefined>;
  close(): Promise<void>;
}

/** What was done in AWS and what was begun, on this machine, so that a crash at any instant loses nothing. */
export interface Journal {
  /** Lets one process at a time work on an integration. */
  lock(integrationId: string, options: LockOptions): Promise<Lock>;
  /** Writes down a plan that begins now: as part of the integration's unfinished run in the same account, if it has one. */
  begin(plan: Plan, keepsSecrets: boolean): Promise<RunWriter>;
  /** The run has been rolled back, and that was seen. */
  finish(run: UnfinishedRun): Promise<void>;
  /** Of an integration that nobody works on at this moment. */
  unfinished(integrationId: string): Promise<readonly UnfinishedRun[]>;
  /** The same in one account, whether somebody works on it or not. */
  unfinishedIn(integrationId: string, identity: Identity): Promise<UnfinishedRun | undefined>;
}

/** Of the runs that ended so many are kept for who wants to look. */
const keptRuns = 20;
const unfinishedFile = /^(.+)(?<!\.done)\.jsonl$/;
const finishedFile = /\.done\.jsonl$/;

/**
 * A journal in files: `<folder>/journal/<integration id>/<run id>.jsonl`, renamed to `<run id>.done.jsonl` at its end, so
 * that a look at the names tells whether anything is unfinished. Errors are UserErrors of code `file`.
 */
export function createJournal(stateFolder: string, open: typeof openLines = openLines): Journal {
  const folderOf = (integrationId: string) => path.join(stateFolder, "journal", safeName(integrationId));
  const lockOf = (integrationId: string) => path.join(folderOf(integrationId), "lock");

  async function openRuns(integrationId: string): Promise<readonly UnfinishedRun[]> {
    const folder = folderOf(integrationId);
    const runs = await Promise.all((await openIds(folder)).map((id) => readRun(folder, id)));
    return runs.flatMap((run) => run ?? []);
  }

  async function unfinishedIn(integrationId: string, { account, partition }: Identity) {
    const runs = await openRuns(integrationId);
    return runs.find(({ identity }) => identity.account === account && identity.partition === partition);
  }

  return {
    lock: (integrationId, options) =>
      asFileError("use the journal", folderOf(integrationId), () => acquireLock(lockOf(integrationId), options)),

    begin: (plan, keepsSecrets) => {
      const { action, integration, identity, resources, steps } = plan;
      const folder = folderOf(integration.id);
      return asFileError("write the journal", folder, async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await finishEnded(folder);
        const begun = await unfinishedIn(integration.id, identity);
        const id = begun?.id ?? `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomUUID().slice(0, 8)}`;
        const file = path.join(folder, `${id}.jsonl`);
        const lines = await open(file);
        const write = (line: Told): Promise<void> =>
          asFileError("write the journal", file, () => lines.append({ ...line, at: new Date().toISOString() }));
        await write({
          type: "plan",
          action,
          integration,
          identity,
          process: { pid: process.pid, host: os.hostname() },
          keepsSecrets,
          resources,
          steps,
        });
        return {
          write,
          end: async (status) => {
            // A roll back is at its end when somebody has seen that nothing is left.
            await (action === "roll-back" && status === "done" ? lines.flush() : write({ type: "ended", status }));
            const unfinished = await readRun(folder, id);
            if (!unfinished) await finish(folder, id);
            return unfinished;
          },
          close: () => lines.close(),
        };
      });
    },

    finish: ({ id, integration }) => {
      const folder = folderOf(integration.id);
      return asFileError("write the journal", folder, async () => {
        const lines = await open(path.join(folder, `${id}.jsonl`));
        await lines.append({ type: "ended", status: "done", at: new Date().toISOString() } satisfies JournalLine);
        await lines.close();
        await finish(folder, id);
      });
    },

    unfinished: (integrationId) =>
      asFileError("read the journal", folderOf(integrationId), async () => {
        const runs = await openRuns(integrationId);
        return runs.length > 0 && (await isLocked(lockOf(integrationId))) ? [] : runs;
      }),

    unfinishedIn: (integrationId, identity) =>
      asFileError("read the journal", folderOf(integrationId), () => unfinishedIn(integrationId, identity)),
  };
}

/** What ended in the very moment of a crash still has the name of an unfinished run. */
async function finishEnded(folder: string): Promise<void> {
  for (const id of await openIds(folder)) if (!(await readRun(folder, id))) await finish(folder, id);
}

async function openIds(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder)).flatMap((name) => unfinishedFile.exec(name)?.[1] ?? []).sort();
}

async function readRun(folder: string, id: string): Promise<UnfinishedRun | undefined> {
  return unfinishedRun(id, parseLines(await readFile(path.join(folder, `${id}.jsonl`), "utf8")));
}

async function finish(folder: string, id: string): Promise<void> {
  await rename(path.join(folder, `${id}.jsonl`), path.join(folder, `${id}.done.jsonl`));
  const old = (await namesIn(folder)).filter((name) => finishedFile.test(name)).sort();
  await Promise.all(old.slice(0, -keptRuns).map((name) => rm(path.join(folder, name), { force: true })));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** An id comes from a file of the workspace: it must not lead out of the folder. */
function safeName(integrationId: string): string {
  return /^[\w-]{1,80}$/.test(integrationId) ? integrationId : createHash("sha256").update(integrationId).digest("hex");
}

async function asFileError<Result>(doing: string, file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUserError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      "file",
      `Can't ${doing} at ${file}: ${reason}. Nothing is changed in AWS without it: make room or allow it for your user, then try again.`,
      { cause: error },
    );
  }
}
