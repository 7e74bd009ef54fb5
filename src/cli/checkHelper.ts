import { isMainThread, parentPort, SHARE_ENV, Worker, workerData } from "node:worker_threads";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../vendors/definition";
import { type CheckedDocuments, checkDocuments } from "./checkDocuments";
import { compileAsUsual, compileLittle } from "./compilerFlags";
import type { FolderOfDocuments } from "./listDocuments";

/** What a worker begins with. */
interface Shared {
  readonly kind: "check";
  /** One number: the first folder that nobody has taken yet. */
  readonly next: Int32Array;
}

/** What it gets as soon as that is known. */
interface Work {
  readonly folders: readonly FolderOfDocuments[];
  readonly vendors: readonly VendorDefinition[];
}

/** By folder, without those where nothing was found in any of the documents, which are nearly all. */
type Results = ReadonlyMap<number, CheckedDocuments>;

/** A worker that checks folders beside this thread: each takes the next folder that is left. */
export interface CheckHelper {
  /** The next folder that is left: its number. */
  take(): number;
  start(work: Work): void;
  /** Of the folders that it took. Undefined when it could not start or did not come to an end. */
  readonly results: Promise<Results | undefined>;
  /** Lets this process end although the worker may not have. */
  release(): void;
}

/** @param script calls `helpWithChecks` */
export function callHelper(script: string): CheckHelper {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const shared: Shared = { kind: "check", next };
  compileAsUsual(); // until it has started
  const worker = new Worker(script, { workerData: shared, env: SHARE_ENV });
  const results = new Promise<Results | undefined>((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  return {
    take: () => take(next),
    start: (work) => worker.postMessage(work),
    results,
    release: () => worker.unref(),
  };
}

/** Whether this thread is a worker that is to call `helpWithChecks`, and to do nothing else. */
export const isHelper = !isMainThread && isShared(workerData);

/** What the script that runs in the worker does. */
export async function helpWithChecks(): Promise<void> {
  if (!isShared(workerData)) return;
  compileLittle();
  const { next } = workerData;
  const reference = await loadServiceReference();
  parentPort?.once("message", ({ folders, vendors }: Work) => {
    const results = new Map<number, CheckedDocuments>();
    for (let number = take(next); number < folders.length; number = take(next)) {
      const folder = folders[number];
      const checked = folder && checkDocuments(folder, { vendors, reference });
      if (checked && !isClean(folder, checked)) results.set(number, checked);
    }
    parentPort?.postMessage(results);
  });
}

/** Nothing found in any document. */
export function clean({ names }: FolderOfDocuments): CheckedDocuments {
  return { documents: names.map((name) => ({ name, text: "", findings: [] })), unreadable: [] };
}

function isClean({ names }: FolderOfDocuments, { documents, unreadable }: CheckedDocuments): boolean {
  return (
    unreadable.length === 0 &&
    documents.length === names.length &&
    documents.every(({ name, findings }, index) => findings.length === 0 && name === names[index])
  );
}

function take(next: Int32Array): number {
  return Atomics.add(next, 0, 1);
}

function isShared(data: unknown): data is Shared {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === "check";
}
