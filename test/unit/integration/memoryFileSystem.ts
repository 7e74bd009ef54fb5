import type { FileSystem } from "../../../src/integration/integration";
import { UserError } from "../../../src/policy/userError";

export interface MemoryFileSystem extends FileSystem {
  /** Every file by its path. */
  readonly files: Map<string, string>;
  readonly folders: Set<string>;
  /** What was called, in order: `write a/b`. */
  readonly calls: string[];
}

/** A file system of nothing but a map. `fail` throws, or not, for a call that is about to happen (counted from 1). */
export function memoryFileSystem(
  content: { readonly [path: string]: string } = {},
  fail: (call: string, number: number) => void = () => undefined,
): MemoryFileSystem {
  const files = new Map(Object.entries(content));
  const folders = new Set([""]);
  const calls: string[] = [];
  for (const path of files.keys()) for (const folder of foldersAbove(path)) folders.add(folder);
  const begin = async (verb: string, path: string) => {
    calls.push(`${verb} ${path}`);
    fail(`${verb} ${path}`, calls.length);
  };
  const inside = (folder: string) => [...files.keys(), ...folders].filter((path) => path.startsWith(`${folder}/`));
  return {
    files,
    folders,
    calls,
    display: (path) => `workspace/${path}`,
    async read(path) {
      await begin("read", path);
      const text = files.get(path);
      if (text === undefined) throw new UserError("file", `no ${path}`);
      return text;
    },
    async exists(path) {
      await begin("exists", path);
      return files.has(path) || folders.has(path);
    },
    async list(path) {
      await begin("list", path);
      if (!folders.has(path)) throw new UserError("file", `no ${path}`);
      const prefix = path === "" ? "" : `${path}/`;
      const entries = [...files.keys(), ...folders].filter((each) => each !== "" && each.startsWith(prefix));
      const names = new Set(entries.map((each) => each.slice(prefix.length).split("/")[0] ?? ""));
      return [...names].map((name) => ({ name, directory: folders.has(prefix + name) }));
    },
    async createDirectory(path) {
      await begin("createDirectory", path);
      for (const folder of [...foldersAbove(path), path]) folders.add(folder);
    },
    async write(path, text) {
      await begin("write", path);
      files.set(path, text);
    },
    async rename(from, to) {
      await begin("rename", from);
      if (files.has(to) || folders.has(to)) throw new UserError("file", `${to} exists`);
      for (const path of [from, ...inside(from)]) {
        const target = to + path.slice(from.length);
        const text = files.get(path);
        if (files.delete(path)) files.set(target, text ?? "");
        if (folders.delete(path)) folders.add(target);
      }
    },
    async remove(path) {
      await begin("remove", path);
      for (const each of [path, ...inside(path)]) {
        files.delete(each);
        folders.delete(each);
      }
    },
  };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index).join("/"));
}
