import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";

/** What several bundles of the extension need. */
export const shared = /^shared-\w+\.js$/;

/** @returns {string[]} the names of the bundles that a bundle loads, at once or when they are first needed */
export function bundlesOf(file) {
  return Array.from(readFileSync(file, "utf8").matchAll(/\brequire\("\.\/([\w-]+\.js)"\)/g), ([, name]) => name);
}

/** @returns {string[]} the absolute paths of a bundle in dist/ and of all that is loaded with it */
export function withShared(name, found = new Set()) {
  const file = path.join(projectFolder, "dist", name);
  if (found.has(file)) return [];
  found.add(file);
  for (const other of bundlesOf(file)) if (shared.test(other)) withShared(other, found);
  return [...found];
}
