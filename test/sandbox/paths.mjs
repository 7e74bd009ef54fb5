import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Everything that is fetched or made on first use. Git-ignored: deleting it is always safe. */
export const cacheFolder = path.join(projectFolder, ".cache");
