import { formatJson } from "../policy/formatJson";
import type { JsonObject } from "../policy/json";
import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import { joinPath } from "./documentPath";
import type { FileSystem } from "./integration";

/** Where definitions of one's own lie, unless a setting says otherwise. */
const definitionsFolder = ".vendor-access/vendors";

/**
 * Writes a vendor definition into the workspace and answers its path. A file that is there already stays as it is.
 *
 * @throws UserError `file` when there is another definition of that id, or it can't be written
 */
export async function writeDefinition(
  fs: FileSystem,
  definition: VendorDefinition,
  folder = definitionsFolder,
): Promise<string> {
  const path = await refuseTakenDefinition(fs, definition, folder);
  const parts = folder.split("/");
  for (let length = 1; length <= parts.length; length += 1) {
    const parent = parts.slice(0, length).join("/");
    if (!(await fs.exists(parent))) await fs.createDirectory(parent);
  }
  // A definition is plain data: what JSON takes as it is.
  await fs.write(path, formatJson({ ...definition } as unknown as JsonObject));
  return path;
}

/** The path that a new definition gets. @throws UserError `file` when there is one already */
export async function refuseTakenDefinition(
  fs: FileSystem,
  { id }: VendorDefinition,
  folder = definitionsFolder,
): Promise<string> {
  const path = joinPath(folder, `${id}.json`);
  if (!(await fs.exists(path))) return path;
  throw new UserError(
    "file",
    `${fs.display(path)} exists already. Name the vendor by another name, or remove the file.`,
  );
}
