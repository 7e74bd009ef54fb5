import type { IntegrationOptions } from "./buildIntegration";
import { joinPath } from "./documentPath";
import type { BrokenIntegration, FileSystem, Integration } from "./integration";
import { loadIntegration } from "./loadIntegration";
import { manifestName } from "./recogniseManifest";

/**
 * The integrations of a folder that holds one folder for each, by name. A folder that does not exist holds none.
 *
 * @throws UserError `file` when something there can't be read
 */
export async function findIntegrations(
  fs: FileSystem,
  root: string,
  options: IntegrationOptions,
): Promise<readonly (Integration | BrokenIntegration)[]> {
  if (!(await fs.exists(root))) return [];
  // Hidden folders are not integrations: one that is being written has such a name until it is whole.
  const folders = (await fs.list(root)).filter((entry) => entry.directory && !entry.name.startsWith("."));
  const found = await Promise.all(
    folders.map(async ({ name }) => {
      const folder = joinPath(root, name);
      return (await fs.exists(joinPath(folder, manifestName))) ? [await loadIntegration(fs, folder, options)] : [];
    }),
  );
  return found.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}
