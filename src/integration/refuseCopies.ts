import { isObject, type JsonValue } from "../policy/json";
import { parseJson, toValue } from "../policy/parseJson";
import { UserError } from "../policy/userError";
import { joinPath } from "./documentPath";
import type { FileSystem, Integration } from "./integration";
import { manifestName } from "./recogniseManifest";

/**
 * A folder that was copied has the id of the first one, by which its role and policies are told to be its own: a change
 * or a removal of one would be one of the other.
 *
 * @throws UserError `manifest-invalid` when a folder beside an integration's has its id
 */
export async function refuseCopies(fs: FileSystem, { name, folder, manifest }: Integration): Promise<void> {
  const root = folder.slice(0, -name.length).replace(/\/$/, "");
  // A folder that can't be listed has nothing that anybody could have opened.
  const beside = await fs.list(root).catch(() => []);
  const others = beside.filter((entry) => entry.directory && entry.name !== name);
  const ids = await Promise.all(others.map((entry) => idOf(fs, joinPath(joinPath(root, entry.name), manifestName))));
  const copies = others.filter((_, index) => ids[index] === manifest.id).map((entry) => entry.name);
  if (copies.length === 0) return;
  throw new UserError(
    "manifest-invalid",
    `${name} and ${copies.join(", ")} have the same "id" in ${manifestName}: a copy has to have one of its own, or what is done to one of them in AWS is done to the other. In the copy write another id, such as ${crypto.randomUUID()}, and another name for the role.`,
  );
}

/** Whatever can't be read is no copy. */
async function idOf(fs: FileSystem, path: string): Promise<JsonValue | undefined> {
  if (!(await fs.exists(path).catch(() => false))) return undefined;
  const { root } = parseJson(await fs.read(path).catch(() => ""));
  const copy = root && toValue(root);
  return isObject(copy) ? copy.id : undefined;
}
