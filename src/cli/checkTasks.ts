import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../vendors/definition";
import { type CheckedFiles, type CheckKnowledge, type CheckTask, checkTask } from "./checkTask";
import { compileAsUsual, compileLittle } from "./compilerFlags";

/** What the two threads share. */
interface SharedWork {
  readonly kind: "check-tasks";
  readonly tasks: readonly CheckTask[];
  readonly vendors: readonly VendorDefinition[];
  /** One number: the first task that nobody has taken yet. */
  readonly next: Int32Array;
}

type NumberedResult = readonly [task: number, result: CheckedFiles];

/** So many documents that are left, as far as can be told, pay for starting a thread. */
const documentsWorthHelp = 600;

/**
 * Does all tasks, in this thread and, when there is much to do, in a worker beside it: each takes the next task that
 * is left. Measured on two cores, 10,000 documents take about two thirds of the time that one thread takes.
 *
 * @param workerScript a script that calls `helpWithChecks`
 * @returns the results in the order of the tasks
 */
export async function checkTasks(
  tasks: readonly CheckTask[],
  knowledge: CheckKnowledge,
  workerScript: string | undefined,
): Promise<readonly CheckedFiles[]> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const results: (CheckedFiles | undefined)[] = tasks.map(() => undefined);
  let documents = 0;
  let helper: Helper | undefined;
  for (let task = take(next); task < tasks.length; task = take(next)) {
    const result = doTask(tasks, task, knowledge);
    results[task] = result;
    documents += result.files.length;
    const left = (documents / (task + 1)) * (tasks.length - task - 1);
    if (!helper && workerScript !== undefined && left >= documentsWorthHelp) {
      helper = startHelper(workerScript, { kind: "check-tasks", tasks, vendors: knowledge.vendors, next });
    }
  }
  // A helper that came too late to take anything is not waited for.
  if (helper && results.includes(undefined)) {
    for (const [task, result] of await helper.results) results[task] = result;
  }
  helper?.release();
  // What a worker took and did not finish, because it could not start or ran out of memory.
  return results.map((result, task) => result ?? doTask(tasks, task, knowledge));
}

/** Whether this thread is a worker that is to call `helpWithChecks`, and to do nothing else. */
export const isHelper = !isMainThread && isSharedWork(workerData);

/** What the script that runs in the worker does. */
export async function helpWithChecks(): Promise<void> {
  if (!isSharedWork(workerData)) return;
  compileLittle();
  const { tasks, vendors, next } = workerData;
  const knowledge = { vendors, reference: await loadServiceReference() };
  const results: NumberedResult[] = [];
  for (let task = take(next); task < tasks.length; task = take(next)) {
    results.push([task, doTask(tasks, task, knowledge)]);
  }
  parentPort?.postMessage(results);
}

interface Helper {
  readonly results: Promise<readonly NumberedResult[]>;
  /** Lets this process end although the worker may not have. */
  release(): void;
}

function startHelper(script: string, work: SharedWork): Helper {
  compileAsUsual(); // until it has started
  const worker = new Worker(script, { workerData: work });
  const results = new Promise<readonly NumberedResult[]>((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve([]));
    worker.once("exit", () => resolve([]));
  });
  return { results, release: () => worker.unref() };
}

function take(next: Int32Array): number {
  return Atomics.add(next, 0, 1);
}

function doTask(tasks: readonly CheckTask[], number: number, knowledge: CheckKnowledge): CheckedFiles {
  const task = tasks[number];
  return task ? checkTask(task, knowledge) : { files: [], unreadable: [] };
}

function isSharedWork(data: unknown): data is SharedWork {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === "check-tasks";
}
